using CognitoM2M.Emulator;

namespace CognitoM2M.Testing.Settings;

/// <summary>The app clients that a fixture creates for the clients of services under test. All members are thread-safe.</summary>
internal sealed class FixtureClients(EmulatedUserPool userPool)
{
    private const int MaxNameLength = 128;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, EmulatedAppClient> _clients = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EmulatedAppClient> _clientsForUsers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _resourceServers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _allowed = new(StringComparer.Ordinal);

    /// <summary>Allows scopes to all app clients, those of later services too.</summary>
    public void AllowScopes(IReadOnlyCollection<string> scopes)
    {
        lock (_gate)
        {
            Create(scopes);
            _allowed.UnionWith(scopes);
            foreach (var client in _clients.Values)
                Allow(client, _allowed);
        }
    }

    /// <param name="name">The name of the service's client.</param>
    /// <param name="clientId">The client id in the settings of the service; null if there is none.</param>
    /// <param name="scopes">The scopes in the settings of the service.</param>
    public EmulatedAppClient GetOrCreate(string name, string? clientId, ICollection<string> scopes)
    {
        lock (_gate)
        {
            Create(scopes);
            var key = clientId ?? $"name {name}";
            if (!_clients.TryGetValue(key, out var client))
            {
                Create([CognitoFixture.DefaultScope]);
                var options = new EmulatedAppClientOptions
                {
                    ClientId = clientId,
                    AllowedOAuthScopes = scopes.Count > 0 ? [.. scopes] : [CognitoFixture.DefaultScope],
                };
                client = _clients[key] = userPool.CreateAppClient(ToClientName(name), options);
            }

            Allow(client, scopes.Union(_allowed, StringComparer.Ordinal));
            return client;
        }
    }

    /// <summary>The app client, without a secret, for a client of the service that signs a user in with a password.</summary>
    /// <param name="name">The name of the service's client.</param>
    /// <param name="clientId">The client id in the settings of the service; null if there is none.</param>
    public EmulatedAppClient GetOrCreateForUsers(string name, string? clientId)
    {
        lock (_gate)
        {
            var key = clientId ?? $"name {name}";
            if (!_clientsForUsers.TryGetValue(key, out var client))
            {
                client = _clientsForUsers[key] = userPool.CreateAppClient(ToClientName(name), new EmulatedAppClientOptions
                {
                    ClientId = clientId,
                    GenerateSecret = false,
                    AllowedOAuthFlowsUserPoolClient = false,
                    AllowedOAuthFlows = [],
                    ExplicitAuthFlows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
                });
            }

            return client;
        }
    }

    private static void Allow(EmulatedAppClient client, IEnumerable<string> scopes) =>
        client.AllowedOAuthScopes = [.. client.AllowedOAuthScopes.Union(scopes, StringComparer.Ordinal)];

    /// <summary>Replaces the characters that the name of an app client cannot have.</summary>
    private static string ToClientName(string name)
    {
        var allowed = string.Concat(name.Take(MaxNameLength).Select(c => char.IsAsciiLetterOrDigit(c) || "_+=,.@- ".Contains(c) ? c : '-'));
        return allowed.Length > 0 ? allowed : "unnamed";
    }

    /// <summary>Creates the scopes that do not exist. The user pool refuses a wrong scope with Cognito's message.</summary>
    private void Create(IEnumerable<string> scopes)
    {
        foreach (var scope in scopes)
        {
            // An identifier may contain slashes, a scope name may not.
            var slash = scope.LastIndexOf('/');
            if (slash <= 0)
                continue;

            var (identifier, scopeName) = (scope[..slash], scope[(slash + 1)..]);
            if (!_resourceServers.TryGetValue(identifier, out var known))
            {
                userPool.CreateResourceServer(identifier, scopeName);
                _resourceServers.Add(identifier, [scopeName]);
            }
            else if (known.Add(scopeName))
            {
                userPool.AddScope(identifier, scopeName);
            }
        }
    }
}
