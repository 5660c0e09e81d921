using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace CognitoM2M.Verification.Keys;

/// <summary>A key of a key set. Safe for use by many threads.</summary>
internal sealed class VerificationKey
{
    private readonly RSAParameters _parameters;

    // An RSA object is not promised to be safe for several threads, and making one takes as long as half a verification.
    private readonly ConcurrentBag<RSA> _idle = [];

    private VerificationKey(string keyId, string? problem, RSAParameters parameters)
    {
        KeyId = keyId;
        Problem = problem;
        _parameters = parameters;
    }

    public string KeyId { get; }

    /// <summary>Why no token may be verified with it; null if it is good.</summary>
    public string? Problem { get; }

    public static VerificationKey Unusable(string keyId, string problem) => new(keyId, problem, default);

    /// <exception cref="CryptographicException">They are not an RSA key.</exception>
    public static VerificationKey Rsa(string keyId, byte[] modulus, byte[] exponent)
    {
        var key = new VerificationKey(keyId, problem: null, new RSAParameters { Modulus = modulus, Exponent = exponent });
        key._idle.Add(RSA.Create(key._parameters));
        return key;
    }

    public bool IsSameAs(VerificationKey other) =>
        KeyId == other.KeyId
        && Problem == other.Problem
        && _parameters.Modulus.AsSpan().SequenceEqual(other._parameters.Modulus)
        && _parameters.Exponent.AsSpan().SequenceEqual(other._parameters.Exponent);

    /// <summary>Whether the signature is this key's over the data, by RS256 (RFC 7518, section 3.3).</summary>
    public bool Verifies(byte[] data, byte[] signature)
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
