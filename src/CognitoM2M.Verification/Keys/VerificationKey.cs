using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace CognitoM2M.Verification.Keys;

/// <summary>One key of a key set. Safe for use by many threads.</summary>
internal sealed class VerificationKey
{
    private readonly RSAParameters _parameters;

    // .NET does not promise that an RSA object can be used by several threads at once, and creating one takes several times as long as a verification.
    private readonly ConcurrentBag<RSA> _idle = [];

    private VerificationKey(string keyId, string? problem, RSAParameters parameters)
    {
        KeyId = keyId;
        Problem = problem;
        _parameters = parameters;
    }

    public string KeyId { get; }

    /// <summary>Why this key cannot verify tokens; null if it can.</summary>
    public string? Problem { get; }

    public static VerificationKey CreateUnusable(string keyId, string problem) => new(keyId, problem, default);

    /// <exception cref="CryptographicException">Modulus and exponent do not form an RSA key.</exception>
    public static VerificationKey CreateRsa(string keyId, byte[] modulus, byte[] exponent)
    {
        var key = new VerificationKey(keyId, problem: null, new RSAParameters { Modulus = modulus, Exponent = exponent });
        key._idle.Add(RSA.Create(key._parameters));
        return key;
    }

    public bool HasSameValueAs(VerificationKey other) =>
        KeyId == other.KeyId
        && Problem == other.Problem
        && _parameters.Modulus.AsSpan().SequenceEqual(other._parameters.Modulus)
        && _parameters.Exponent.AsSpan().SequenceEqual(other._parameters.Exponent);

    /// <summary>Copies modulus and exponent.</summary>
    public RSAParameters ExportParameters() => new() { Modulus = [.. _parameters.Modulus!], Exponent = [.. _parameters.Exponent!] };

    /// <summary>Whether this key made the signature over the data, with RS256 (RFC 7518, section 3.3).</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (!_idle.TryTake(out var rsa))
            rsa = RSA.Create(_parameters);

        try
        {
            return rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (CryptographicException)
        {
            return false;
        }
        finally
        {
            _idle.Add(rsa);
        }
    }
}
