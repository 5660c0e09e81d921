using System.Buffers.Text;
using System.Text.Json;
using CognitoM2M.Cli.Output;

namespace CognitoM2M.Cli.Tokens;

/// <summary>What a token says, for people to look at; whether it is true, a verifier tells.</summary>
internal sealed record DecodedToken(JsonElement Header, JsonElement Claims)
{
    public static DecodedToken Of(string token) =>
        TryOf(token) ?? throw new ToolException(ExitCode.Unreachable, "What came is not a JSON web token. Check the address of the token endpoint.");

    /// <summary>Null if it is not a JSON web token.</summary>
    public static DecodedToken? TryOf(string token)
    {
        var parts = token.Split('.');
        try
        {
            return parts.Length == 3 ? new DecodedToken(Decode(parts[0]), Decode(parts[1])) : null;
        }
        catch (Exception error) when (error is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonElement Decode(string part)
    {
        var json = JsonElement.Parse(Base64Url.DecodeFromChars(part));
        // Half of a surrogate pair is noticed only when it is written.
        _ = JsonText.Of(json);
        return json;
    }
}
