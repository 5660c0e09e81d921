namespace CognitoM2M.Verification.VerifiedTokens;

/// <summary>
/// Compares whole tokens, and hashes only their last characters. These belong to the signature, which is different in every token. Hashing a
/// whole token takes longer than the rest of a look-up.
/// </summary>
internal sealed class TokenComparer : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<char>, string>
{
    private const int HashedCharacters = 32;

    public static TokenComparer Instance { get; } = new();

    /// <summary>The last characters of a token: those that are hashed.</summary>
    public static ReadOnlySpan<char> GetEnd(ReadOnlySpan<char> token) => token[^Math.Min(HashedCharacters, token.Length)..];

    public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

    public int GetHashCode(string token) => GetHashCode(token.AsSpan());

    public bool Equals(ReadOnlySpan<char> alternate, string other) => alternate.SequenceEqual(other);

    // The hash of .NET is seeded at random, so nobody can choose tokens with equal hashes.
    public int GetHashCode(ReadOnlySpan<char> token) => string.GetHashCode(GetEnd(token), StringComparison.Ordinal);

    public string Create(ReadOnlySpan<char> alternate) => alternate.ToString();
}
