using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CognitoM2M.AspNetCore.Tests.Support;

/// <summary>A user pool that signs any token for a test.</summary>
internal sealed class Pool(string id = "eu-west-1_AbCdEf123", string keyId = "key-1")
{
    public const string Client = "ordersclient";

    // 2026-01-01, the time at which a manual clock starts.
    private const long Start = 1_767_225_600;

    // One key for all tests, because creating one takes as long as a hundred signatures.
    private static readonly RSA _key = RSA.Create(2048);

    public static Pool Usual { get; } = new();

    public string Id { get; } = id;

    public string Issuer => $"https://cognito-idp.{Id[..Id.IndexOf('_', StringComparison.Ordinal)]}.amazonaws.com/{Id}";

    public string KeySet
    {
        get
        {
            var key = _key.ExportParameters(includePrivateParameters: false);
            return $$"""{"keys":[{"kid":"{{keyId}}","alg":"RS256","kty":"RSA","use":"sig","n":"{{Base64Url.EncodeToString(key.Modulus)}}","e":"AQAB"}]}""";
        }
    }

    /// <summary>A token of the usual app client, valid for an hour.</summary>
    public string Token(string? scope = "orders/read", Action<JsonObject>? change = null, Action<JsonObject>? changeHeader = null)
    {
        var payload = new JsonObject
        {
            ["sub"] = Client,
            ["token_use"] = "access",
            ["scope"] = scope,
            ["iss"] = Issuer,
            ["exp"] = Start + 3600,
            ["iat"] = Start,
            ["client_id"] = Client,
            ["jti"] = "e5d9f1f0",
        };
        if (scope is null)
            payload.Remove("scope");
        change?.Invoke(payload);
        return Sign(payload.ToJsonString(), changeHeader);
    }

    /// <summary>An ID token of a user of the usual app client, valid for an hour.</summary>
    public string IdToken(Action<JsonObject>? change = null)
    {
        var payload = CreateIdPayload();
        change?.Invoke(payload);
        return Sign(payload.ToJsonString());
    }

    public JsonObject CreateIdPayload() => new()
    {
        ["sub"] = "11aa22bb-0000-4000-8000-333344445555",
        ["token_use"] = "id",
        ["aud"] = Client,
        ["iss"] = Issuer,
        ["exp"] = Start + 3600,
        ["iat"] = Start,
        ["cognito:username"] = "jane",
        ["cognito:groups"] = new JsonArray("admins", "readers"),
        ["email"] = "jane@example.com",
        ["email_verified"] = true,
    };

    public string Sign(string payload, Action<JsonObject>? changeHeader = null)
    {
        var header = new JsonObject { ["kid"] = keyId, ["alg"] = "RS256" };
        changeHeader?.Invoke(header);
        var signed = $"{Encode(header.ToJsonString(JsonSerializerOptions.Default))}.{Encode(payload)}";
        lock (_key)
            return $"{signed}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
