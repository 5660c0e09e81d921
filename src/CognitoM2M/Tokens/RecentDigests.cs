namespace CognitoM2M.Tokens;

/// <summary>Recognizes the last few tokens of an entry by their digests. The tokens themselves would be most of the memory of an entry. Immutable.</summary>
internal sealed class RecentDigests
{
    private const int Remembered = 8;

    public static readonly RecentDigests None = new([]);

    private readonly UInt128[] _digests;

    private RecentDigests(UInt128[] digests) => _digests = digests;

    public RecentDigests With(string text)
    {
        var digest = TokenDigest.Compute(text);
        return _digests.Length == 0 ? new RecentDigests([digest])
            : _digests[0] == digest ? this
            : new RecentDigests([digest, .. _digests.Where(known => known != digest).Take(Remembered - 1)]);
    }

    /// <summary>These digests, and as many older ones as there is room for.</summary>
    public RecentDigests Then(RecentDigests older) =>
        older._digests.Length == 0 ? this : new RecentDigests([.. _digests.Union(older._digests).Take(Remembered)]);

    public bool Contains(string text) => _digests.Length > 0 && Array.IndexOf(_digests, TokenDigest.Compute(text)) >= 0;
}
