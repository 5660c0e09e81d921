using System.Text.Json;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Tokens;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator.SignIns;

/// <summary>Checks access tokens of users that come back to the emulator.</summary>
internal sealed class AccessTokenCheck(UserPoolDirectory userPools)
{
    /// <summary>The claim that names the sign-in.</summary>
    public const string SignInClaim = "event_id";

    /// <exception cref="RefusedException">The text is not an access token of a user, or has expired, or was revoked.</exception>
    public async Task<CheckedAccessToken> CheckAsync(string token, CancellationToken cancellationToken)
    {
        var invalid = RefusedException.NotAuthorized("Invalid Access Token");
        if (userPools.FindClient(GetText(SignedJwt.ReadUnverified(token), "client_id")) is not { UserPool: var pool } client)
            throw invalid;

        var keys = await pool.SigningKeys.GetPublishedKeysAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        if (SignedJwt.Read(token, keys) is not { } claims || GetText(claims, "token_use") != "access")
            throw invalid;
        if (claims.GetProperty("exp").GetInt64() <= userPools.TimeProvider.GetUtcNow().ToUnixTimeSeconds())
            throw RefusedException.NotAuthorized("Access Token has expired");
        // A machine-to-machine token has a valid signature too, but belongs to no user and to no sign-in.
        if (GetText(claims, SignInClaim) is not { } id
            || pool.SignIns.Find(id) is not { } signIn
            || pool.UserList.FindBySub(signIn.Sub) is not { } user)
            throw invalid;
        if (signIn.IsRevoked)
            throw RefusedException.NotAuthorized("Access Token has been revoked");

        // A trigger may have changed the scopes, so those of the token count and not those of the sign-in.
        var scopes = GetText(claims, "scope")?.Split(' ') ?? [];
        return new CheckedAccessToken(client, user, scopes);
    }

    private static string? GetText(JsonElement? claims, string name) =>
        claims is { } present && present.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}

/// <summary>A valid access token of a user.</summary>
internal sealed record CheckedAccessToken(EmulatedAppClient Client, PoolUser User, IReadOnlyList<string> Scopes)
{
    public bool HasScope(string scope) => Scopes.Contains(scope, StringComparer.Ordinal);
}
