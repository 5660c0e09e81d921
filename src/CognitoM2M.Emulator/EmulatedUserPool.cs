using System.Collections.Immutable;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.SignIns;
using CognitoM2M.Emulator.Tokens;
using CognitoM2M.Emulator.Users;
using CognitoM2M.Shared;

namespace CognitoM2M.Emulator;

/// <summary>A user pool with its resource servers, app clients, users and signing keys. All members are thread-safe.</summary>
public sealed partial class EmulatedUserPool
{
    private readonly UserPoolDirectory _directory;
    private volatile UserPoolSettings _settings;
    private volatile ImmutableDictionary<string, ResourceServer> _resourceServers =
        ImmutableDictionary.Create<string, ResourceServer>(StringComparer.Ordinal);

    private volatile ImmutableList<EmulatedAppClient> _appClients = [];
    private volatile ImmutableList<PoolDomain> _domains = [];

    internal EmulatedUserPool(UserPoolDirectory directory, string id, UserPoolSettings settings, long sequence)
        : this(directory, id, settings, sequence, new SigningKeySet(directory.KeySource, id))
    {
    }

    internal EmulatedUserPool(UserPoolDirectory directory, string id, UserPoolSettings settings, long sequence, SigningKeySet keys)
    {
        _directory = directory;
        _settings = settings;
        Id = id;
        Sequence = sequence;
        JwksUri = CognitoAddresses.KeySet(new Uri(directory.BaseAddress, id).AbsoluteUri);
        SigningKeys = keys;
        SigningKeys.Changed = () => directory.Change(() => { });
        UserList = new UserList(this);
        GroupList = new NamedSettingsList(directory);
        SignIns = new SignInList(directory);
        IdentityProviders = new NamedSettingsList(directory);
    }

    /// <summary>The user pool id.</summary>
    /// <value><c>{region}_{9 letters and digits}</c>, such as <c>eu-west-1_AbCdEf123</c>.</value>
    public string Id { get; }

    /// <summary>The ARN of the user pool.</summary>
    /// <value>
    /// <c>arn:{partition}:cognito-idp:{region}:123456789012:userpool/{Id}</c>. The partition follows from the region; the account is made
    /// up.
    /// </value>
    public string Arn => PoolArn.Create(Id);

    /// <summary>The name. Several user pools may have the same name.</summary>
    public string Name => _settings.Name;

    /// <summary>The issuer (claim <c>iss</c>) of the pool's tokens.</summary>
    /// <value>
    /// The form is set by <see cref="CognitoEmulatorOptions.Issuer"/>. If the option is not <see cref="EmulatedIssuer.Loopback"/>, the
    /// setting <c>IssuerConfiguration</c> of the pool has precedence.
    /// </value>
    public string Issuer => _directory.GetIssuer(Id, _settings.Members.Find("IssuerConfiguration", "Type")?.GetString());

    /// <summary>The address at which the emulator serves the pool's public keys. It does not depend on the form of the issuer.</summary>
    /// <value><c>http://127.0.0.1:{port}/{Id}/.well-known/jwks.json</c>.</value>
    public Uri JwksUri { get; }

    /// <summary>The app clients that exist at this moment, oldest first.</summary>
    public IReadOnlyList<EmulatedAppClient> AppClients => _appClients;

    internal UserPoolDirectory Directory => _directory;

    internal UserPoolSettings Settings => _settings;

    internal long Sequence { get; }

    internal DateTimeOffset CreatedAt { get; init; }

    /// <summary>
    /// Whether the token endpoint needs a domain if <see cref="CognitoEmulatorOptions.DomainDelay"/> is set. False for pools that were
    /// created in C#.
    /// </summary>
    internal bool NeedsDomain { get; init; }

    internal SigningKeySet SigningKeys { get; }

    internal NamedSettingsList IdentityProviders { get; }

    /// <summary>Oldest first.</summary>
    internal IReadOnlyList<ResourceServer> ResourceServers => [.. _resourceServers.Values.OrderBy(server => server.Sequence)];

    internal IReadOnlyList<PoolDomain> Domains => _domains;

    /// <summary>Creates a resource server with scopes of the form <c>{identifier}/{scopeName}</c>.</summary>
    /// <param name="identifier">
    /// 1 to 256 printable ASCII characters except space, <c>"</c> and <c>\</c>; often a URL. Unique in the pool.
    /// </param>
    /// <param name="scopeNames">
    /// At most 100 names. Each has the same characters as an identifier except <c>/</c>, and at most 256 characters together with the
    /// identifier.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A name breaks these rules, or the pool has a resource server with this identifier already.
    /// </exception>
    /// <exception cref="InvalidOperationException">There are more than 100 scopes.</exception>
    public void CreateResourceServer(string identifier, params string[] scopeNames)
    {
        ArgumentNullException.ThrowIfNull(scopeNames);
        _directory.ChangeForCaller(() =>
        {
            Add(ResourceServer.Create(identifier, scopeNames, _directory.TakeSequence()));
            return true;
        });
    }

    /// <summary>
    /// Adds a scope to a resource server. If the scope was deleted before, app clients whose settings still name the scope can get it again.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The resource server does not exist, or has the scope already, or the name breaks the rules of <see cref="CreateResourceServer"/>.
    /// </exception>
    /// <exception cref="InvalidOperationException">The resource server has 100 scopes already.</exception>
    public void AddScope(string identifier, string scopeName) =>
        ChangeScopes(identifier, scopes => scopes.Add(new ResourceServerScope(scopeName, scopeName)));

    /// <summary>
    /// Deletes a scope. The settings of app clients still name the scope, but new tokens do not hold it. As in Cognito, a token request
    /// does not fail because of that, unless no scope is left.
    /// </summary>
    /// <exception cref="ArgumentException">The resource server or the scope does not exist.</exception>
    public void DeleteScope(string identifier, string scopeName) =>
        ChangeScopes(identifier, scopes => scopes.Any(scope => scope.Name == scopeName)
            ? scopes.RemoveAll(scope => scope.Name == scopeName)
            : throw new ArgumentException($"Resource server '{identifier}' has no scope '{scopeName}'.", nameof(scopeName)));

    /// <summary>Creates an app client with a generated secret. It can get tokens by both routes.</summary>
    /// <param name="clientName">
    /// 1 to 128 ASCII letters, digits, white space and <c>_+=,.@-</c>. Several app clients may have the same name.
    /// </param>
    /// <param name="allowedOAuthScopes">1 to 50 existing scopes of the form <c>{identifier}/{scopeName}</c>.</param>
    /// <exception cref="ArgumentException">The settings break a rule of Cognito; the message says which.</exception>
    public EmulatedAppClient CreateAppClient(string clientName, params string[] allowedOAuthScopes) =>
        CreateAppClient(clientName, new EmulatedAppClientOptions { AllowedOAuthScopes = allowedOAuthScopes });

    /// <summary>Creates an app client with chosen settings.</summary>
    /// <param name="clientName">
    /// 1 to 128 ASCII letters, digits, white space and <c>_+=,.@-</c>. Several app clients may have the same name.
    /// </param>
    /// <param name="options">All other settings. Read once.</param>
    /// <exception cref="ArgumentException">
    /// The settings break a rule of Cognito (the message says which), or the client id is in use.
    /// </exception>
    public EmulatedAppClient CreateAppClient(string clientName, EmulatedAppClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        TextShape.ClientName.Require(clientName, "ClientName");
        var clientId = TextShape.ClientId.Require(options.ClientId ?? GeneratedId.CreateClientId(), "ClientId");
        var secret = options.ClientSecret ?? (options.GenerateSecret ? GeneratedId.CreateClientSecret() : null);

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
                AccessTokenClaims = options.Claims is { } claims ? ChangeableClaims.Copy(claims!, clientId) : null,
                Secrets = secret is null ? [] : [ClientSecret.Create(secret, clientId, now, [])],
                Others = AppClientUrls.Create(options.CallbackUrls, options.LogoutUrls),
                LastModifiedAt = now,
            };
            AppClientRules.CheckTogether(settings);
            return Add(new EmulatedAppClient(this, clientId, settings, _directory.TakeSequence()) { CreatedAt = now });
        });
    }

    /// <summary>Deletes an app client. Its tokens stay valid until they expire.</summary>
    /// <exception cref="ArgumentException">The pool has no app client with this id.</exception>
    public void DeleteAppClient(string clientId) => _directory.Change(() =>
        Remove(_appClients.Find(client => client.ClientId == clientId)
            ?? throw new ArgumentException($"User pool {this} has no app client '{clientId}'.", nameof(clientId))));

    /// <summary>The name and the user pool id.</summary>
    public override string ToString() => $"'{Name}' ({Id})";

    internal bool HasScope(string scope)
    {
        // An identifier may contain slashes, a scope name may not. So the last slash separates the two.
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

    /// <exception cref="RefusedException">The pool has a resource server with this identifier already.</exception>
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
