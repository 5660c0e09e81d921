using System.Diagnostics;
using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace CognitoM2M.UserSessions;

/// <summary>Settings of one app client that signs users in.</summary>
/// <remarks>Each property can be set in a configuration section under its own name, except where the property says otherwise. The settings are read once.</remarks>
[DebuggerDisplay("App client {ClientId}")]
public sealed class CognitoUserSessionsOptions
{
    /// <summary>The code of the user pool's region, such as <c>eu-west-1</c>.</summary>
    /// <value>Required, unless <see cref="ServiceUrl"/> is set. A prefix in <see cref="Domain"/> needs it, too.</value>
    public string? Region { get; set; }

    /// <summary>Whether Cognito's FIPS endpoints are used.</summary>
    /// <value><see langword="false"/> by default. GovCloud regions have FIPS endpoints only and always use them.</value>
    public bool UseFips { get; set; }

    /// <summary>The address of the user pools API, such as the address of an emulator.</summary>
    /// <value>Optional; replaces the address that follows from <see cref="Region"/>. https, or http to a loopback address or to one of <see cref="PlainHttpHosts"/>.</value>
    public Uri? ServiceUrl { get; set; }

    /// <summary>The user pool's domain: a prefix (<c>acme-users</c>), or a host name (<c>auth.example.com</c>).</summary>
    /// <value>No scheme and no path. This or <see cref="DomainUrl"/> is required with <see cref="CallbackUrls"/> or <see cref="LogoutUrls"/>.</value>
    public string? Domain { get; set; }

    /// <summary>The address of the user pool's domain, without a path, such as the address of an emulator.</summary>
    /// <value>Optional; replaces <see cref="Domain"/>. https, or http to a loopback address or to one of <see cref="PlainHttpHosts"/>.</value>
    public Uri? DomainUrl { get; set; }

    /// <summary>
    /// Hosts that <see cref="ServiceUrl"/>, <see cref="DomainUrl"/>, <see cref="CallbackUrls"/>, <see cref="LogoutUrls"/> and <see cref="ReturnOrigins"/> may
    /// name with plain http, each <c>host</c> or <c>host:port</c>. Passwords, codes and tokens then travel unencrypted. Use this only if you trust the network on the whole way to the host.
    /// </summary>
    /// <value>Empty by default. No wildcards.</value>
    public IList<string> PlainHttpHosts { get; set; } = [];

    /// <summary>The app client's id.</summary>
    /// <value>Required; 1 to 128 characters.</value>
    public string? ClientId { get; set; }

    /// <summary>The app client's secret.</summary>
    /// <value>
    /// Null for a public client. Otherwise 1 to 64 letters, digits, <c>_</c> and <c>+</c>, or with <see cref="ServiceUrl"/> 1 to 1,024 visible ASCII characters.
    /// Never written to a log or an exception.
    /// </value>
    [JsonIgnore]
    [IgnoreDataMember]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ClientSecret { get; set; }

    /// <summary>The addresses that Cognito may send browsers to with an authorization code. Each must be one of the app client's callback URLs, character by character.</summary>
    /// <value>Empty by default. An authorization request or a code exchange with any other address is refused before anything is sent.</value>
    public IList<string> CallbackUrls { get; set; } = [];

    /// <summary>The addresses that Cognito may send browsers to after <c>/logout</c>. Each must be one of the app client's sign-out URLs, character by character.</summary>
    /// <value>Empty by default.</value>
    public IList<string> LogoutUrls { get; set; } = [];

    /// <summary>The origins, besides the application itself, that a browser may be sent to after a sign-in, such as <c>https://shop.example.com</c>.</summary>
    /// <value>Empty by default: a return address is then a path of the application.</value>
    public IList<string> ReturnOrigins { get; set; } = [];

    /// <summary>
    /// The keys that encrypt and authenticate states and challenges, in base64; at least 32 random bytes each. The first key seals, all keys open. To replace a
    /// key, put the new one in front, and remove the old one when <see cref="StateLifetime"/> has passed. All processes of an application need the same keys.
    /// </summary>
    /// <value>Empty by default. These or <see cref="StateProtector"/> is required with <see cref="CallbackUrls"/>. Create a key with <c>openssl rand -base64 32</c>.</value>
    [JsonIgnore]
    [IgnoreDataMember]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IList<string> StateKeys { get; set; } = [];

    /// <summary>Encrypts and authenticates states and challenges in place of <see cref="StateKeys"/>, such as ASP.NET Core Data Protection.</summary>
    /// <value>Null by default. Cannot be set in configuration. <c>AddCognitoUserSessions</c> takes an <see cref="ICognitoStateProtector"/> of the container.</value>
    [JsonIgnore]
    [IgnoreDataMember]
    public ICognitoStateProtector? StateProtector { get; set; }

    /// <summary>How long a user may take between the authorization request and the callback, and for the answer to a challenge.</summary>
    /// <value>15 minutes by default; from 1 minute to 1 hour. Cognito itself waits for the answer to a challenge from 3 to 15 minutes.</value>
    public TimeSpan StateLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a request may wait for its turn, and then how long Cognito may take to respond.</summary>
    /// <value>10 seconds by default; from 100 milliseconds to 1 minute.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How many requests of the quota category UserAuthentication this object sends in a second, on average: sign-ins, answers to challenges, refreshes and code
    /// exchanges. A fifth of the value may be sent at once. More requests wait for their turn. Other requests are held to four fifths of Cognito's
    /// default quotas.
    /// </summary>
    /// <value>96 by default, because Cognito allows 120 for an AWS account unless the quota was raised; from 1 to 100,000.</value>
    public int MaxSignInRequestsPerSecond { get; set; } = 96;

    /// <summary>The handler that sends the requests, for a proxy or a test.</summary>
    /// <value>
    /// Null by default: a handler that follows no redirects, keeps no cookies and writes no log. Cannot be set in configuration. Not disposed. A handler that
    /// repeats requests would repeat passwords, and use up the attempts that Cognito allows a user.
    /// </value>
    [JsonIgnore]
    [IgnoreDataMember]
    public HttpMessageHandler? HttpMessageHandler { get; set; }

    /// <summary>The path of the configuration section that the options were read from; null if they were not. Errors name it.</summary>
    internal string? ConfigurationPath { get; set; }

    /// <summary>The errors found while the section was read. The validator reports them with its own errors.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal List<string> ConfigurationErrors { get; } = [];
}
