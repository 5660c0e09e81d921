using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace CognitoM2M.Emulator.UserPools;

/// <summary>All user pools of one emulator, and its app clients by id, which is unique across pools.</summary>
internal sealed class UserPoolDirectory(string region, EmulatedIssuer issuer)
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, EmulatedAppClient> _clients = new(StringComparer.Ordinal);
    private volatile ImmutableList<EmulatedUserPool> _userPools = [];
    private volatile Uri? _baseAddress;

    /// <summary>Known once a port is bound, before there can be a pool.</summary>
    public Uri BaseAddress
    {
        get => _baseAddress ?? throw new InvalidOperationException("The emulator does not listen yet.");
        set => _baseAddress = value;
    }

    public IReadOnlyList<EmulatedUserPool> All => _userPools;

    public EmulatedUserPool? Find(string userPoolId) => _userPools.Find(pool => pool.Id == userPoolId);

    public EmulatedAppClient? FindClient(string? clientId) => clientId is null ? null : _clients.GetValueOrDefault(clientId);

    public EmulatedUserPool Create(string poolName)
    {
        TextShape.PoolName.Require(poolName, "PoolName");
        var id = GeneratedId.UserPoolId(region);
        var created = new EmulatedUserPool(this, id, poolName, IssuerOf(id));
        lock (_gate)
            _userPools = _userPools.Add(created);
        return created;
    }

    /// <exception cref="ArgumentException">The id is taken.</exception>
    public void Register(EmulatedAppClient client)
    {
        if (!_clients.TryAdd(client.ClientId, client))
            throw new ArgumentException($"There is an app client with the id '{client.ClientId}' already.", nameof(client));
    }

    public void Unregister(EmulatedAppClient client) => _clients.TryRemove(client.ClientId, out _);

    private string IssuerOf(string userPoolId) => issuer switch
    {
        EmulatedIssuer.Updated => $"https://issuer-cognito-idp.{region}.amazonaws.com/{userPoolId}",
        EmulatedIssuer.Loopback => new Uri(BaseAddress, userPoolId).AbsoluteUri,
        _ => $"https://cognito-idp.{region}.amazonaws.com/{userPoolId}",
    };
}
