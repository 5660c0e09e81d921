using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace CognitoM2M.Emulator.OAuth2;

/// <summary>The authorization codes that were issued and not exchanged yet. A code can be used once, within five minutes.</summary>
internal sealed class AuthorizationCodes(TimeProvider timeProvider)
{
    private static readonly TimeSpan _lifetime = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, (AuthorizationGrant Grant, DateTimeOffset ExpiresAt)> _codes = new(StringComparer.Ordinal);

    public string Create(AuthorizationGrant grant)
    {
        var now = timeProvider.GetUtcNow();
        foreach (var (old, (_, expiresAt)) in _codes)
        {
            if (expiresAt <= now)
                _codes.TryRemove(old, out _);
        }

        var code = RandomNumberGenerator.GetHexString(32, lowercase: true);
        _codes[code] = (grant, now + _lifetime);
        return code;
    }

    /// <summary>Uses a code up, whatever becomes of the request.</summary>
    /// <returns>Null if there is no such code, or if it has expired.</returns>
    public AuthorizationGrant? Take(string code) =>
        _codes.TryRemove(code, out var found) && found.ExpiresAt > timeProvider.GetUtcNow() ? found.Grant : null;
}

/// <summary>What a user granted to an app client.</summary>
/// <param name="ClientId">The app client.</param>
/// <param name="RedirectUri">The address that the code was sent to.</param>
/// <param name="Sub">The user.</param>
/// <param name="AuthenticatedAt">When the user gave the password.</param>
/// <param name="Scopes">The granted scopes.</param>
/// <param name="Nonce">The claim <c>nonce</c> of the ID token; null for none.</param>
/// <param name="CodeChallenge">The challenge that the code verifier must fit (PKCE, S256); null if the request had none.</param>
internal sealed record AuthorizationGrant(
    string ClientId,
    string RedirectUri,
    string Sub,
    DateTimeOffset AuthenticatedAt,
    ImmutableArray<string> Scopes,
    string? Nonce,
    string? CodeChallenge);
