using System.Diagnostics;
using System.Runtime.Serialization;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Caching.Distributed;

namespace CognitoM2M;

/// <summary>Settings of one app client: where its tokens come from, which scopes they have, and where they may be sent.</summary>
/// <remarks>
/// Each property can be set in a configuration section under its own name, except where the property says otherwise. There are three ways to
/// set where tokens come from: <see cref="Domain"/> (with <see cref="Region"/> for a prefix domain), <see cref="TokenEndpoint"/>, or
/// <see cref="Route"/> = <see cref="CognitoTokenRoute.GetClientToken"/> or <see cref="CognitoTokenRoute.UserPassword"/> with <see cref="Region"/>.
/// </remarks>
[DebuggerDisplay("Client {ClientId}")]
public sealed class CognitoM2MClientOptions
{
    /// <summary>The route to Cognito.</summary>
    /// <value><see cref="CognitoTokenRoute.OAuth2"/> by default.</value>
    public CognitoTokenRoute Route { get; set; }

    /// <summary>The user pool's domain: a prefix (<c>acme-m2m</c>), or a host name (<c>auth.example.com</c>).</summary>
    /// <value>No scheme and no path. A prefix needs <see cref="Region"/>.</value>
    public string? Domain { get; set; }

    /// <summary>The code of the user pool's region, such as <c>eu-west-1</c>.</summary>
    /// <value>Required with a prefix domain, and with <see cref="CognitoTokenRoute.GetClientToken"/> and <see cref="CognitoTokenRoute.UserPassword"/>.</value>
    public string? Region { get; set; }

    /// <summary>Whether Cognito's FIPS endpoints are used.</summary>
    /// <value><see langword="false"/> by default. GovCloud regions have FIPS endpoints only and always use them.</value>
    public bool UseFips { get; set; }

    /// <summary>
    /// The whole address that token requests are posted to. On the OAuth 2.0 route it includes the path
    /// (<c>https://auth.example.com/oauth2/token</c>). On the routes <see cref="CognitoTokenRoute.GetClientToken"/> and
    /// <see cref="CognitoTokenRoute.UserPassword"/> it is the address of the user pools API.
    /// </summary>
    /// <value>
    /// Optional; replaces <see cref="Domain"/> and <see cref="Region"/>. https, or http to a loopback address or to one of
    /// <see cref="PlainHttpTokenEndpointHosts"/>.
    /// </value>
    public Uri? TokenEndpoint { get; set; }

    /// <summary>
    /// Hosts that <see cref="TokenEndpoint"/> may name with plain http, each <c>host</c> or <c>host:port</c>. Secrets, passwords
    /// and tokens then travel unencrypted. Use this only if you trust the network on the whole way to the host, such as an emulator in the same compose file.
    /// </summary>
    /// <value>Empty by default. No wildcards. A warning is logged for a host that is used.</value>
    public IList<string> PlainHttpTokenEndpointHosts { get; set; } = [];

    /// <summary>The app client's id.</summary>
    /// <value>Required; 1 to 128 characters.</value>
    public string? ClientId { get; set; }

    /// <summary>The app client's secret.</summary>
    /// <value>Required, unless <see cref="ClientSecretFile"/> or <see cref="ClientSecretSource"/> is set, or <see cref="Route"/> is <see cref="CognitoTokenRoute.UserPassword"/> and the app client has no secret. 1 to 1,024 visible ASCII characters. Never written to a log, an exception or a metric.</value>
    [JsonIgnore]
    [IgnoreDataMember]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ClientSecret { get; set; }

    /// <summary>The path of a file that holds the secret and nothing else, as Kubernetes and Docker mount secrets.</summary>
    /// <value>Optional; replaces <see cref="ClientSecret"/>. Read before a token request if the last reading is five minutes old, and when Cognito refuses the secret: then once a second until the file has changed.</value>
    public string? ClientSecretFile { get; set; }

    /// <summary>Gives the secret, and the new secret after a rotation.</summary>
    /// <value>Optional; replaces <see cref="ClientSecret"/>. Cannot be set in configuration.</value>
    [JsonIgnore]
    [IgnoreDataMember]
    public ICognitoSecretSource? ClientSecretSource { get; set; }

    /// <summary>The name of the user that signs in on the route <see cref="CognitoTokenRoute.UserPassword"/>: a user name, or an alias such as an e-mail address.</summary>
    /// <value>Required on this route, and not allowed on others. 1 to 128 characters without spaces.</value>
    public string? Username { get; set; }

    /// <summary>The password of the user.</summary>
    /// <value>
    /// Required on the route <see cref="CognitoTokenRoute.UserPassword"/>, unless <see cref="PasswordFile"/> or <see cref="PasswordSource"/> is
    /// set. 1 to 256 characters. If Cognito refuses the password, this process never sends it again. Never written to a log, an exception or a metric.
    /// </value>
    [JsonIgnore]
    [IgnoreDataMember]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Password { get; set; }

    /// <summary>The path of a file that holds the password and nothing else, as Kubernetes and Docker mount secrets.</summary>
    /// <value>Optional; replaces <see cref="Password"/>. Read as <see cref="ClientSecretFile"/> is.</value>
    public string? PasswordFile { get; set; }

    /// <summary>Gives the password, and the new password after a change.</summary>
    /// <value>Optional; replaces <see cref="Password"/>. Cannot be set in configuration.</value>
    [JsonIgnore]
    [IgnoreDataMember]
    public ICognitoSecretSource? PasswordSource { get; set; }

    /// <summary>Which token of the user is sent, on the route <see cref="CognitoTokenRoute.UserPassword"/>.</summary>
    /// <value><see cref="CognitoTokenKind.Access"/> by default.</value>
    public CognitoTokenKind TokenKind { get; set; }

    /// <summary>
    /// Whether the refresh token of the user is revoked when the client, the provider or its container is disposed, on the route
    /// <see cref="CognitoTokenRoute.UserPassword"/>. Cognito then also refuses the access tokens of this sign-in; an API that verifies them by
    /// itself accepts them until they expire. Disposal then takes up to 5 seconds. If Cognito cannot revoke the token, disposal does not fail.
    /// </summary>
    /// <value><see langword="false"/> by default.</value>
    public bool RevokeRefreshTokenOnDispose { get; set; }

    /// <summary>How the app client authenticates on the OAuth 2.0 route.</summary>
    /// <value><see cref="CognitoClientAuthentication.ClientSecretBasic"/> by default.</value>
    public CognitoClientAuthentication ClientAuthentication { get; set; }

    /// <summary>The scopes to request, each written <c>resource-server/scope</c>.</summary>
    /// <value>Empty by default: Cognito then grants every scope that the app client is allowed. At most 50, each of at most 256 characters. Not allowed with <see cref="CognitoTokenRoute.UserPassword"/>.</value>
    public IList<string> Scopes { get; set; } = [];

    /// <summary>Names and values that Cognito passes to the pre token generation trigger of the user pool (<c>aws_client_metadata</c>).</summary>
    /// <value>
    /// Empty by default. On the route <see cref="CognitoTokenRoute.UserPassword"/> Cognito passes them to other triggers at the sign-in, and to
    /// this one only when a refresh token is used.
    /// </value>
    public IDictionary<string, string> ClientMetadata { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The address of the API to call. The token is sent to the origin of this address and to <see cref="AllowedHosts"/> only.</summary>
    /// <value>Optional; becomes the <c>BaseAddress</c> of the HttpClient of the same name. https, or http to a loopback address or to one of <see cref="PlainHttpHosts"/>, or <c>https+http</c> for service discovery.</value>
    public Uri? BaseAddress { get; set; }

    /// <summary>Hosts that the token may be sent to, each <c>host</c> or <c>host:port</c>.</summary>
    /// <value>
    /// Empty by default. If this and <see cref="BaseAddress"/> are empty, the token is sent to any https address that is called. A warning then
    /// says so when the host starts, unless <see cref="AllowAnyHost"/> is true.
    /// </value>
    public IList<string> AllowedHosts { get; set; } = [];

    /// <summary>
    /// Whether the token may be sent to every https address that an HttpClient with this token calls. Write it down only if that is what you
    /// want: every receiver of the token can use it.
    /// </summary>
    /// <value>
    /// False by default. Cannot be combined with <see cref="BaseAddress"/> or <see cref="AllowedHosts"/>. If
    /// <c>ConfigureHttpClientDefaults</c> puts the token on all HttpClients, one of the three is required.
    /// </value>
    public bool AllowAnyHost { get; set; }

    /// <summary>
    /// Hosts that may be called with the token over plain http, each <c>host</c> or <c>host:port</c>. The token then travels unencrypted.
    /// Use this only if you trust the network on the whole way to the host, such as a service in the same compose file or a sidecar.
    /// </summary>
    /// <value>
    /// Empty by default. No wildcards. A warning is logged for each host. This setting lifts only the rule that https is required: if
    /// <see cref="BaseAddress"/> or <see cref="AllowedHosts"/> is set, the host must be among these, too.
    /// </value>
    public IList<string> PlainHttpHosts { get; set; } = [];

    /// <summary>
    /// Whether a call is sent once more with a new token after the API rejected the first one. The token is replaced in any case. Set this to
    /// <see langword="false"/> if the API may have carried out what it answers with 401, or if a retry handler sends the call again.
    /// </summary>
    /// <value><see langword="true"/> by default. Only calls whose body can be sent again are.</value>
    public bool ReplayAfterRejection { get; set; } = true;

    /// <summary>
    /// How long Cognito may take to respond to one token request. Then the request is cancelled. If its handler does not end within one more
    /// second, callers stop waiting for it. The source of a client secret has the same time limit.
    /// </summary>
    /// <value>10 seconds by default; from 100 milliseconds to 5 minutes.</value>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a token must still be valid when a call gets it. Some receivers refuse tokens with less than a minute left. A token with less
    /// left is renewed before the call goes on. While Cognito is down, the token is used all the same.
    /// </summary>
    /// <value>Zero by default; up to 12 hours. At most half of the lifetime of a token counts.</value>
    public TimeSpan MinimumRemainingLifetime { get; set; }

    /// <summary>
    /// How many requests the first fetch of a token makes, at most, before its callers see the failure. A request is repeated if no response
    /// came, or a response with status 429 or 5xx. Background renewals, and fetches after a failed one, make one request and then back off.
    /// </summary>
    /// <value>3 by default; from 1 to 5.</value>
    public int FirstFetchAttempts { get; set; } = 3;

    /// <summary>
    /// How many token requests this process sends to the host of this client in a second, on average. The requests of all clients to one host
    /// count together, and the smallest value of these clients counts. A fifth of the value may be sent at once. More requests wait for their
    /// turn, in order. A request that has waited for a minute fails with <see cref="CognitoTokenErrors.QueueTimeout"/>.
    /// </summary>
    /// <value>120 by default, because Cognito allows 150 for an AWS account; from 1 to 100,000.</value>
    public int MaxTokenRequestsPerSecond { get; set; } = 120;

    /// <summary>
    /// A store in which all processes of a fleet share their tokens, encrypted with a key that is derived from the client secret, or from the password of the user. With a
    /// dependency injection container, call <c>UseDistributedCache()</c> instead.
    /// </summary>
    /// <value>Null by default. Cannot be set in configuration.</value>
    [JsonIgnore]
    [IgnoreDataMember]
    public IDistributedCache? DistributedCache { get; set; }

    /// <summary>How long the operations of one fetch on <see cref="DistributedCache"/> may take together. Then the token is requested without the cache.</summary>
    /// <value>250 milliseconds by default; from 10 milliseconds to 10 seconds.</value>
    public TimeSpan DistributedCacheTimeout { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The price of one successful token request in US dollars. Used by the cost metrics only.</summary>
    /// <value>0.00225 by default, the price of the first tier. Zero or more. Not used on the route <see cref="CognitoTokenRoute.UserPassword"/>, whose requests have no price of their own.</value>
    public double UsdPerTokenRequest { get; set; } = 0.00225;

    /// <summary>Whether the token is fetched while the host starts.</summary>
    /// <value><see cref="CognitoWarmUp.None"/> by default.</value>
    public CognitoWarmUp WarmUp { get; set; }

    /// <summary>The path of the configuration section that the options were read from; null if they were not. Errors name it.</summary>
    internal string? ConfigurationPath { get; set; }

    /// <summary>The errors found while the section was read. The validator reports them with its own errors.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal List<string> ConfigurationErrors { get; } = [];
}
