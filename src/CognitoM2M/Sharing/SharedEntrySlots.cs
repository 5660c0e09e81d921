using CognitoM2M.Settings;

namespace CognitoM2M.Sharing;

/// <summary>The two entries that one kind of token has in the store: the token itself, and the lease of the process that gets the token.</summary>
internal sealed class SharedEntrySlots
{
    private readonly EntrySeal _seal;
    private readonly string _tokenName;
    private readonly string _leaseName;

    public SharedEntrySlots(TokenEntryKey key, string secret)
    {
        _seal = new EntrySeal(key, secret);
        _tokenName = _seal.CreateName("token");
        _leaseName = _seal.CreateName("lease");
    }

    /// <summary>Reads the token; null if the store has none, or has something that is not a token of this client.</summary>
    public async Task<SharedToken?> ReadTokenAsync(StoreSession session) =>
        _seal.Open(_tokenName, await session.GetAsync(_tokenName).ConfigureAwait(false)) is { } bytes ? SharedToken.Parse(bytes) : null;

    public Task WriteTokenAsync(StoreSession session, SharedToken token, TimeSpan timeToLive) =>
        session.SetAsync(_tokenName, _seal.Seal(_tokenName, token.ToBytes()), timeToLive);

    /// <summary>Reads the lease; null if the store has none, or has something that is not a lease of this client.</summary>
    public async Task<Lease?> ReadLeaseAsync(StoreSession session) =>
        _seal.Open(_leaseName, await session.GetAsync(_leaseName).ConfigureAwait(false)) is { } bytes ? Lease.Parse(bytes) : null;

    public Task WriteLeaseAsync(StoreSession session, Lease lease) =>
        session.SetAsync(_leaseName, _seal.Seal(_leaseName, lease.ToBytes()), SharedTierTiming.LeaseDuration);

    public Task RemoveLeaseAsync(StoreSession session) => session.RemoveAsync(_leaseName);
}
