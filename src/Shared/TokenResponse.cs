using System.Text.Json;

namespace CognitoM2M.Shared;

/// <summary>A successful token response (RFC 6749, section 5.1), read strictly: a malformed token would fail every API call.</summary>
internal sealed class TokenResponse
{
    // A token with fifty scopes of the longest names has a third of this length. Servers accept less in a header.
    private const int MaxTokenLength = 64 * 1024;

    private TokenResponse(string accessToken, TimeSpan lifetime) => (AccessToken, Lifetime) = (accessToken, lifetime);

    public string AccessToken { get; }

    public TimeSpan Lifetime { get; }

    /// <summary>Reads the three members. Their names depend on the route.</summary>
    /// <exception cref="InvalidTokenResponseException">A member is missing or malformed.</exception>
    public static TokenResponse Read(JsonElement body, string accessToken, string tokenType, string expiresIn)
    {
        var type = ReadText(body, tokenType);
        if (!string.Equals(type, "Bearer", StringComparison.OrdinalIgnoreCase))
            throw new InvalidTokenResponseException($"its {tokenType} is not Bearer");

        var token = ReadText(body, accessToken);
        if (token.Length > MaxTokenLength)
            throw new InvalidTokenResponseException($"its {accessToken} is longer than 64 KiB");
        if (!CanBeToken(token))
            throw new InvalidTokenResponseException($"its {accessToken} cannot be sent in a header");

        if (!body.TryGetProperty(expiresIn, out var seconds))
            throw new InvalidTokenResponseException($"it has no {expiresIn}");
        if (seconds.ValueKind != JsonValueKind.Number || !seconds.TryGetInt64(out var lifetime) || lifetime <= 0)
            throw new InvalidTokenResponseException($"its {expiresIn} is not a positive whole number");

        return new TokenResponse(token, TimeSpan.FromSeconds(Math.Min(lifetime, int.MaxValue)));
    }

    /// <summary>Whether the text can stand in a header as a token.</summary>
    public static bool CanBeToken(string text) =>
        text.Length is > 0 and <= MaxTokenLength && !text.AsSpan().ContainsAnyExceptInRange('\x21', '\x7E');

    private static string ReadText(JsonElement body, string name) =>
        !body.TryGetProperty(name, out var value) ? throw new InvalidTokenResponseException($"it has no {name}")
        : value.ValueKind != JsonValueKind.String ? throw new InvalidTokenResponseException($"its {name} is not a string")
        : value.GetString()!;
}

/// <summary>A successful response holds no usable token. The message completes the sentence "The response is not a token response: ...".</summary>
internal sealed class InvalidTokenResponseException(string what) : Exception(what);
