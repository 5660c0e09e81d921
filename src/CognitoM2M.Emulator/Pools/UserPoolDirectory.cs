using System.Collections.Concurrent;
using System.Collections.Immutable;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Pools;

/// <summary>
/// All user pools of one emulator, and its app clients by id, which is unique across pools. Every change is made here, one at a
/// time; readers see immutable snapshots and wait for nobody.
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

    /// <summary>Known once a port is bound, before there can be a pool.</summary>
    public Uri BaseAddress
    {
        get => _baseAddress ?? throw new InvalidOperationException("The emulator does not listen yet.");
        set => _baseAddress = value;
    }

    public TimeProvider TimeProvider => timeProvider;

    /// <summary>The form of issuer that a pool has without a word about it.</summary>
    public string DefaultIssuerType => issuer == EmulatedIssuer.Updated ? UpdatedIssuer : "ORIGINAL";

    public IReadOnlyList<EmulatedUserPool> All => _userPools;

    /// <summary>Called after every change, before anybody is told that it was made.</summary>
    public Action<UserPoolDirectory>? Changed { get; set; }

    /// <summary>The highest number given out by <see cref="NextSequence"/>.</summary>
    public long LastSequence => Interlocked.Read(ref _lastSequence);

    public EmulatedUserPool? Find(string userPoolId) => _userPools.Find(pool => pool.Id == userPoolId);

    public EmulatedAppClient? FindClient(string? clientId) => clientId is null ? null : _clients.GetValueOrDefault(clientId);

    public (EmulatedUserPool UserPool, PoolDomain Domain)? FindDomain(string name)
    {
        foreach (var pool in _userPools)
        {
            if (pool.Domains.FirstOrDefault(domain => domain.Name == name) is { } found)
                return (pool, found);
        }

        return null;
    }

    /// <summary>A number greater than any before, so that lists can be paged in order of creation whatever is deleted meanwhile.</summary>
    public long NextSequence() => Interlocked.Increment(ref _lastSequence);

    public void Change(Action change) => Change(() =>
    {
        change();
        return true;
    });

    /// <summary>Checks and changes in one go. A change may be made of others; what is refused has to have changed nothing.</summary>
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

    /// <summary>As <see cref="Change{T}"/>, for callers in C#.</summary>
    public T ChangeForCaller<T>(Func<T> change)
    {
        try
        {
            return Change(change);
        }
        catch (RefusedException e)
        {
            throw e.ForCaller();
        }
    }

    public EmulatedUserPool Create(UserPoolSettings settings, bool needsDomain)
    {
        var now = timeProvider.GetUtcNow();
        return Add(new EmulatedUserPool(this, GeneratedId.UserPoolId(region), settings with { LastModifiedAt = now }, NextSequence())
        {
            CreatedAt = now,
            NeedsDomain = needsDomain,
        });
    }

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

    /// <exception cref="RefusedException">The id is taken.</exception>
    public void Register(EmulatedAppClient client)
    {
        if (!_clients.TryAdd(client.ClientId, client))
            throw RefusedException.InvalidParameter($"There is an app client with the id '{client.ClientId}' already.");
    }

    public void Unregister(EmulatedAppClient client) => _clients.TryRemove(client.ClientId, out _);

    /// <summary>Nothing may be numbered lower from now on.</summary>
    public void ContinueAfter(long sequence) => _lastSequence = Math.Max(_lastSequence, sequence);

    /// <param name="userPoolId">The pool.</param>
    /// <param name="chosenType">What the pool's own settings say; null if nothing.</param>
    public string IssuerOf(string userPoolId, string? chosenType) => (issuer, chosenType ?? DefaultIssuerType) switch
    {
        (EmulatedIssuer.Loopback, _) => new Uri(BaseAddress, userPoolId).AbsoluteUri,
        (_, UpdatedIssuer) => $"https://issuer-cognito-idp.{PoolArn.RegionOf(userPoolId)}.amazonaws.com/{userPoolId}",
        _ => $"https://cognito-idp.{PoolArn.RegionOf(userPoolId)}.amazonaws.com/{userPoolId}",
    };
}
