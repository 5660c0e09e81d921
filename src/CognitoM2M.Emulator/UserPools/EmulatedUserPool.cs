using System.Collections.Immutable;
using CognitoM2M.Emulator.Tokens;
using CognitoM2M.Emulator.UserPools;

namespace CognitoM2M.Emulator;

/// <summary>A user pool with its resource servers, app clients and signing keys.</summary>
public sealed class EmulatedUserPool
{
    private readonly Lock _gate = new();
    private readonly UserPoolDirectory _directory;
    private volatile ImmutableDictionary<string, ResourceServer> _resourceServers =
        ImmutableDictionary.Create<string, ResourceServer>(StringComparer.Ordinal);

    private volatile ImmutableList<EmulatedAppClient> _appClients = [];

    internal EmulatedUserPool(UserPoolDirectory directory, string id, string name, string issuer)
    {
        _directory = directory;
        Id = id;
        Name = name;
        Issuer = issuer;
        JwksUri = new Uri(directory.BaseAddress, $"{id}/.well-known/jwks.json");
    }

    /// <summary>The user pool id.</summary>
    /// <value><c>{region}_{9 letters and digits}</c>.</value>
    public string Id { get; }

    /// <summary>The name; not unique.</summary>
    public string Name { get; }

    /// <summary>The <c>iss</c> of the pool's tokens, in the form that <see cref="CognitoEmulatorOptions.Issuer"/> chose.</summary>
    public string Issuer { get; }

    /// <summary>Where the emulator serves the pool's public keys, whatever the issuer says.</summary>
    public Uri JwksUri { get; }

    /// <summary>The app clients, oldest first, as they are at this moment.</summary>
    public IReadOnlyList<EmulatedAppClient> AppClients => _appClients;

    internal SigningKeySet SigningKeys { get; } = new();

    /// <summary>Creates a resource server; its scopes are then <c>{identifier}/{scopeName}</c>.</summary>
    /// <param name="identifier">1 to 256 printable ASCII characters but space, <c>"</c> and <c>\</c>; often a URL.</param>
    /// <param name="scopeNames">At most 100; as the identifier, and without <c>/</c>. With it at most 256 characters.</param>
    /// <exception cref="ArgumentException">A name has another shape, or the identifier is taken.</exception>
    /// <exception cref="InvalidOperationException">There are more than 100 scopes.</exception>
    public void CreateResourceServer(string identifier, params string[] scopeNames)
    {
        ArgumentNullException.ThrowIfNull(scopeNames);
        var created = ResourceServer.Create(identifier, scopeNames);
        lock (_gate)
        {
            if (_resourceServers.ContainsKey(identifier))
                throw new ArgumentException($"User pool {this} has a resource server '{identifier}' already.", nameof(identifier));
            _resourceServers = _resourceServers.Add(identifier, created);
        }
    }

    /// <summary>Adds a scope to a resource server. App clients that still list it can have it again.</summary>
    /// <exception cref="ArgumentException">
    /// There is no such resource server, or it has the scope already, or the name has another shape.
    /// </exception>
    /// <exception cref="InvalidOperationException">There are 100 scopes already.</exception>
    public void AddScope(string identifier, string scopeName) =>
        ChangeScopes(identifier, scopeNames => scopeNames.Add(scopeName));

    /// <summary>Deletes a scope. App clients keep it on their list, but from now on it is silently left out of their tokens.</summary>
    /// <exception cref="ArgumentException">There is no such resource server or scope.</exception>
    public void DeleteScope(string identifier, string scopeName) =>
        ChangeScopes(identifier, scopeNames => scopeNames.Contains(scopeName, StringComparer.Ordinal)
            ? scopeNames.Remove(scopeName, StringComparer.Ordinal)
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
        var flows = AppClientRules.CheckOAuthFlows(options.AllowedOAuthFlows, hasSecret: secret is not null);
        var settings = new AppClientSettings
        {
            AllowedOAuthFlowsUserPoolClient = options.AllowedOAuthFlowsUserPoolClient,
            AllowedOAuthFlows = flows,
            AllowedOAuthScopes = AppClientRules.CheckOAuthScopes(options.AllowedOAuthScopes, flows, this),
            ExplicitAuthFlows = AppClientRules.CheckExplicitAuthFlows(options.ExplicitAuthFlows),
            AccessTokenValidity = AppClientRules.CheckValidity(options.AccessTokenValidity),
            Secrets = secret is null ? [] : [new ClientSecret(secret)],
        };
        AppClientRules.CheckNewClient(settings);

        var created = new EmulatedAppClient(this, clientName, clientId, settings);
        lock (_gate)
        {
            _directory.Register(created);
            _appClients = _appClients.Add(created);
        }

        return created;
    }

    /// <summary>Deletes an app client: from now on its id is unknown. Tokens it has live on.</summary>
    /// <exception cref="ArgumentException">The pool has no such app client.</exception>
    public void DeleteAppClient(string clientId)
    {
        lock (_gate)
        {
            if (_appClients.Find(client => client.ClientId == clientId) is not { } deleted)
                throw new ArgumentException($"User pool {this} has no app client '{clientId}'.", nameof(clientId));
            _appClients = _appClients.Remove(deleted);
            _directory.Unregister(deleted);
        }
    }

    /// <summary>Makes a new key, which signs access tokens from now on.</summary>
    /// <param name="withdrawOldKeys">
    /// True to take the keys before it out of the key set, so that tokens they signed no longer verify; false to keep publishing them.
    /// </param>
    public void RotateSigningKey(bool withdrawOldKeys) => SigningKeys.Rotate(withdrawOldKeys);

    /// <summary>The name and the user pool id.</summary>
    public override string ToString() => $"'{Name}' ({Id})";

    internal bool HasScope(string scope)
    {
        // Identifiers may contain slashes, scope names may not.
        var slash = scope.LastIndexOf('/');
        return slash > 0
            && _resourceServers.TryGetValue(scope[..slash], out var resourceServer)
            && resourceServer.ScopeNames.Contains(scope[(slash + 1)..], StringComparer.Ordinal);
    }

    private void ChangeScopes(string identifier, Func<ImmutableArray<string>, ImmutableArray<string>> change)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        lock (_gate)
        {
            if (!_resourceServers.TryGetValue(identifier, out var resourceServer))
                throw new ArgumentException($"User pool {this} has no resource server '{identifier}'.", nameof(identifier));
            _resourceServers = _resourceServers.SetItem(identifier, ResourceServer.Create(identifier, change(resourceServer.ScopeNames)));
        }
    }
}
