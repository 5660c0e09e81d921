using System.Security.Cryptography;

namespace CognitoM2M.Emulator.Users;

/// <summary>The salted hash of a password (PBKDF2). The password itself is not stored.</summary>
internal sealed class PasswordHash(byte[] salt, byte[] hash)
{
    private const int Iterations = 10_000;
    private const int Length = 32;

    public byte[] Salt => salt;

    public byte[] Hash => hash;

    public static PasswordHash Compute(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return new PasswordHash(salt, Derive(password, salt));
    }

    public bool Matches(string password) => CryptographicOperations.FixedTimeEquals(hash, Derive(password, salt));

    private static byte[] Derive(string password, byte[] salt) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA256, Length);
}
