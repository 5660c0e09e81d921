using System.Buffers.Text;
using System.Security.Cryptography;

namespace CognitoM2M.Verification.Tests.Support;

/// <summary>A key pair, and what a key set says of it. Made once per run: nothing depends on which one it is.</summary>
internal sealed class TestKey(string id, int bits = 2048)
{
    private static readonly Lazy<TestKey> _access = new(() => new TestKey("access-key"));
    private static readonly Lazy<TestKey> _next = new(() => new TestKey("next-key"));
    private static readonly Lazy<TestKey> _otherPool = new(() => new TestKey("key-of-another-pool"));
    private static readonly Lazy<TestKey> _attacker = new(() => new TestKey("attacker"));

    /// <summary>What the pool signs access tokens with.</summary>
    public static TestKey Access => _access.Value;

    /// <summary>What the pool will sign with after a rotation.</summary>
    public static TestKey Next => _next.Value;

    public static TestKey OtherPool => _otherPool.Value;

    /// <summary>In no key set.</summary>
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

    public static string Set(params IEnumerable<object> keys) =>
        $$"""{"keys":[{{string.Join(',', keys.Select(key => key is TestKey known ? known.Jwk : key))}}]}""";

    /// <summary>A signature by RS256.</summary>
    public byte[] Sign(byte[] data) => Rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
}
