using System.Diagnostics;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator;

/// <summary>An app client. What is set here counts for the next token request.</summary>
/// <remarks>
/// Each setter checks its own value as Cognito does, but not how it fits the others: a test may bring about what Cognito's
/// API would refuse, such as an app client with no scopes.
/// </remarks>
public sealed class EmulatedAppClient
{
    private readonly EmulatedUserPool _userPool;
    private volatile AppClientSettings _settings;

    internal EmulatedAppClient(EmulatedUserPool userPool, string clientId, AppClientSettings settings, long sequence)
    {
        _userPool = userPool;
        _settings = settings;
        ClientId = clientId;
        Sequence = sequence;
    }

    /// <summary>The client id; also the <c>sub</c> of its tokens.</summary>
    public string ClientId { get; }

    /// <summary>The name; not unique.</summary>
    public string ClientName => _settings.ClientName;

    /// <summary>The oldest secret that is valid.</summary>
    /// <value>24 to 64 characters; null for a public client.</value>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ClientSecret => ClientSecrets is [var oldest, ..] ? oldest : null;

    /// <summary>The secrets that are valid, oldest first.</summary>
    /// <value>One or two; none for a public client.</value>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IReadOnlyList<string> ClientSecrets => [.. _settings.Secrets.Select(secret => secret.Value)];

    /// <summary>Whether the token endpoint serves this client at all; if not, it answers <c>invalid_grant</c>.</summary>
    /// <value>True by default, unlike in Cognito's API.</value>
    public bool AllowedOAuthFlowsUserPoolClient
    {
        get => _settings.AllowedOAuthFlowsUserPoolClient;
        set => Change(settings => settings with { AllowedOAuthFlowsUserPoolClient = value });
    }

    /// <summary>The grants the token endpoint serves this client.</summary>
    /// <value><c>client_credentials</c> by default, which goes with no other; or <c>code</c>, <c>implicit</c>.</value>
    public IReadOnlyList<string> AllowedOAuthFlows
    {
        get => _settings.AllowedOAuthFlows;
        set => Change(settings => settings with { AllowedOAuthFlows = AppClientRules.CheckOAuthFlows(value, !settings.Secrets.IsEmpty) });
    }

    /// <summary>The scopes the client may have, by either route.</summary>
    /// <value>At most 50, each <c>{resource server identifier}/{scope name}</c> of an existing resource server.</value>
    public IReadOnlyList<string> AllowedOAuthScopes
    {
        get => _settings.AllowedOAuthScopes;
        set => Change(settings => settings with
        {
            AllowedOAuthScopes = AppClientRules.CheckOAuthScopes(value, settings.AllowedOAuthFlows, _userPool),
        });
    }

    /// <summary>The sign-in flows of the JSON API.</summary>
    /// <value><c>ALLOW_CLIENT_TOKEN_AUTH</c> by default, which <c>GetClientToken</c> needs and which goes with no other.</value>
    public IReadOnlyList<string> ExplicitAuthFlows
    {
        get => _settings.ExplicitAuthFlows;
        set => Change(settings => settings with { ExplicitAuthFlows = AppClientRules.CheckExplicitAuthFlows(value) });
    }

    /// <summary>The lifetime of access tokens.</summary>
    /// <value>
    /// One hour by default; whole seconds, from one second to one day. Cognito's own minimum is five minutes; tests may want less.
    /// </value>
    public TimeSpan AccessTokenValidity
    {
        get => _settings.Lifetime(TokenKind.Access);
        set => Change(settings => settings with { AccessTokenValidity = AppClientRules.CheckValidity(value) });
    }

    internal AppClientSettings Settings => _settings;

    internal EmulatedUserPool UserPool => _userPool;

    internal long Sequence { get; }

    internal DateTimeOffset CreatedAt { get; init; }

    /// <summary>Adds a secret; the one before it stays valid.</summary>
    /// <param name="clientSecret">24 to 64 ASCII letters, digits, <c>_</c> and <c>+</c>; null to have one made up.</param>
    /// <returns>The new secret.</returns>
    /// <exception cref="ArgumentException">The secret has another shape, or is valid already.</exception>
    /// <exception cref="InvalidOperationException">There are two secrets already, or the client is a public one.</exception>
    public string AddSecret(string? clientSecret = null)
    {
        var value = TextShape.ClientSecret.Require(clientSecret ?? GeneratedId.ClientSecret(), "ClientSecret");
        Change(settings => settings switch
        {
            { Secrets.IsEmpty: true } => throw new InvalidOperationException($"App client {this} is a public client, without a secret."),
            { Secrets.Length: >= AppClientRules.MaxSecrets } =>
                throw new InvalidOperationException($"App client {this} has {AppClientRules.MaxSecrets} secrets already."),
            _ when settings.HasSecret(value) =>
                throw new ArgumentException($"App client {this} has this secret already.", nameof(clientSecret)),
            _ => WithSecret(settings, value),
        });
        return value;
    }

    /// <summary>Makes a secret invalid. Tokens issued with it live on.</summary>
    /// <exception cref="ArgumentException">The client has no such secret.</exception>
    /// <exception cref="InvalidOperationException">It is the last one.</exception>
    public void DeleteSecret(string clientSecret)
    {
        ArgumentNullException.ThrowIfNull(clientSecret);
        Change(settings => settings switch
        {
            _ when !settings.HasSecret(clientSecret) =>
                throw new ArgumentException($"App client {this} has no such secret.", nameof(clientSecret)),
            { Secrets.Length: 1 } => throw new InvalidOperationException($"App client {this} has no other secret."),
            _ => settings with { Secrets = settings.Secrets.RemoveAll(secret => secret.Matches(clientSecret)) },
        });
    }

    /// <summary>The name and the client id.</summary>
    public override string ToString() => $"'{ClientName}' ({ClientId})";

    internal void Update(AppClientSettings settings) => _userPool.Directory.Change(() => _settings = settings);

    internal AppClientSettings WithSecret(AppClientSettings settings, string value)
    {
        var now = _userPool.Directory.TimeProvider.GetUtcNow();
        return settings with { Secrets = settings.Secrets.Add(Pools.ClientSecret.Create(value, ClientId, now, settings.Secrets)) };
    }

    private void Change(Func<AppClientSettings, AppClientSettings> change) => _userPool.Directory.ChangeForCaller(() =>
    {
        var now = _userPool.Directory.TimeProvider.GetUtcNow();
        return _settings = change(_settings) with { LastModifiedAt = now };
    });
}
