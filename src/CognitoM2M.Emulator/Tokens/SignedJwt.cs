using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Tokens;

/// <summary>JSON web tokens in the one form that Cognito uses: compact, RS256, a header with <c>kid</c> and <c>alg</c>.</summary>
internal static class SignedJwt
{
    public static string Create(SigningKey key, JsonObject payload)
    {
        var header = new JsonObject { ["kid"] = key.KeyId, ["alg"] = "RS256" };
        var signed = $"{Encode(header)}.{Encode(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <returns>The payload; null if the token was signed by none of the keys.</returns>
    public static JsonElement? Read(string token, IEnumerable<SigningKey> keys)
    {
        if (token.Split('.') is not [var header, var payload, var signature]
            || !Base64Url.IsValid(payload)
            || !Base64Url.IsValid(signature))
            return null;

        var signed = Encoding.ASCII.GetBytes($"{header}.{payload}");
        var signatureBytes = Base64Url.DecodeFromChars(signature);
        return keys.Any(key => key.HasSigned(signed, signatureBytes)) ? JsonElement.Parse(Base64Url.DecodeFromChars(payload)) : null;
    }

    /// <summary>Reads the payload without a check of the signature, to find the user pool whose keys can check the signature.</summary>
    public static JsonElement? ReadUnverified(string token)
    {
        if (token.Split('.') is not [_, var payload, _] || !Base64Url.IsValid(payload))
            return null;

        try
        {
            return JsonElement.Parse(Base64Url.DecodeFromChars(payload)) is { ValueKind: JsonValueKind.Object } claims ? claims : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(CompactJson.WriteUtf8(part).Span);
}
