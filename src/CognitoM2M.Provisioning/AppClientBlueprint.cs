using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CognitoM2M.Provisioning.Blueprints;

namespace CognitoM2M.Provisioning;

/// <summary>An app client for machine-to-machine tokens. It has a secret, except an app client for technical users (<see cref="AppClientRoute.UserPassword"/>).</summary>
public sealed record AppClientBlueprint
{
    /// <summary>The name, by which the app client is found within the user pool.</summary>
    /// <value>1 to 128 characters: letters, digits, spaces and <c>_+=,.@-</c>. Unique in the blueprint; upper and lower case are ignored.</value>
    public required string Name { get; init; }

    /// <summary>The id of an existing app client. It says which app client is meant, and that it belongs to this blueprint.</summary>
    /// <value>
    /// Null by default: the app client is found by its name. With an id, the app client must exist and have the name; an emulator creates an
    /// app client with this id. In an external user pool, an app client without its id in the blueprint is changed only with
    /// <see cref="PlanOptions.Adopt"/>. 1 to 128 letters, digits, <c>_</c> and <c>+</c>.
    /// </value>
    public string? Id { get; init; }

    /// <summary>All scopes that the client is allowed, each <c>resource-server/scope</c>. Applying removes every other scope.</summary>
    /// <value>1 to 50 scopes of resource servers in this blueprint. Empty for <see cref="AppClientRoute.UserPassword"/>: tokens of users carry no such scopes.</value>
    public IReadOnlyList<string> Scopes { get; init => field = value ?? []; } = [];

    /// <summary>How the client gets its tokens.</summary>
    /// <value><see cref="AppClientRoute.OAuth2"/> by default, which needs a domain.</value>
    public AppClientRoute Route { get; init; }

    /// <summary>Whether the client has a secret.</summary>
    /// <value>
    /// Null by default: a client of <see cref="AppClientRoute.UserPassword"/> keeps what it has, and a new one has a secret only if the blueprint gives
    /// one; every other client has a secret. Cognito never adds a first secret and never removes the last one, so a change replaces the client.
    /// </value>
    public bool? GenerateSecret { get; init; }

    /// <summary>How long a token is valid.</summary>
    /// <value>
    /// 5 minutes to 1 day, in whole seconds. In JSON a number with one of the units s, m, h and d, such as <c>"30m"</c>. Null by default: an
    /// existing lifetime stays, and a new client gets 1 hour.
    /// </value>
    [JsonConverter(typeof(LifetimeConverter))]
    public TimeSpan? TokenLifetime { get; init; }

    /// <summary>All values of <c>ExplicitAuthFlows</c> that the client has, such as <c>ALLOW_USER_SRP_AUTH</c>: how users may sign in with it.</summary>
    /// <value>
    /// Null by default: users cannot sign in with the client, or, with <see cref="AppClientRoute.UserPassword"/>, with their password alone
    /// (<c>ALLOW_USER_PASSWORD_AUTH</c>, <c>ALLOW_REFRESH_TOKEN_AUTH</c>). Not for the routes with GetClientToken, because Cognito allows no other
    /// flow beside it.
    /// </value>
    public IReadOnlyList<string>? ExplicitAuthFlows { get; init; }

    /// <summary>The addresses that Cognito may send signed-in users to.</summary>
    /// <value>
    /// Null by default: existing addresses stay. At most 100: https, http to loopback, or a scheme of an app. The client does not get the flow
    /// that uses them: its only OAuth flow is <c>client_credentials</c>.
    /// </value>
    public IReadOnlyList<string>? CallbackUrls { get; init; }

    /// <summary>The addresses that Cognito may send signed-out users to.</summary>
    /// <value>Null by default: existing addresses stay. The rules of <see cref="CallbackUrls"/> apply.</value>
    public IReadOnlyList<string>? LogoutUrls { get; init; }

    /// <summary>The identity providers of the client: <c>COGNITO</c>, and names of identity providers of the user pool.</summary>
    /// <value>Null by default: existing identity providers stay. Tokens of machines need none.</value>
    public IReadOnlyList<string>? SupportedIdentityProviders { get; init; }

    /// <summary>The name of the variable that holds the secret of a new client, such as <c>BILLING_SECRET</c>. Never the secret itself.</summary>
    /// <value>
    /// Null by default: Cognito makes the secret. 1 to 128 upper-case letters, digits and <c>_</c>, not beginning with a digit. A variable of AWS or of a
    /// build server, such as <c>AWS_...</c>, <c>GITHUB_...</c> or <c>CI_...</c>, is a mistake. The variable is read when the client is created (<see cref="ApplyOptions.SecretVariables"/>). An existing client keeps its secret.
    /// </value>
    public string? SecretVariable { get; init; }

    /// <summary>The secret of a new client. For an emulator only: a secret for AWS must not stand in a file, so use <see cref="SecretVariable"/> there.</summary>
    /// <value>
    /// Null by default: Cognito makes the secret. 24 to 64 letters, digits, <c>_</c> and <c>+</c>. On AWS a blueprint with a secret is refused
    /// before the first request. An existing client keeps its secret.
    /// </value>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Secret { get; init; }

    /// <summary>Claims that every access token of the client holds. For an emulator only: on AWS a pre token generation trigger adds claims.</summary>
    /// <value>
    /// Null by default: the claims of an existing client stay, and a new client has none. A value is a text, a number, true, false, a list or an object.
    /// Cognito's own claims, such as <c>sub</c>, are refused, and <c>aud</c> can only be the client id. The claims, even
    /// an empty object (<c>{}</c>), replace the trigger of the user pool, which the emulator
    /// does not call. On AWS a blueprint with claims is refused before the first request.
    /// </value>
    public IReadOnlyDictionary<string, JsonNode>? Claims { get; init; }

    /// <summary>The name, and the id if the blueprint has it. Never the secret.</summary>
    public override string ToString() => Id is null ? Name : $"{Name} ({Id})";

    /// <summary>Whether an app client with this name and id is the one that is meant.</summary>
    internal bool Names(string? name, string? clientId) => name == Name && (Id is null || Id == clientId);
}

/// <summary>How an app client gets its tokens.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AppClientRoute>))]
public enum AppClientRoute
{
    /// <summary>From the OAuth 2.0 token endpoint, which the domain of the user pool serves.</summary>
    OAuth2,

    /// <summary>From the operation GetClientToken of the user pools API, without a domain.</summary>
    GetClientToken,

    /// <summary>From the token endpoint or from GetClientToken.</summary>
    Both,

    /// <summary>From the sign-in of a technical user with a password (<c>USER_PASSWORD_AUTH</c>), without a domain and without scopes of resource servers.</summary>
    UserPassword,
}
