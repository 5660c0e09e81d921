using System.Text.Json;
using CognitoM2M.Settings;
using CognitoM2M.Shared;
using CognitoM2M.TokenEndpoint;
using CognitoM2M.Tokens;

namespace CognitoM2M.SignIn;

/// <summary>Reads the answer to a sign-in or to a refresh token: the token to send, and the refresh token.</summary>
internal static class SignInAnswer
{
    private const string Result = "AuthenticationResult";

    /// <summary>Finds the name of the challenge that Cognito answers instead of tokens; null if there is none.</summary>
    public static string? FindChallenge(JsonElement body) =>
        body.TryGetProperty("ChallengeName", out var name) && name.ValueKind == JsonValueKind.String && name.GetString() is { Length: > 0 } challenge ? challenge : null;

    /// <summary>Reads the tokens.</summary>
    /// <exception cref="InvalidTokenResponseException">A member is missing or malformed.</exception>
    public static IssuedToken Read(JsonElement body, AppClientSettings settings, SentAt sent)
    {
        if (!body.TryGetProperty(Result, out var result) || result.ValueKind != JsonValueKind.Object)
            throw new InvalidTokenResponseException($"it has no {Result}");

        var access = TokenResponse.Read(result, "AccessToken", "TokenType", "ExpiresIn");
        var accessClaims = UnverifiedClaims.Read(access.AccessToken);
        var (token, lifetime) = settings.TokenKind == CognitoTokenKind.Access
            ? (access.AccessToken, Min(access.Lifetime, FindLifetime(accessClaims)))
            : ReadIdToken(result, access.Lifetime);
        var capped = TokenLifetime.Cap(lifetime);
        return new IssuedToken(new CognitoAccessToken(token, sent.Utc + capped, GrantedScopes.Read(token, requested: "")), sent.Elapsed, capped)
        {
            RefreshToken = FindRefreshToken(result) is { } refreshToken
                ? new RefreshToken(refreshToken, UnverifiedClaims.FindText(accessClaims, "username") ?? settings.Username!)
                : null,
        };
    }

    // ExpiresIn is about the access token. An ID token has a lifetime of its own.
    private static (string Token, TimeSpan Lifetime) ReadIdToken(JsonElement result, TimeSpan lifetimeOfAccessToken)
    {
        if (FindToken(result, "IdToken") is not { } token)
            throw new InvalidTokenResponseException("it has no IdToken that can be sent in a header");
        return (token, FindLifetime(UnverifiedClaims.Read(token)) ?? lifetimeOfAccessToken);
    }

    private static string? FindRefreshToken(JsonElement result) => FindToken(result, "RefreshToken");

    private static string? FindToken(JsonElement result, string member) =>
        result.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { } token && TokenResponse.CanBeToken(token) ? token : null;

    /// <summary>The lifetime that the token itself tells. Both instants are on Cognito's clock.</summary>
    private static TimeSpan? FindLifetime(JsonElement? claims) =>
        UnverifiedClaims.FindSeconds(claims, "exp") is { } end && UnverifiedClaims.FindSeconds(claims, "iat") is { } start && end > start && start >= 0
            ? TimeSpan.FromSeconds(Math.Min(end - start, int.MaxValue))
            : null;

    private static TimeSpan Min(TimeSpan one, TimeSpan? other) => other < one ? other.Value : one;
}
