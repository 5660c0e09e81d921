using System.Buffers.Text;
using CognitoM2M.Verification;
using static CognitoM2M.Verification.TokenRejectionReason;

namespace CognitoM2M.Testing.Verdicts;

/// <summary>A valid token, and a key set with a fault.</summary>
internal sealed class KeyCases(TokenTemplate of)
{
    private static readonly Lazy<TestKey> _short = new(() => new TestKey("short", 1024));
    private static readonly Lazy<TestKey> _long = new(() => new TestKey("long", 3072));

    public IEnumerable<VerdictCase> All() => [.. Members(), .. Sizes(), .. Sets()];

    private IEnumerable<VerdictCase> Members()
    {
        var jwk = TestKey.Access.Jwk;
        var exponent = Base64Url.EncodeToString(TestKey.Access.Public.Exponent);
        var modulus = TestKey.Access.Public.Modulus!;

        yield return With("without use", jwk.Without("use"), null);
        yield return With("without alg", jwk.Without("alg"), null);
        yield return With("for verification", jwk.With("key_ops", "[\"verify\"]"), null);
        yield return With("with unknown members", jwk.With("note", "{}").WithText("iss", TestToken.Issuer), null);

        const string IgnoresKeyOps = "ignores key_ops";
        yield return With("for encryption", jwk.WithText("use", "enc"), KeyNotUsable);
        yield return With("with a use that is a number", jwk.With("use", "1"), KeyNotUsable);
        yield return With("with use in upper case", jwk.WithText("use", "SIG"), KeyNotUsable);
        yield return With("with an empty use", jwk.WithText("use", ""), KeyNotUsable).Stricter("reads an empty use as a missing one", awsJwtVerify: true);
        yield return With("only for signing", jwk.With("key_ops", "[\"sign\"]"), KeyNotUsable).Stricter(IgnoresKeyOps, awsJwtVerify: true);
        yield return With("with key_ops that is text", jwk.WithText("key_ops", "verify"), KeyNotUsable).Stricter(IgnoresKeyOps, awsJwtVerify: true);
        yield return With("with empty key_ops", jwk.With("key_ops", "[]"), KeyNotUsable).Stricter(IgnoresKeyOps, awsJwtVerify: true);
        foreach (var alg in (string[])["RS512", "PS256", "RSA-OAEP", "rs256", "HS256", "none"])
            yield return With($"with alg {alg}", jwk.WithText("alg", alg), KeyNotUsable);
        yield return With("with alg null", jwk.With("alg", "null"), KeyNotUsable);

        foreach (var kty in (string[])["\"EC\"", "\"oct\"", "\"rsa\"", "\"OKP\"", "\"\"", "1", "null"])
            yield return With($"with kty {kty}", jwk.With("kty", kty), KeyNotUsable);
        yield return With("without kty", jwk.Without("kty"), KeyNotUsable);
        yield return With("without n", jwk.Without("n"), KeyNotUsable);
        yield return With("without e", jwk.Without("e"), KeyNotUsable);
        yield return With("with n that is a number", jwk.With("n", "5"), KeyNotUsable);
        yield return With("with an empty n", jwk.WithText("n", ""), KeyNotUsable);
        yield return With("with an empty e", jwk.WithText("e", ""), KeyNotUsable);
        yield return With("with n that is not base64url", jwk.WithText("n", "*" + Base64Url.EncodeToString(modulus)[1..]), KeyNotUsable);
        yield return With("with e zero", jwk.WithText("e", "AA"), KeyNotUsable);
        yield return With("with e one", jwk.WithText("e", "AQ"), KeyNotUsable);
        yield return With("with e even", jwk.WithText("e", "AQAC"), KeyNotUsable);
        yield return With("with e of 2048 bits", jwk.WithText("e", Base64Url.EncodeToString(modulus)), KeyNotUsable);
        yield return With("with n even", jwk.WithText("n", Base64Url.EncodeToString([.. modulus[..^1], (byte)(modulus[^1] - 1)])), KeyNotUsable);
        yield return With("with another key's n", jwk.WithText("n", Base64Url.EncodeToString(TestKey.Attacker.Public.Modulus)), SignatureNotValid);
        yield return With("with a zero byte before n", jwk.WithText("n", Base64Url.EncodeToString([0, .. modulus])), null);
        yield return With("with a zero byte before e", jwk.WithText("e", Base64Url.EncodeToString([0, .. TestKey.Access.Public.Exponent!])), null);
        yield return With("with padding after n", jwk.WithText("n", Base64Url.EncodeToString(modulus) + "=="), KeyNotUsable)
            .Stricter("accepts padding, which RFC 7518 forbids", awsJwtVerify: true, jose: true);
        yield return With("with n in the alphabet of base64", jwk.WithText("n", Convert.ToBase64String(modulus)), KeyNotUsable)
            .Stricter("accepts both alphabets", awsJwtVerify: true, jose: true);

        var secret = TestKey.Access.Rsa.ExportParameters(includePrivateParameters: true);
        var published = new (string, byte[]?)[] { ("d", secret.D), ("p", secret.P), ("q", secret.Q), ("dp", secret.DP), ("dq", secret.DQ), ("qi", secret.InverseQ) }
            .Aggregate(jwk, (key, part) => key.WithText(part.Item1, Base64Url.EncodeToString(part.Item2)));
        yield return With("with the private key published", published, KeyNotUsable)
            .Stricter("accepts a key with which every reader of the key set can sign", awsJwtVerify: true);

        VerdictCase With(string name, RawObject key, TokenRejectionReason? reason) =>
            new($"key: {name}", of.Valid, reason) { KeySet = TestKey.CreateKeySet(TestKey.Next, key) };
    }

    private IEnumerable<VerdictCase> Sizes()
    {
        yield return new VerdictCase("key: of 1024 bits", TestToken.Create(of.Payload, _short.Value), KeyNotUsable) { KeySet = TestKey.CreateKeySet(TestKey.Access, _short.Value) }
            .Stricter("accepts keys that are shorter than RFC 7518, section 3.3, requires", awsJwtVerify: true);
        yield return new("key: of 3072 bits", TestToken.Create(of.Payload, _long.Value), null) { KeySet = TestKey.CreateKeySet(TestKey.Access, _long.Value) };

        var huge = new byte[2048];
        Array.Fill(huge, (byte)0xFF);
        yield return new("key: of 16,384 bits", of.Valid, KeyNotUsable)
        {
            KeySet = TestKey.CreateKeySet(TestKey.Next, TestKey.Access.Jwk.WithText("n", Base64Url.EncodeToString(huge))),
        };
    }

    private IEnumerable<VerdictCase> Sets()
    {
        var access = TestKey.Access.Jwk;
        foreach (var (name, text) in new[]
        {
            ("empty text", ""), ("HTML", "<!DOCTYPE html><html><body>Sign in</body></html>"), ("an array", $"[{access}]"), ("null", "null"), ("a bare key", access.ToString()),
            ("without keys", "{}"), ("with keys that are an object", "{\"keys\":{\"a\":" + access + "}}"), ("with keys null", """{"keys":null}"""), ("with no keys", """{"keys":[]}"""),
            ("cut short", TestKey.CreateKeySet(access)[..^1]), ("in another case", $$"""{"Keys":[{{access}}]}"""),
        })
        {
            yield return new($"key set: {name}", of.Valid, KeysNotAvailable) { KeySet = text };
        }

        yield return new VerdictCase("key set: keys twice", of.Valid, KeysNotAvailable) { KeySet = $$"""{"keys":[],"keys":[{{access}}]}""" }
            .Stricter("uses the last of the two", awsJwtVerify: true, jose: true);
        yield return new VerdictCase("key set: n twice in a key", of.Valid, KeysNotAvailable) { KeySet = TestKey.CreateKeySet(access.Prepend("n", "\"AQAB\"")) }
            .Stricter("uses the last of the two", awsJwtVerify: true, jose: true);
        yield return new("key set: with a key that is null", of.Valid, KeysNotAvailable) { KeySet = TestKey.CreateKeySet("null", access) };
        yield return new VerdictCase("key set: with a key that is text, after the right one", of.Valid, KeysNotAvailable) { KeySet = TestKey.CreateKeySet(access, "\"key\"") }
            .Stricter("stops at the right key, before it reads the faulty one", awsJwtVerify: true);
        yield return new("key set: with keys of other kinds beside it", of.Valid, null)
        {
            KeySet = TestKey.CreateKeySet(
                new RawObject().WithText("kty", "EC").WithText("crv", "P-256").WithText("kid", "a").WithText("x", "AA").WithText("y", "AA"),
                new RawObject().WithText("kty", "oct").WithText("kid", "b").WithText("k", "AA"),
                new RawObject().WithText("kty", "from the future").WithText("kid", "c"),
                new RawObject().WithText("kty", "RSA").WithText("kid", "d"),
                new RawObject(),
                access),
        };
        yield return new VerdictCase("key set: with a key without kid beside it", of.Valid, null) { KeySet = TestKey.CreateKeySet(TestKey.Next.Jwk.Without("kid"), access) };
        yield return new VerdictCase("key set: the key without its kid", of.Valid, KeyNotFound) { KeySet = TestKey.CreateKeySet(TestKey.Next, access.Without("kid")) };
        yield return new VerdictCase("key set: the kid is a number", TestToken.Create(TestToken.Header.WithText("kid", "1"), of.Payload), KeyNotFound) { KeySet = TestKey.CreateKeySet(TestKey.Next, access.With("kid", "1")) };

        const string FirstWins = "uses the first key with the kid";
        var impostor = TestKey.Attacker.Jwk.WithText("kid", TestKey.Access.Id);
        yield return new VerdictCase("key set: two keys of one kid, the right one first", of.Valid, KeyNotUsable) { KeySet = TestKey.CreateKeySet(TestKey.Next, access, impostor) }
            .Stricter(FirstWins, awsJwtVerify: true);
        yield return new("key set: two keys of one kid, the right one last", of.Valid, KeyNotUsable)
        {
            KeySet = TestKey.CreateKeySet(TestKey.Next, impostor, access),
        };
        yield return new("key set: three keys of one kid, the right one last", of.Valid, KeyNotUsable)
        {
            KeySet = TestKey.CreateKeySet(TestKey.Next, impostor, TestKey.OtherPool.Jwk.WithText("kid", TestKey.Access.Id), access),
        };
        yield return new VerdictCase("key set: one key twice", of.Valid, KeyNotUsable) { KeySet = TestKey.CreateKeySet(TestKey.Next, access, access) }
            .Stricter(FirstWins, awsJwtVerify: true);
        yield return new("key set: one key under two kids", of.Valid, null) { KeySet = TestKey.CreateKeySet(TestKey.Next, access.WithText("kid", "alias"), access) };
    }
}
