using System.Collections.Concurrent;
using System.Collections.Immutable;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Tokens;
using CognitoM2M.Shared;

namespace CognitoM2M.Emulator.Pools;

/// <summary>
/// All user pools of one emulator, and all app clients by id (a client id is unique across pools). Changes run one at a time under a lock.
/// Readers need no lock, because they see immutable snapshots.
/// </summary>
internal sealed class UserPoolDirectory(string region, EmulatedIssuer issuer, TimeProvider timeProvider)
{
    private const string UpdatedIssuer = "UPDATED";

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, EmulatedAppClient> _clients = new(StringComparer.Ordinal);
    private volatile ImmutableList<EmulatedUserPool> _userPools = [];
    private volatile Uri? _baseAddress;
    private int _changesUnderWay;
    private long _lastSequence;

    /// <summary>The address of the emulator. Set when the port is bound, before the first pool is created.</summary>
    public Uri BaseAddress
    {
        get => _baseAddress ?? throw new InvalidOperationException("The address is unknown until the emulator listens.");
        set => _baseAddress = value;
    }

    public TimeProvider TimeProvider => timeProvider;

    /// <summary>Makes the signing keys of the user pools.</summary>
    public SigningKeySource KeySource { get; } = new(LeftKeys.OfProcess);

    /// <summary>The issuer type of pools that do not set <c>IssuerConfiguration</c>.</summary>
    public string DefaultIssuerType => issuer == EmulatedIssuer.Updated ? UpdatedIssuer : "ORIGINAL";

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<EmulatedUserPool> All => _userPools;

    /// <summary>Called after every change, before the caller learns that the change was made.</summary>
    public Action<UserPoolDirectory>? Changed { get; set; }

    /// <summary>The highest sequence number in use.</summary>
    public long LastSequence => Interlocked.Read(ref _lastSequence);

    public EmulatedUserPool? Find(string userPoolId) => _userPools.Find(pool => pool.Id == userPoolId);

    public EmulatedAppClient? FindClient(string? clientId) => clientId is null ? null : _clients.GetValueOrDefault(clientId);

    /// <summary>The user pools of a region; all user pools if the region is null. Oldest first.</summary>
    public IEnumerable<EmulatedUserPool> ListIn(string? region) =>
        region is null ? _userPools : _userPools.Where(pool => CognitoNames.RegionOfUserPool(pool.Id) == region);

    /// <param name="name">The prefix, or the host name of a custom domain.</param>
    /// <param name="region">The region whose domains are meant; null for all regions. A prefix can exist once in each region.</param>
    public (EmulatedUserPool UserPool, PoolDomain Domain)? FindDomain(string name, string? region)
    {
        foreach (var pool in ListIn(region))
        {
            if (pool.Domains.FirstOrDefault(domain => domain.Name == name) is { } found)
                return (pool, found);
        }

        return null;
    }

    /// <summary>
    /// Takes the next sequence number. Pages of a list are ordered by it, so that a deletion between two pages changes nothing else.
    /// </summary>
    public long TakeSequence() => Interlocked.Increment(ref _lastSequence);

    public void Change(Action change) => Change(() =>
    {
        change();
        return true;
    });

    /// <summary>
    /// Runs a change under the lock. Changes may be nested; <see cref="Changed"/> is then called once, after the outermost. A change that
    /// throws must leave everything as it was.
    /// </summary>
    public T Change<T>(Func<T> change)
    {
        lock (_gate)
        {
            T result;
            _changesUnderWay++;
            try
            {
                result = change();
            }
            finally
            {
                _changesUnderWay--;
            }

            if (_changesUnderWay == 0)
                Changed?.Invoke(this);
            return result;
        }
    }

    /// <summary>Like <see cref="Change{T}"/>, but for callers of the C# API: a refusal becomes a standard .NET exception.</summary>
    public T ChangeForCaller<T>(Func<T> change)
    {
        try
        {
            return Change(change);
        }
        catch (RefusedException e)
        {
            throw e.ToStandardException();
        }
    }

    /// <param name="settings">The settings.</param>
    /// <param name="chosenId">The id; null to generate one.</param>
    /// <param name="wantedRegion">The region that the user pool must have; null for the region of the id, or else the emulator's own.</param>
    /// <param name="needsDomain">Whether token requests need a domain if domains have a delay.</param>
    /// <exception cref="RefusedException">The chosen id is not an id of this region, or is taken.</exception>
    public EmulatedUserPool Create(UserPoolSettings settings, string? chosenId, string? wantedRegion, bool needsDomain) => Change(() =>
    {
        var now = timeProvider.GetUtcNow();
        var id = chosenId is null ? GeneratedId.CreateUserPoolId(wantedRegion ?? region) : CheckChosenId(chosenId, wantedRegion);
        return Add(new EmulatedUserPool(this, id, settings with { LastModifiedAt = now }, TakeSequence())
        {
            CreatedAt = now,
            NeedsDomain = needsDomain,
        });
    });

    public EmulatedUserPool Add(EmulatedUserPool userPool) => Change(() =>
    {
        _userPools = _userPools.Add(userPool);
        _lastSequence = Math.Max(_lastSequence, userPool.Sequence);
        return userPool;
    });

    public void Remove(EmulatedUserPool userPool) => Change(() =>
    {
        _userPools = _userPools.Remove(userPool);
        foreach (var client in userPool.AppClients)
            Unregister(client);
    });

    /// <exception cref="RefusedException">The client id is taken.</exception>
    public void Register(EmulatedAppClient client)
    {
        if (!_clients.TryAdd(client.ClientId, client))
            throw RefusedException.InvalidParameter($"There is an app client with the id '{client.ClientId}' already.");
    }

    public void Unregister(EmulatedAppClient client) => _clients.TryRemove(client.ClientId, out _);

    /// <summary>Makes all later sequence numbers greater than this one.</summary>
    public void ContinueSequenceAfter(long sequence) => _lastSequence = Math.Max(_lastSequence, sequence);

    private string CheckChosenId(string id, string? wantedRegion)
    {
        if (!CognitoNames.IsUserPoolId(id))
            throw RefusedException.InvalidParameter($"'{id}' is not a user pool id. An id looks like {region}_AbCdEf123.");
        if (wantedRegion is not null && CognitoNames.RegionOfUserPool(id) is var other && other != wantedRegion)
            throw RefusedException.InvalidParameter($"The user pool id '{id}' is one of the region {other}, and the request is signed for the region {wantedRegion}.");
        if (Find(id) is not null)
            throw RefusedException.InvalidParameter($"There is a user pool with the id '{id}' already.");
        return id;
    }

    /// <summary>Determines the issuer of a pool's tokens.</summary>
    /// <param name="userPoolId">The pool.</param>
    /// <param name="chosenType">The issuer type in the pool's own settings; null if they set none.</param>
    public string GetIssuer(string userPoolId, string? chosenType) => issuer == EmulatedIssuer.Loopback
        ? new Uri(BaseAddress, userPoolId).AbsoluteUri
        : CognitoAddresses.Issuer(userPoolId, isUpdatedForm: (chosenType ?? DefaultIssuerType) == UpdatedIssuer);
}
