using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;

namespace CognitoM2M.Testing.Tokens;

/// <summary>Takes tokens apart and changes a part (RFC 7515, section 7.1: header, payload and signature, separated by dots).</summary>
internal static class CompactToken
{
    public static JsonObject ReadClaims(string token) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!.AsObject();

    public static string ReplaceClaims(string token, JsonObject claims)
    {
        var parts = token.Split('.');
        return $"{parts[0]}.{Encode(claims)}.{parts[2]}";
    }

    public static string ChangeSignature(string token)
    {
        var parts = token.Split('.');
        var signature = Base64Url.DecodeFromChars(parts[2]);
        signature[^1] ^= 1;
        return $"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(signature)}";
    }

    public static string WithoutSignature(JsonObject claims) => $"{Encode(new JsonObject { ["alg"] = "none" })}.{Encode(claims)}.";

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
