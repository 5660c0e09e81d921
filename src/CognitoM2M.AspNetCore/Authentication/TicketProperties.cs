using System.Runtime.CompilerServices;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Authentication;

namespace CognitoM2M.AspNetCore.Authentication;

/// <summary>
/// Creates the properties of the ticket of a request: when the token was issued, when it expires, and the token itself if it is saved. While the verifier
/// keeps a verified token, it returns the same claims object for this token, so the texts are formatted once for each token.
/// </summary>
internal static class TicketProperties
{
    private const string AccessTokenName = "access_token";
    private const string IdTokenName = "id_token";

    private static readonly ConditionalWeakTable<CognitoTokenClaims, KnownItems> _known = [];

    public static AuthenticationProperties Create(CognitoTokenClaims claims, ReadOnlyMemory<char> token, bool savesToken)
    {
        if (!_known.TryGetValue(claims, out var known) || known.HasToken != savesToken)
            _known.AddOrUpdate(claims, known = new KnownItems(Format(claims, token, savesToken), savesToken));
        // A copy, because event handlers may change the properties.
        return new AuthenticationProperties(new Dictionary<string, string?>(known.Items, StringComparer.Ordinal));
    }

    private static Dictionary<string, string?> Format(CognitoTokenClaims claims, ReadOnlyMemory<char> token, bool savesToken)
    {
        // SignalR reads when the token expires: it closes a connection then.
        var properties = new AuthenticationProperties { ExpiresUtc = claims.ExpiresAt, IssuedUtc = claims.IssuedAt };
        if (savesToken)
            properties.StoreTokens([new AuthenticationToken { Name = claims is CognitoIdTokenClaims ? IdTokenName : AccessTokenName, Value = token.ToString() }]);
        return new Dictionary<string, string?>(properties.Items, StringComparer.Ordinal);
    }

    private sealed class KnownItems(Dictionary<string, string?> items, bool hasToken)
    {
        public Dictionary<string, string?> Items { get; } = items;

        public bool HasToken { get; } = hasToken;
    }
}
