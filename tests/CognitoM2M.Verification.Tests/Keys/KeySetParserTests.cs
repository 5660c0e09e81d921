using System.Buffers.Text;
using System.Text;
using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Keys;

namespace CognitoM2M.Verification.Tests.Keys;

/// <summary>What the parser of key sets says about each key. The verdict table holds what it means for a token.</summary>
public sealed class KeySetParserTests
{
    private const string PrivateKey = "the key set contains the private key (member d)";
    private const string WrongOperations = "key_ops does not include 'verify'";

    private static readonly (string Name, RawObject Jwk, string Problem)[] _unusableKeys =
    [
        ("kty EC", Jwk.WithText("kty", "EC"), "kty is not 'RSA'"),
        ("kty that is a number", Jwk.With("kty", "1"), "kty is not 'RSA'"),
        ("no kty", Jwk.Without("kty"), "kty is not 'RSA'"),
        ("use enc", Jwk.WithText("use", "enc"), "use is not 'sig'"),
        ("use null", Jwk.With("use", "null"), "use is not 'sig'"),
        ("alg RS512", Jwk.WithText("alg", "RS512"), "alg is not 'RS256'"),
        ("alg null", Jwk.With("alg", "null"), "alg is not 'RS256'"),
        ("key_ops sign", Jwk.With("key_ops", "[\"sign\"]"), WrongOperations),
        ("empty key_ops", Jwk.With("key_ops", "[]"), WrongOperations),
        ("key_ops with a number", Jwk.With("key_ops", "[1]"), WrongOperations),
        ("key_ops that is text", Jwk.WithText("key_ops", "verify"), WrongOperations),
        ("d", Jwk.WithText("d", "AQAB"), PrivateKey),
        ("d null", Jwk.With("d", "null"), PrivateKey),
        ("no n", Jwk.Without("n"), "n is missing or is not base64url"),
        ("n that is a number", Jwk.With("n", "5"), "n is missing or is not base64url"),
        ("n that is not base64url", Jwk.WithText("n", "*A"), "n is missing or is not base64url"),
        ("no e", Jwk.Without("e"), "e is missing or is not base64url"),
        ("e zero", Jwk.WithText("e", "AA"), "e is an even number"),
        ("e even", Jwk.WithText("e", "AQAC"), "e is an even number"),
        ("n even", WithModulus([0x80, .. new byte[255]]), "n is an even number"),
        ("n of 2,047 bits", WithModulus(CreateOdd(bits: 2_047)), "n has 2047 bits, and 2048 to 8192 are allowed"),
        ("n of 8,193 bits", WithModulus(CreateOdd(bits: 8_193)), "n has 8193 bits, and 2048 to 8192 are allowed"),
        ("e of 1 bit", WithExponent(CreateOdd(bits: 1)), "e has 1 bits, and 2 to 64 are allowed"),
        ("e of 65 bits", WithExponent(CreateOdd(bits: 65)), "e has 65 bits, and 2 to 64 are allowed"),
    ];

    private static readonly (string Name, RawObject Jwk)[] _usableKeys =
    [
        ("as Cognito publishes it", Jwk),
        ("with several operations", Jwk.With("key_ops", "[1,\"sign\",\"verify\"]")),
        ("with a modulus of 2,048 bits", WithModulus(CreateOdd(bits: 2_048))),
        ("with a modulus of 8,192 bits", WithModulus(CreateOdd(bits: 8_192))),
        ("with a zero byte before the modulus", WithModulus([0, .. CreateOdd(bits: 8_192)])),
        ("with an exponent of 2 bits", WithExponent([3])),
        ("with an exponent of 64 bits", WithExponent(CreateOdd(bits: 64))),
    ];

    public static TheoryData<string> UnusableKeys { get; } = [.. _unusableKeys.Select(key => key.Name)];

    public static TheoryData<string> UsableKeys { get; } = [.. _usableKeys.Select(key => key.Name)];

    private static RawObject Jwk => TestKey.Access.Jwk;

    [Theory]
    [MemberData(nameof(UnusableKeys))]
    public void Key_that_cannot_be_used_is_kept_with_the_reason(string name)
    {
        var (_, jwk, problem) = _unusableKeys.Single(key => key.Name == name);

        var keys = Parse(TestKey.Next, jwk);

        Assert.Equal(problem, keys.Find(TestKey.Access.Id)?.Problem);
        Assert.Equal(1, keys.UsableKeys);
    }

    [Theory]
    [MemberData(nameof(UsableKeys))]
    public void Key_that_can_be_used_has_no_problem(string name)
    {
        var keys = Parse(_usableKeys.Single(key => key.Name == name).Jwk);

        Assert.NotNull(keys.Find(TestKey.Access.Id));
        Assert.Null(keys.Find(TestKey.Access.Id)!.Problem);
    }

    [Fact]
    public void Two_keys_of_one_key_id_are_kept_as_one_that_cannot_be_used()
    {
        var keys = Parse(TestKey.Next, TestKey.Access, TestKey.Attacker.Jwk.WithText("kid", TestKey.Access.Id));

        Assert.Equal("several keys have this kid", keys.Find(TestKey.Access.Id)?.Problem);
        Assert.Equal(1, keys.UsableKeys);
    }

    [Fact]
    public void Key_without_a_key_id_is_left_out()
    {
        var keys = Parse(TestKey.Next, Jwk.WithText("kid", ""), Jwk.Without("kid"), Jwk.With("kid", "1"));

        Assert.Null(keys.Find(""));
        Assert.Equal(1, keys.UsableKeys);
    }

    [Theory]
    [InlineData("[]", "the key set is JSON that is not an object but an array")]
    [InlineData("{}", "the key set has no array 'keys' of objects")]
    [InlineData("""{"keys":{}}""", "the key set has no array 'keys' of objects")]
    [InlineData("""{"keys":[{},1]}""", "the key set has no array 'keys' of objects")]
    [InlineData("""{"keys":[{"kid":"a","kty":"oct"}]}""", "the key set has no RSA key for RS256 signatures with a kid and at least 2,048 bits")]
    public void Key_set_without_a_usable_key_is_not_accepted(string text, string problem)
    {
        Assert.Equal(problem, KeySetParser.Parse(Encoding.UTF8.GetBytes(text), out var keys));
        Assert.Null(keys);
    }

    [Fact]
    public void Key_sets_are_the_same_only_if_each_key_has_the_same_value()
    {
        var keys = Parse(TestKey.Access, TestKey.Next);

        Assert.True(keys.HasSameKeysAs(Parse(TestKey.Next, TestKey.Access)));
        Assert.False(keys.HasSameKeysAs(Parse(TestKey.Access)));
        Assert.False(keys.HasSameKeysAs(Parse(TestKey.Access, TestKey.OtherPool)));
        Assert.False(keys.HasSameKeysAs(Parse(TestKey.Access, TestKey.Attacker.Jwk.WithText("kid", TestKey.Next.Id))));
        Assert.False(keys.HasSameKeysAs(Parse(TestKey.Access, TestKey.Next.Jwk.WithText("use", "enc"))));
        Assert.False(keys.HasSameKeysAs(Parse(TestKey.Access, TestKey.Next.Jwk.WithText("e", "Aw"))));
    }

    private static KeySetSnapshot Parse(params IEnumerable<object> keys)
    {
        Assert.Null(KeySetParser.Parse(Encoding.UTF8.GetBytes(TestKey.CreateKeySet(keys)), out var parsed));
        return parsed!;
    }

    private static RawObject WithModulus(byte[] modulus) => Jwk.WithText("n", Base64Url.EncodeToString(modulus));

    private static RawObject WithExponent(byte[] exponent) => Jwk.WithText("e", Base64Url.EncodeToString(exponent));

    /// <summary>Creates the number whose first and last bit are 1, and all others 0.</summary>
    private static byte[] CreateOdd(int bits)
    {
        var number = new byte[(bits + 7) / 8];
        number[0] |= (byte)(1 << ((bits - 1) % 8));
        number[^1] |= 1;
        return number;
    }
}
