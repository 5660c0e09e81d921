using System.Text.Json;

namespace CognitoM2M.TokenEndpoint;

/// <summary>A successful answer (RFC 6749, section 5.1), read strictly: what is not right there would surface at every API call.</summary>
internal sealed class TokenResponse
{
    // Fifty scopes of the longest names make a third of this; servers take less still in a header.
    private const int LongestToken = 64 * 1024;

    private TokenResponse(string accessToken, TimeSpan lifetime) => (AccessToken, Lifetime) = (accessToken, lifetime);

    public string AccessToken { get; }

    public TimeSpan Lifetime { get; }

    /// <summary>Reads the three members under the names that the route gives them.</summary>
    /// <exception cref="InvalidTokenResponseException">One is missing or malformed.</exception>
    public static TokenResponse Read(JsonElement body, string accessToken, string tokenType, string expiresIn)
    {
        var type = Text(body, tokenType);
        if (!string.Equals(type, "Bearer", StringComparison.OrdinalIgnoreCase))
            throw new InvalidTokenResponseException($"its {tokenType} is not Bearer");

        var token = Text(body, accessToken);
        if (token.Length > LongestToken)
            throw new InvalidTokenResponseException($"its {accessToken} is longer than 64 KiB");
        if (!CanBeToken(token))
            throw new InvalidTokenResponseException($"its {accessToken} cannot stand in a header");

        if (!body.TryGetProperty(expiresIn, out var seconds))
            throw new InvalidTokenResponseException($"it has no {expiresIn}");
        if (seconds.ValueKind != JsonValueKind.Number || !seconds.TryGetInt64(out var lifetime) || lifetime <= 0)
            throw new InvalidTokenResponseException($"its {expiresIn} is not a positive whole number");

        return new TokenResponse(token, TimeSpan.FromSeconds(Math.Min(lifetime, int.MaxValue)));
    }

    /// <summary>Whether the text can stand in a header as a token.</summary>
    public static bool CanBeToken(string text) =>
        text.Length is > 0 and <= LongestToken && !text.AsSpan().ContainsAnyExceptInRange('\x21', '\x7E');

    private static string Text(JsonElement body, string name) =>
        !body.TryGetProperty(name, out var value) ? throw new InvalidTokenResponseException($"it has no {name}")
        : value.ValueKind != JsonValueKind.String ? throw new InvalidTokenResponseException($"its {name} is not a string")
        : value.GetString()!;
}

/// <summary>The answer says it succeeded but holds no usable token. The message completes "the answer is not a token response: ...".</summary>
internal sealed class InvalidTokenResponseException(string what) : Exception(what);
