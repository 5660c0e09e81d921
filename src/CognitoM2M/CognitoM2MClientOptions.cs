using System.Diagnostics;
using System.Runtime.Serialization;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Caching.Distributed;

namespace CognitoM2M;

/// <summary>Settings of one app client: where its tokens come from, what is asked for, and where they may go.</summary>
/// <remarks>
/// Every property can stand in a configuration section under its own name. Three ways to say where tokens come from:
/// <see cref="Domain"/> (with <see cref="Region"/> for a prefix domain), <see cref="TokenEndpoint"/>, or
/// <see cref="Route"/> = <see cref="CognitoTokenRoute.GetClientToken"/> with <see cref="Region"/>.
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
    /// <value>Required with a prefix domain, and with <see cref="CognitoTokenRoute.GetClientToken"/>.</value>
    public string? Region { get; set; }

    /// <summary>Whether Cognito's FIPS endpoints are used.</summary>
    /// <value><see langword="false"/> by default; GovCloud regions, which have no others, use them always.</value>
    public bool UseFips { get; set; }

    /// <summary>
    /// The whole address that token requests are posted to: for the OAuth 2.0 route with its path
    /// (<c>https://auth.example.com/oauth2/token</c>), for <see cref="CognitoTokenRoute.GetClientToken"/> the address of the service.
    /// </summary>
    /// <value>Optional; takes the place of <see cref="Domain"/> and <see cref="Region"/>. https, or http to loopback.</value>
    public Uri? TokenEndpoint { get; set; }

    /// <summary>The app client's id.</summary>
    /// <value>Required; 1 to 128 characters.</value>
    public string? ClientId { get; set; }

    /// <summary>The app client's secret.</summary>
    /// <value>Required, or one of the two ways below; visible ASCII. Never written to a log, an exception or a metric.</value>
    [JsonIgnore]
    [IgnoreDataMember]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ClientSecret { get; set; }

    /// <summary>A file that holds nothing but the secret, as Kubernetes and ECS mount secrets. Read again when it may have been replaced.</summary>
    /// <value>Optional; takes the place of <see cref="ClientSecret"/>.</value>
    public string? ClientSecretFile { get; set; }

    /// <summary>Gives the secret, and the next one after a rotation.</summary>
    /// <value>Optional; takes the place of <see cref="ClientSecret"/>. Not a setting of configuration.</value>
    [JsonIgnore]
    [IgnoreDataMember]
    public ICognitoClientSecretSource? ClientSecretSource { get; set; }

    /// <summary>How the app client proves itself on the OAuth 2.0 route.</summary>
    /// <value><see cref="CognitoClientAuthentication.ClientSecretBasic"/> by default.</value>
    public CognitoClientAuthentication ClientAuthentication { get; set; }

    /// <summary>The scopes to ask for, each written <c>resource-server/scope</c>.</summary>
    /// <value>Empty by default: Cognito then grants every scope the app client is allowed. At most 50.</value>
    public IList<string> Scopes { get; set; } = [];

    /// <summary>Passed to the user pool's pre token generation trigger (<c>aws_client_metadata</c>).</summary>
    /// <value>Empty by default.</value>
    public IDictionary<string, string> ClientMetadata { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The address of the API to call. The token goes to this origin and to <see cref="AllowedHosts"/>, nowhere else.</summary>
    /// <value>Optional; becomes the <c>BaseAddress</c> of the HttpClient of the same name. https, or http to loopback.</value>
    public Uri? BaseAddress { get; set; }

    /// <summary>Hosts the token may go to, each <c>host</c> or <c>host:port</c>.</summary>
    /// <value>Empty by default. When this and <see cref="BaseAddress"/> are empty, the token goes to any https address called.</value>
    public IList<string> AllowedHosts { get; set; } = [];

    /// <summary>
    /// How long Cognito may take to answer one token request. Then the request is cancelled; an asynchronous handler that does not listen
    /// to that is left behind a second later.
    /// </summary>
    /// <value>10 seconds by default; from 100 milliseconds to 5 minutes.</value>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How many requests the first fetch of a token may make when answers are lost, 429 or 5xx, before its callers see the failure.
    /// Background renewals, and everything after a failure, make one request at a time and then back off.
    /// </summary>
    /// <value>3 by default; from 1 to 5.</value>
    public int MaxAttempts { get; set; } = 3;

    /// <summary>
    /// A store in which all processes of a fleet share their tokens, sealed with the client secret. Set by <c>UseDistributedCache()</c>
    /// where there is a container.
    /// </summary>
    /// <value>None by default. Not a setting of configuration.</value>
    [JsonIgnore]
    [IgnoreDataMember]
    public IDistributedCache? DistributedCache { get; set; }

    /// <summary>How long <see cref="DistributedCache"/> may take in all before a token is asked for without it.</summary>
    /// <value>250 milliseconds by default; from 10 milliseconds to 10 seconds.</value>
    public TimeSpan DistributedCacheTimeout { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>What Cognito takes for one successful token request, in US dollars; for the metrics of cost alone.</summary>
    /// <value>0.00225 by default, the price of the first tier.</value>
    public double PricePerTokenRequest { get; set; } = 0.00225;

    /// <summary>Whether the token is fetched while the host starts.</summary>
    /// <value><see cref="CognitoWarmUp.None"/> by default.</value>
    public CognitoWarmUp WarmUp { get; set; }

    /// <summary>The configuration section that these come from, if they do; named where something is wrong with them.</summary>
    internal string? ConfigurationPath { get; set; }

    /// <summary>What could not be read from configuration; the validator reports it with everything else.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal List<string> ConfigurationErrors { get; } = [];
}
