using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tokens;

/// <summary>An RSA key pair of 2048 bits.</summary>
internal sealed class SigningKey
{
    // One thread uses an RSA object at a time, because an RSA object is not guaranteed to be thread-safe. Objects are used again, because to make
    // one takes longer than to sign.
    private readonly ConcurrentBag<RSA> _unused;
    private readonly RSAParameters _key;
    private readonly byte[] _pkcs8;

    private SigningKey(string keyId, RSA rsa)
        : this(keyId, rsa.ExportParameters(includePrivateParameters: true), rsa.ExportPkcs8PrivateKey(), [])
    {
    }

    private SigningKey(string keyId, RSAParameters key, byte[] pkcs8, ConcurrentBag<RSA> unused) =>
        (KeyId, _key, _pkcs8, _unused) = (keyId, key, pkcs8, unused);

    public string KeyId { get; }

    public static SigningKey Generate()
    {
        using var rsa = RSA.Create(2048);
        return new SigningKey(CreateId(), rsa);
    }

    /// <exception cref="CryptographicException">The bytes are not an RSA key in PKCS #8.</exception>
    public static SigningKey Import(string keyId, byte[] pkcs8)
    {
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(pkcs8, out _);
        return new SigningKey(keyId, rsa);
    }

    /// <summary>The same key pair with another key id.</summary>
    public SigningKey WithNewId() => new(CreateId(), _key, _pkcs8, _unused);

    /// <summary>The private key, in PKCS #8.</summary>
    public byte[] Export() => _pkcs8;

    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        var rsa = Take();
        var signature = rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        _unused.Add(rsa);
        return signature;
    }

    public bool HasSigned(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        var rsa = Take();
        var hasSigned = rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        _unused.Add(rsa);
        return hasSigned;
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

    private static string CreateId() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private RSA Take() => _unused.TryTake(out var rsa) ? rsa : RSA.Create(_key);
}
