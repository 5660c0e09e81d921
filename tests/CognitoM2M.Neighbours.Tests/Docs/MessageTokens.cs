using CognitoM2M.Verification;

namespace CognitoM2M.Neighbours.Tests.Docs;

/// <summary>A token in the header of a message. Code of docs/beside-other-libraries.md; a test compares both.</summary>
public static class MessageTokens
{
    public const string Header = "cognito-access-token";

    public static async Task AddAsync(ICognitoTokenProvider tokens, IDictionary<string, string> headers, CancellationToken cancellationToken)
    {
        // The message may wait in a queue, so the token must still be valid for a while.
        var request = new CognitoTokenRequest { MinimumRemainingLifetime = TimeSpan.FromMinutes(20) };
        headers[Header] = (await tokens.GetTokenAsync("orders", request, cancellationToken)).Value;
    }

    public static async Task<string?> FindSenderAsync(CognitoAccessTokenVerifier verifier, IReadOnlyDictionary<string, string> headers)
    {
        var result = await verifier.VerifyAsync(headers.GetValueOrDefault(Header));
        return result.IsValid && result.Claims.Scopes.Contains("orders/write") ? result.Claims.ClientId : null;
    }
}
