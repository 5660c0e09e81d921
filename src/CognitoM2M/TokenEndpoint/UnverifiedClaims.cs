using System.Buffers.Text;
using System.Text.Json;

namespace CognitoM2M.TokenEndpoint;

/// <summary>Reads the claims of a token that Cognito has just issued. This does not verify the token.</summary>
internal static class UnverifiedClaims
{
    /// <summary>Returns the claims; null if the token is opaque.</summary>
    public static JsonElement? Read(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
            return null;

        try
        {
            return JsonElement.Parse(Base64Url.DecodeFromChars(parts[1])) is { ValueKind: JsonValueKind.Object } claims ? claims : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Returns a claim that is a text; null if it is missing or anything else.</summary>
    public static string? FindText(JsonElement? claims, string name)
    {
        try
        {
            return claims is { } present && present.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair is not text.
            return null;
        }
    }

    /// <summary>Returns a claim that is a whole number of seconds; null if it is missing or anything else.</summary>
    public static long? FindSeconds(JsonElement? claims, string name) =>
        claims is { } present && present.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) ? seconds : null;
}
