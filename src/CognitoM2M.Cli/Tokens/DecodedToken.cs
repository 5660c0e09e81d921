using System.Buffers.Text;
using System.Text.Json;

namespace CognitoM2M.Cli.Tokens;

/// <summary>What a token says, for people to look at; whether it is true, a verifier tells.</summary>
internal sealed record DecodedToken(JsonElement Header, JsonElement Claims)
{
    public static DecodedToken Of(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
            throw new ToolException(ExitCode.Unreachable, "What came is not a JSON web token. Check the address of the token endpoint.");

        return new DecodedToken(Decode(parts[0]), Decode(parts[1]));
    }

    private static JsonElement Decode(string part)
    {
        try
        {
            return JsonElement.Parse(Base64Url.DecodeFromChars(part));
        }
        catch (Exception error) when (error is FormatException or JsonException)
        {
            throw new ToolException(ExitCode.Unreachable, "What came is not a JSON web token. Check the address of the token endpoint.");
        }
    }
}
