using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator;

/// <summary>An app client of a user pool. A change applies to the next token request. All members are thread-safe.</summary>
/// <remarks>
/// A setter checks its own value by Cognito's rules and throws an <see cref="ArgumentException"/> if the value breaks a rule. A setter does
/// not check whether the settings fit each other. So a test can create states that Cognito's API would refuse, such as an app client
/// without scopes.
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

    /// <summary>The client id. It is also the claim <c>sub</c> of the client's tokens.</summary>
    public string ClientId { get; }

    /// <summary>The name. Several app clients may have the same name.</summary>
    public string ClientName => _settings.ClientName;

    /// <summary>The oldest valid secret.</summary>
    /// <value>24 to 64 characters; null for a public client.</value>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ClientSecret => ClientSecrets is [var oldest, ..] ? oldest : null;

    /// <summary>The valid secrets, oldest first.</summary>
    /// <value>One or two; empty for a public client.</value>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IReadOnlyList<string> ClientSecrets => [.. _settings.Secrets.Select(secret => secret.Value)];

    /// <summary>
    /// Whether OAuth is enabled for this client. If not, the token endpoint refuses every request with <c>invalid_grant</c>.
    /// </summary>
    /// <value>True by default. In Cognito's API the default is false.</value>
    public bool AllowedOAuthFlowsUserPoolClient
    {
        get => _settings.AllowedOAuthFlowsUserPoolClient;
        set => Change(settings => settings with { AllowedOAuthFlowsUserPoolClient = value });
    }

    /// <summary>The OAuth flows that the client may use at the token endpoint.</summary>
    /// <value>
    /// <c>client_credentials</c> by default, which cannot be combined with another flow and needs a secret; or <c>code</c>,
    /// <c>implicit</c> or both.
    /// </value>
    public IReadOnlyList<string> AllowedOAuthFlows
    {
        get => _settings.AllowedOAuthFlows;
        set => Change(settings => settings with { AllowedOAuthFlows = AppClientRules.CheckOAuthFlows(value, !settings.Secrets.IsEmpty) });
    }

    /// <summary>The scopes that the client may request, by both routes.</summary>
    /// <value>
    /// At most 50, each of the form <c>{resource server identifier}/{scope name}</c>. The scope must exist when it is set here.
    /// </value>
    public IReadOnlyList<string> AllowedOAuthScopes
    {
        get => _settings.AllowedOAuthScopes;
        set => Change(settings => settings with
        {
            AllowedOAuthScopes = AppClientRules.CheckOAuthScopes(value, settings.AllowedOAuthFlows, _userPool),
        });
    }

    /// <summary>The authentication flows that the client may use in the JSON API.</summary>
    /// <value>
    /// <c>ALLOW_CLIENT_TOKEN_AUTH</c> by default. <c>GetClientToken</c> needs this flow, and it cannot be combined with another flow.
    /// </value>
    public IReadOnlyList<string> ExplicitAuthFlows
    {
        get => _settings.ExplicitAuthFlows;
        set => Change(settings => settings with { ExplicitAuthFlows = AppClientRules.CheckExplicitAuthFlows(value) });
    }

    /// <summary>The lifetime of access tokens.</summary>
    /// <value>
    /// One hour by default; whole seconds, from one second to one day. In Cognito the minimum is five minutes. The emulator accepts less,
    /// so that a test can watch a renewal.
    /// </value>
    public TimeSpan AccessTokenValidity
    {
        get => _settings.GetLifetime(TokenKind.Access);
        set => Change(settings => settings with { AccessTokenValidity = AppClientRules.CheckValidity(value) });
    }

    /// <summary>Claims that every access token of this client holds besides Cognito's own.</summary>
    /// <value>
    /// Empty by default. A value is a text, a number, true, false, an array or an object. The same claims are allowed as in
    /// <see cref="EmulatedTokenChanges.ClaimsToAddOrOverride"/>. In Cognito, a pre token generation trigger adds such claims. Claims that were set,
    /// also if there are none, take the place of the trigger of the user pool.
    /// </value>
    public IReadOnlyDictionary<string, JsonNode> AccessTokenClaims
    {
        get => (_settings.AccessTokenClaims ?? WireSettings.Empty).ToJson().ToDictionary(claim => claim.Key, claim => claim.Value!.DeepClone(), StringComparer.Ordinal);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Change(settings => settings with { AccessTokenClaims = ChangeableClaims.Copy(value!, ClientId) });
        }
    }

    /// <summary>Issues an access token without a token request: a test of an API needs no HTTP to get one.</summary>
    /// <param name="scopes">The granted scopes. The client need not be allowed them, and they need not exist.</param>
    /// <returns>
    /// The token, with the claims, the lifetime and the signature that a token request would give it. It is not counted in
    /// <see cref="CognitoEmulator.TokenRequests"/>.
    /// </returns>
    /// <exception cref="ArgumentException"><see cref="EmulatedUserPool.OnTokenIssuing"/> failed or broke a rule.</exception>
    /// <remarks>The first call for a user pool generates the signing key, which takes up to half a second.</remarks>
    public string IssueToken(params string[] scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        try
        {
            var issuance = new EmulatedTokenIssuance(this, scopes, ImmutableDictionary<string, string>.Empty);
            return _userPool.SignToken(Issuance.AccessTokenClaims.Create(issuance, _userPool.Directory.TimeProvider));
        }
        catch (RefusedException e)
        {
            throw e.ToStandardException();
        }
    }

    internal AppClientSettings Settings => _settings;

    internal EmulatedUserPool UserPool => _userPool;

    internal long Sequence { get; }

    internal DateTimeOffset CreatedAt { get; init; }

    /// <summary>Adds a second secret. The first secret stays valid.</summary>
    /// <param name="clientSecret">24 to 64 ASCII letters, digits, <c>_</c> and <c>+</c>; null to generate a secret.</param>
    /// <returns>The new secret.</returns>
    /// <exception cref="ArgumentException">
    /// The secret is too short, too long or holds another character, or the client has it already.
    /// </exception>
    /// <exception cref="InvalidOperationException">The client has two secrets already, or is a public client.</exception>
    public string AddSecret(string? clientSecret = null)
    {
        var value = TextShape.ClientSecret.Require(clientSecret ?? GeneratedId.CreateClientSecret(), "ClientSecret");
        Change(settings => settings switch
        {
            { Secrets.IsEmpty: true } =>
                throw new InvalidOperationException($"App client {this} is a public client and cannot have a secret."),
            { Secrets.Length: >= AppClientRules.MaxSecrets } =>
                throw new InvalidOperationException($"App client {this} has {AppClientRules.MaxSecrets} secrets already. Delete one first."),
            _ when settings.HasSecret(value) =>
                throw new ArgumentException($"App client {this} has this secret already.", nameof(clientSecret)),
            _ => WithSecret(settings, value),
        });
        return value;
    }

    /// <summary>Deletes a secret. Tokens that were issued with it stay valid until they expire.</summary>
    /// <exception cref="ArgumentException">The client does not have this secret.</exception>
    /// <exception cref="InvalidOperationException">The client has no other secret.</exception>
    public void DeleteSecret(string clientSecret)
    {
        ArgumentNullException.ThrowIfNull(clientSecret);
        Change(settings => settings switch
        {
            _ when !settings.HasSecret(clientSecret) =>
                throw new ArgumentException($"App client {this} does not have this secret.", nameof(clientSecret)),
            { Secrets.Length: 1 } =>
                throw new InvalidOperationException($"App client {this} has no other secret. Add one before you delete this one."),
            _ => settings with { Secrets = settings.Secrets.RemoveAll(secret => secret.Matches(clientSecret)) },
        });
    }

    /// <summary>The name and the client id.</summary>
    public override string ToString() => $"'{ClientName}' ({ClientId})";

    internal void Update(AppClientSettings settings) => _userPool.Directory.Change(() => _settings = settings);

    /// <summary>A copy of the settings with one more secret.</summary>
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
