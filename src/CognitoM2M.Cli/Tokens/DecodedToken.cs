using System.Buffers.Text;
using System.Text.Json;
using CognitoM2M.Cli.Output;

namespace CognitoM2M.Cli.Tokens;

/// <summary>The header and claims of a token, for people to read. Nothing is verified.</summary>
internal sealed record DecodedToken(JsonElement Header, JsonElement Claims)
{
    public static DecodedToken Decode(string token) => TryDecode(token) ?? throw new ToolException(
        ExitCode.Unreachable, "The response holds no JSON Web Token. Check the address of the token endpoint.");

    /// <summary>Decodes a token; null if the text is not a JSON Web Token.</summary>
    public static DecodedToken? TryDecode(string token)
    {
        var parts = token.Split('.');
        try
        {
            return parts.Length == 3 ? new DecodedToken(DecodePart(parts[0]), DecodePart(parts[1])) : null;
        }
        catch (Exception error) when (error is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonElement DecodePart(string part)
    {
        var json = JsonElement.Parse(Base64Url.DecodeFromChars(part));
        // The parser accepts half of a surrogate pair, but the serializer throws. So serialize here, where the error is caught.
        _ = JsonText.Serialize(json, OutputDocuments.Instance.JsonElement);
        return json;
    }
}
