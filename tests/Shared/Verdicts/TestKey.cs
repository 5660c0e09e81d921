using System.Buffers.Text;
using System.Security.Cryptography;

namespace CognitoM2M.Testing.Verdicts;

/// <summary>A key pair, and its public half as a key set publishes it. Each key is created once per run.</summary>
internal sealed class TestKey(string id, int bits = 2048)
{
    private static readonly Lazy<TestKey> _access = new(() => new TestKey("access-key"));
    private static readonly Lazy<TestKey> _next = new(() => new TestKey("next-key"));
    private static readonly Lazy<TestKey> _otherPool = new(() => new TestKey("key-of-another-pool"));
    private static readonly Lazy<TestKey> _attacker = new(() => new TestKey("attacker"));

    /// <summary>The key that the user pool signs access tokens with.</summary>
    public static TestKey Access => _access.Value;

    /// <summary>The key that the user pool signs with after a rotation.</summary>
    public static TestKey Next => _next.Value;

    /// <summary>The key of another user pool.</summary>
    public static TestKey OtherPool => _otherPool.Value;

    /// <summary>A key that no key set publishes.</summary>
    public static TestKey Attacker => _attacker.Value;

    public string Id { get; } = id;

    public RSA Rsa { get; } = RSA.Create(bits);

    public RSAParameters Public => Rsa.ExportParameters(includePrivateParameters: false);

    /// <summary>The key as Cognito publishes it.</summary>
    public RawObject Jwk => new RawObject()
        .WithText("alg", "RS256")
        .WithText("e", Base64Url.EncodeToString(Public.Exponent))
        .WithText("kid", Id)
        .WithText("kty", "RSA")
        .WithText("n", Base64Url.EncodeToString(Public.Modulus))
        .WithText("use", "sig");

    /// <summary>Creates a key set of keys, or of JSON texts.</summary>
    public static string CreateKeySet(params IEnumerable<object> keys) =>
        $$"""{"keys":[{{string.Join(',', keys.Select(key => key is TestKey known ? known.Jwk : key))}}]}""";

    /// <summary>Signs with RS256.</summary>
    public byte[] Sign(byte[] data) => Rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
}
