using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tokens;

/// <summary>An RSA key pair of 2048 bits.</summary>
internal sealed class SigningKey
{
    private readonly RSAParameters _key;

    private SigningKey(RSAParameters key) => _key = key;

    public string KeyId { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public static SigningKey Generate()
    {
        using var rsa = RSA.Create(2048);
        return new SigningKey(rsa.ExportParameters(includePrivateParameters: true));
    }

    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        // An RSA object per signature: one alone is not promised to be thread-safe.
        using var rsa = RSA.Create(_key);
        return rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    public JsonObject ToJwk() => new()
    {
        ["alg"] = "RS256",
        ["e"] = Base64Url.EncodeToString(_key.Exponent),
        ["kid"] = KeyId,
        ["kty"] = "RSA",
        ["n"] = Base64Url.EncodeToString(_key.Modulus),
        ["use"] = "sig",
    };
}
