using System.Text.Json;
using CognitoM2M.Shared;
using CognitoM2M.UserSessions.Errors;

namespace CognitoM2M.UserSessions.Tokens;

/// <summary>Reads the tokens of an answer strictly.</summary>
internal static class TokenReader
{
    /// <param name="operation">The operation, for errors.</param>
    /// <param name="body">The object with the tokens.</param>
    /// <param name="names">The names of its members.</param>
    /// <param name="usedRefreshToken">The refresh token to use next if the answer has none.</param>
    /// <param name="sentAt">When the request was sent. The lifetime counts from then, so that a slow answer does not prolong it.</param>
    /// <exception cref="CognitoUserSessionException">A member is missing or malformed.</exception>
    public static CognitoUserTokens Read(string operation, JsonElement body, TokenNames names, string? usedRefreshToken, DateTimeOffset sentAt)
    {
        try
        {
            var access = TokenResponse.Read(body, names.AccessToken, names.TokenType, names.ExpiresIn);
            return new CognitoUserTokens(
                access.AccessToken, sentAt + access.Lifetime, ReadOptional(body, names.IdToken), ReadOptional(body, names.RefreshToken) ?? usedRefreshToken);
        }
        catch (InvalidTokenResponseException)
        {
            throw SessionFailures.Create(OwnErrors.InvalidResponse, operation);
        }
    }

    private static string? ReadOptional(JsonElement body, string name)
    {
        if (!body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;

        return value.ValueKind == JsonValueKind.String && value.GetString()! is var text && TokenResponse.CanBeToken(text)
            ? text
            : throw new InvalidTokenResponseException($"its {name} is not a token");
    }
}

/// <summary>The names of the members of an answer with tokens.</summary>
internal sealed record TokenNames(string AccessToken, string TokenType, string ExpiresIn, string IdToken, string RefreshToken)
{
    /// <summary>The names of the user pools API.</summary>
    public static TokenNames OfService { get; } = new("AccessToken", "TokenType", "ExpiresIn", "IdToken", "RefreshToken");

    /// <summary>The names of members in the token response (RFC 6749, section 5.1).</summary>
    public static TokenNames OfTokenEndpoint { get; } = new("access_token", "token_type", "expires_in", "id_token", "refresh_token");
}
