using System.Collections.Immutable;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Tokens;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator;

/// <summary>A user pool with its resource servers, app clients and signing keys.</summary>
public sealed class EmulatedUserPool
{
    private readonly UserPoolDirectory _directory;
    private volatile UserPoolSettings _settings;
    private volatile ImmutableDictionary<string, ResourceServer> _resourceServers =
        ImmutableDictionary.Create<string, ResourceServer>(StringComparer.Ordinal);

    private volatile ImmutableList<EmulatedAppClient> _appClients = [];
    private volatile ImmutableList<PoolDomain> _domains = [];

    internal EmulatedUserPool(UserPoolDirectory directory, string id, UserPoolSettings settings, long sequence, SigningKeySet? keys = null)
    {
        _directory = directory;
        _settings = settings;
        Id = id;
        Sequence = sequence;
        JwksUri = new Uri(directory.BaseAddress, $"{id}/.well-known/jwks.json");
        SigningKeys = keys ?? new SigningKeySet();
        SigningKeys.Changed = () => directory.Change(() => { });
        Users = new UserList(this);
    }

    /// <summary>The user pool id.</summary>
    /// <value><c>{region}_{9 letters and digits}</c>.</value>
    public string Id { get; }

    /// <summary>The ARN.</summary>
    /// <value>In account 123456789012.</value>
    public string Arn => PoolArn.Of(Id);

    /// <summary>The name; not unique.</summary>
    public string Name => _settings.Name;

    /// <summary>The <c>iss</c> of the pool's tokens.</summary>
    /// <value>
    /// In the form that <see cref="CognitoEmulatorOptions.Issuer"/> chose. A pool whose own <c>IssuerConfiguration</c> says otherwise has
    /// that of Cognito's forms which it names, unless all issuers are at the loopback address.
    /// </value>
    public string Issuer => _directory.IssuerOf(Id, _settings.Members.Find("IssuerConfiguration", "Type")?.GetString());

    /// <summary>Where the emulator serves the pool's public keys, whatever the issuer says.</summary>
    public Uri JwksUri { get; }

    /// <summary>The app clients, oldest first, as they are at this moment.</summary>
    public IReadOnlyList<EmulatedAppClient> AppClients => _appClients;

    internal UserPoolDirectory Directory => _directory;

    internal UserPoolSettings Settings => _settings;

    internal long Sequence { get; }

    internal DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether the token endpoint waits for a domain, if the emulator minds domains at all. Pools made in C# never do.</summary>
    internal bool NeedsDomain { get; init; }

    internal SigningKeySet SigningKeys { get; }

    internal UserList Users { get; }

    /// <summary>Oldest first.</summary>
    internal IReadOnlyList<ResourceServer> ResourceServers => [.. _resourceServers.Values.OrderBy(server => server.Sequence)];

    internal IReadOnlyList<PoolDomain> Domains => _domains;

    /// <summary>Creates a resource server; its scopes are then <c>{identifier}/{scopeName}</c>.</summary>
    /// <param name="identifier">1 to 256 printable ASCII characters but space, <c>"</c> and <c>\</c>; often a URL.</param>
    /// <param name="scopeNames">At most 100; as the identifier, and without <c>/</c>. With it at most 256 characters.</param>
    /// <exception cref="ArgumentException">A name has another shape, or the identifier is taken.</exception>
    /// <exception cref="InvalidOperationException">There are more than 100 scopes.</exception>
    public void CreateResourceServer(string identifier, params string[] scopeNames)
    {
        ArgumentNullException.ThrowIfNull(scopeNames);
        _directory.ChangeForCaller(() =>
        {
            Add(ResourceServer.Create(identifier, scopeNames, _directory.NextSequence()));
            return true;
        });
    }

    /// <summary>Adds a scope to a resource server. App clients that still list it can have it again.</summary>
    /// <exception cref="ArgumentException">
    /// There is no such resource server, or it has the scope already, or the name has another shape.
    /// </exception>
    /// <exception cref="InvalidOperationException">There are 100 scopes already.</exception>
    public void AddScope(string identifier, string scopeName) =>
        ChangeScopes(identifier, scopes => scopes.Add(new ResourceServerScope(scopeName, scopeName)));

    /// <summary>Deletes a scope. App clients keep it on their list, but from now on it is silently left out of their tokens.</summary>
    /// <exception cref="ArgumentException">There is no such resource server or scope.</exception>
    public void DeleteScope(string identifier, string scopeName) =>
        ChangeScopes(identifier, scopes => scopes.Any(scope => scope.Name == scopeName)
            ? scopes.RemoveAll(scope => scope.Name == scopeName)
            : throw new ArgumentException($"Resource server '{identifier}' has no scope '{scopeName}'.", nameof(scopeName)));

    /// <summary>Creates an app client that gets tokens by both routes.</summary>
    /// <param name="clientName">1 to 128 ASCII letters, digits, white space and <c>_+=,.@-</c>. Need not be unique.</param>
    /// <param name="allowedOAuthScopes">1 to 50, each <c>{identifier}/{scopeName}</c> of an existing resource server.</param>
    /// <exception cref="ArgumentException">Cognito would refuse the settings.</exception>
    public EmulatedAppClient CreateAppClient(string clientName, params string[] allowedOAuthScopes) =>
        CreateAppClient(clientName, new EmulatedAppClientOptions { AllowedOAuthScopes = allowedOAuthScopes });

    /// <summary>Creates an app client.</summary>
    /// <param name="clientName">1 to 128 ASCII letters, digits, white space and <c>_+=,.@-</c>. Need not be unique.</param>
    /// <param name="options">Everything else; read once.</param>
    /// <exception cref="ArgumentException">Cognito would refuse the settings, or the client id is taken.</exception>
    public EmulatedAppClient CreateAppClient(string clientName, EmulatedAppClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        TextShape.ClientName.Require(clientName, "ClientName");
        var clientId = TextShape.ClientId.Require(options.ClientId ?? GeneratedId.ClientId(), "ClientId");
        var secret = options.ClientSecret ?? (options.GenerateSecret ? GeneratedId.ClientSecret() : null);

        return _directory.ChangeForCaller(() =>
        {
            var now = _directory.TimeProvider.GetUtcNow();
            var flows = AppClientRules.CheckOAuthFlows(options.AllowedOAuthFlows, hasSecret: secret is not null);
            var settings = new AppClientSettings
            {
                ClientName = clientName,
                AllowedOAuthFlowsUserPoolClient = options.AllowedOAuthFlowsUserPoolClient,
                AllowedOAuthFlows = flows,
                AllowedOAuthScopes = AppClientRules.CheckOAuthScopes(options.AllowedOAuthScopes, flows, this),
                ExplicitAuthFlows = AppClientRules.CheckExplicitAuthFlows(options.ExplicitAuthFlows),
                AccessTokenValidity = AppClientRules.CheckValidity(options.AccessTokenValidity),
                Secrets = secret is null ? [] : [ClientSecret.Create(secret, clientId, now, [])],
                LastModifiedAt = now,
            };
            AppClientRules.CheckTogether(settings);
            return Add(new EmulatedAppClient(this, clientId, settings, _directory.NextSequence()) { CreatedAt = now });
        });
    }

    /// <summary>Deletes an app client: from now on its id is unknown. Tokens it has live on.</summary>
    /// <exception cref="ArgumentException">The pool has no such app client.</exception>
    public void DeleteAppClient(string clientId) => _directory.Change(() =>
        Remove(_appClients.Find(client => client.ClientId == clientId)
            ?? throw new ArgumentException($"User pool {this} has no app client '{clientId}'.", nameof(clientId))));

    /// <summary>Makes a new key, which signs access tokens from now on.</summary>
    /// <param name="withdrawOldKeys">
    /// True to take the keys before it out of the key set, so that tokens they signed no longer verify; false to keep publishing them.
    /// </param>
    public void RotateSigningKey(bool withdrawOldKeys) => _directory.Change(() => SigningKeys.Rotate(withdrawOldKeys));

    /// <summary>The name and the user pool id.</summary>
    public override string ToString() => $"'{Name}' ({Id})";

    internal bool HasScope(string scope)
    {
        // Identifiers may contain slashes, scope names may not.
        var slash = scope.LastIndexOf('/');
        return slash > 0
            && _resourceServers.TryGetValue(scope[..slash], out var resourceServer)
            && resourceServer.HasScope(scope[(slash + 1)..]);
    }

    internal ResourceServer? FindResourceServer(string identifier) => _resourceServers.GetValueOrDefault(identifier);

    internal EmulatedAppClient Add(EmulatedAppClient client) => _directory.Change(() =>
    {
        _directory.Register(client);
        _appClients = _appClients.Add(client);
        return client;
    });

    internal void Remove(EmulatedAppClient client) => _directory.Change(() =>
    {
        _appClients = _appClients.Remove(client);
        _directory.Unregister(client);
    });

    /// <exception cref="RefusedException">The identifier is taken.</exception>
    internal void Add(ResourceServer resourceServer) => _directory.Change(() =>
    {
        if (_resourceServers.ContainsKey(resourceServer.Identifier))
            throw RefusedException.InvalidParameter($"{resourceServer.Identifier} already exists in user pool {Id}.");
        _resourceServers = _resourceServers.Add(resourceServer.Identifier, resourceServer);
    });

    internal void Replace(ResourceServer resourceServer) =>
        _directory.Change(() => _resourceServers = _resourceServers.SetItem(resourceServer.Identifier, resourceServer));

    internal void RemoveResourceServer(string identifier) =>
        _directory.Change(() => _resourceServers = _resourceServers.Remove(identifier));

    internal void Add(PoolDomain domain) => _directory.Change(() => _domains = _domains.Add(domain));

    internal void Replace(PoolDomain old, PoolDomain current) => _directory.Change(() => _domains = _domains.Replace(old, current));

    internal void Remove(PoolDomain domain) => _directory.Change(() => _domains = _domains.Remove(domain));

    internal void Update(UserPoolSettings settings) =>
        _directory.Change(() => _settings = settings with { LastModifiedAt = _directory.TimeProvider.GetUtcNow() });

    private void ChangeScopes(string identifier, Func<ImmutableArray<ResourceServerScope>, ImmutableArray<ResourceServerScope>> change)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        _directory.ChangeForCaller(() =>
        {
            if (!_resourceServers.TryGetValue(identifier, out var old))
                throw new ArgumentException($"User pool {this} has no resource server '{identifier}'.", nameof(identifier));
            Replace(ResourceServer.Create(identifier, old.Name, change(old.Scopes), old.Sequence));
            return true;
        });
    }
}
