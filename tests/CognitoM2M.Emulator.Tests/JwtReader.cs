using System.Buffers.Text;
using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests;

internal static class JwtReader
{
    public static JsonObject ReadHeader(string token) => Part(token, 0);

    public static JsonObject ReadPayload(string token) => Part(token, 1);

    private static JsonObject Part(string token, int index) =>
        JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[index]))!.AsObject();
}
