using CognitoM2M.Settings;

namespace CognitoM2M.Sharing;

/// <summary>The two places that an entry has in the store: one for its token, one for the claim of whoever is getting it.</summary>
internal sealed class TokenShelf
{
    private readonly EntrySeal _seal;
    private readonly string _tokenName;
    private readonly string _claimName;

    public TokenShelf(TokenEntryKey key, string secret)
    {
        _seal = new EntrySeal(key, secret);
        _tokenName = _seal.NameOf("token");
        _claimName = _seal.NameOf("claim");
    }

    /// <summary>The token that lies there; null if none does, or what does is none.</summary>
    public async Task<SharedToken?> ReadTokenAsync(StoreVisit visit) =>
        _seal.Open(_tokenName, await visit.GetAsync(_tokenName).ConfigureAwait(false)) is { } bytes ? SharedToken.Parse(bytes) : null;

    public Task WriteTokenAsync(StoreVisit visit, SharedToken token, TimeSpan life) =>
        visit.SetAsync(_tokenName, _seal.Seal(_tokenName, token.ToBytes()), life);

    /// <summary>The claim that stands; null if there is none.</summary>
    public async Task<Claim?> ReadClaimAsync(StoreVisit visit) =>
        _seal.Open(_claimName, await visit.GetAsync(_claimName).ConfigureAwait(false)) is { } bytes ? Claim.Parse(bytes) : null;

    public Task WriteClaimAsync(StoreVisit visit, Claim claim) =>
        visit.SetAsync(_claimName, _seal.Seal(_claimName, claim.ToBytes()), SharedTierTiming.ClaimLife);

    public Task RemoveClaimAsync(StoreVisit visit) => visit.RemoveAsync(_claimName);
}
