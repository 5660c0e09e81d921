using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using static CognitoM2M.Verification.TokenRejectionReason;

namespace CognitoM2M.Testing.Verdicts;

/// <summary>Signatures that are not valid.</summary>
internal sealed class SignatureCases(TokenTemplate of)
{
    public IEnumerable<VerdictCase> All()
    {
        var parts = of.Valid.Split('.');
        var signature = Base64Url.DecodeFromChars(parts[2]);

        yield return new("signature: empty", $"{parts[0]}.{parts[1]}.", Malformed);
        foreach (var (name, bytes) in new (string, byte[])[]
        {
            ("one byte short", signature[..^1]),
            ("half", signature[..128]),
            ("one byte", [1]),
            ("the first byte missing", signature[1..]),
            ("one more zero byte at the end", [.. signature, 0]),
            ("one more zero byte at the start", [0, .. signature]),
            ("twice in a row", [.. signature, .. signature]),
            ("backwards", [.. signature.Reverse()]),
            ("of zeros", new byte[256]),
            ("of ones", [.. Enumerable.Repeat((byte)0xFF, 256)]),
            ("the number one", [.. new byte[255], 1]),
            ("one less than the modulus", Number(Modulus(TestKey.Access) - 1)),
            ("the modulus", Number(Modulus(TestKey.Access))),
            ("the first bit flipped", [(byte)(signature[0] ^ 0x80), .. signature[1..]]),
            ("the last bit flipped", [.. signature[..^1], (byte)(signature[^1] ^ 1)]),
            ("the negative number", Number(Modulus(TestKey.Access) - new BigInteger(signature, isUnsigned: true, isBigEndian: true))),
            ("of ten thousand bytes", new byte[10_000]),
        })
        {
            yield return new($"signature: {name}", $"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(bytes)}", SignatureNotValid);
        }

        yield return new("signature: its leading zero byte dropped", WithLeadingZeroDropped(), SignatureNotValid);
        yield return new("signature: the modulus added", WithModulusAdded(), SignatureNotValid);
        yield return new("signature: of another key of the pool", TestToken.Create(TestToken.Header, of.Payload, TestKey.Next), SignatureNotValid);
        yield return new("signature: of an unknown key", TestToken.Create(TestToken.Header, of.Payload, TestKey.Attacker), SignatureNotValid);
        yield return new("signature: of another token", $"{parts[0]}.{parts[1]}.{TestToken.Create(of.Payload.WithText("jti", "2")).Split('.')[2]}", SignatureNotValid);
        yield return new("signature: over another payload", $"{parts[0]}.{TestToken.Encode(of.Payload.WithText("scope", "orders/admin").ToString())}.{parts[2]}", SignatureNotValid);
        yield return new("signature: over a payload that has one space less", $"{parts[0]}.{TestToken.Encode($"{of.Payload} ")}.{parts[2]}", SignatureNotValid);
        yield return new("signature: over another header", $"{TestToken.Encode($"{TestToken.Header} ")}.{parts[1]}.{parts[2]}", SignatureNotValid);
        yield return new("signature: over the payload alone", $"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(TestKey.Access.Sign(Encoding.ASCII.GetBytes(parts[1])))}", SignatureNotValid);
        yield return new("signature: over the decoded payload", $"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(TestKey.Access.Sign(Base64Url.DecodeFromChars(parts[1])))}", SignatureNotValid);
        yield return new("signature: the bare hash", $"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}")))}", SignatureNotValid);
        yield return CubeRoot();
    }

    private static BigInteger Modulus(TestKey key) => new(key.Public.Modulus, isUnsigned: true, isBigEndian: true);

    private static byte[] Number(BigInteger number)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[256 - bytes.Length], .. bytes];
    }

    private string WithLeadingZeroDropped() => Find(signature => signature[0] == 0 ? signature[1..] : null);

    // A verifier that does not check the range of a signature accepts s plus the modulus in place of s.
    private string WithModulusAdded() => Find(signature =>
        new BigInteger(signature, isUnsigned: true, isBigEndian: true) + Modulus(TestKey.Access) is var sum && sum < BigInteger.One << 2048 ? Number(sum) : null);

    private string Find(Func<byte[], byte[]?> change)
    {
        for (var i = 0; ; i++)
        {
            var token = TestToken.Create(of.Payload.WithNumber("n", i));
            var end = token.LastIndexOf('.') + 1;
            if (change(Base64Url.DecodeFromChars(token.AsSpan(end))) is { } changed)
                return token[..end] + Base64Url.EncodeToString(changed);
        }
    }

    /// <summary>Bleichenbacher's forgery of 2006: a verifier that ignores the bytes after the hash accepts a cube root as a signature.</summary>
    private VerdictCase CubeRoot()
    {
        var text = $"{TestToken.Encode(TestToken.Header.WithText("kid", "cube").ToString())}.{TestToken.Encode(of.Payload.ToString())}";
        byte[] sha256 = [0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20];
        byte[] block = [0, 1, .. Enumerable.Repeat((byte)0xFF, 8), 0, .. sha256, .. SHA256.HashData(Encoding.ASCII.GetBytes(text))];
        var wanted = new BigInteger([.. block, .. new byte[256 - block.Length]], isUnsigned: true, isBigEndian: true);
        var (low, high) = (BigInteger.Zero, BigInteger.One << 700);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = BigInteger.Pow(middle, 3) < wanted ? (middle + 1, high) : (low, middle);
        }

        return new($"signature: a cube root, for a key with exponent 3", $"{text}.{Base64Url.EncodeToString(Number(low))}", SignatureNotValid)
        {
            KeySet = TestKey.CreateKeySet(TestKey.Access, TestKey.Next.Jwk.WithText("kid", "cube").WithText("e", "Aw")),
        };
    }
}
