using CognitoM2M.AspNetCore.Configuration;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Authentication;

namespace CognitoM2M.AspNetCore;

/// <summary>Settings of the authentication scheme: which tokens are accepted, and what the answer to a rejected token contains.</summary>
/// <remarks>
/// For one user pool, set <see cref="UserPoolId"/> and <see cref="ClientIds"/>. For several user pools, add each to <see cref="UserPools"/>. If
/// both are set, the user pool of <see cref="UserPoolId"/> is accepted in addition to the user pools of the list.
/// </remarks>
public sealed class CognitoM2MAuthenticationOptions : AuthenticationSchemeOptions
{
    private ResourceAddress? _resourceAddress;

    /// <summary>Creates settings without a user pool.</summary>
    public CognitoM2MAuthenticationOptions() => Events = new CognitoM2MAuthenticationEvents();

    /// <inheritdoc cref="TrustedUserPool.UserPoolId"/>
    public string? UserPoolId
    {
        get => OwnUserPool.UserPoolId;
        set => OwnUserPool.UserPoolId = value;
    }

    /// <summary>The ids of the app clients of <see cref="UserPoolId"/> whose tokens are accepted (<c>client_id</c> of access tokens, <c>aud</c> of ID tokens).</summary>
    /// <inheritdoc cref="TrustedUserPool.ClientIds"/>
    public IList<string> ClientIds
    {
        get => OwnUserPool.ClientIds;
        set => OwnUserPool.ClientIds = value;
    }

    /// <summary>Whether the tokens of every app client of <see cref="UserPoolId"/> are accepted.</summary>
    /// <inheritdoc cref="TrustedUserPool.AllowAnyClient"/>
    public bool AllowAnyClient
    {
        get => OwnUserPool.AllowAnyClient;
        set => OwnUserPool.AllowAnyClient = value;
    }

    /// <inheritdoc cref="TrustedUserPool.Issuer"/>
    public string? Issuer
    {
        get => OwnUserPool.Issuer;
        set => OwnUserPool.Issuer = value;
    }

    /// <summary>The address that the key set of <see cref="UserPoolId"/> is downloaded from.</summary>
    /// <inheritdoc cref="TrustedUserPool.JwksUri"/>
    public Uri? JwksUri
    {
        get => OwnUserPool.JwksUri;
        set => OwnUserPool.JwksUri = value;
    }

    /// <summary>A fixed key set of <see cref="UserPoolId"/>, for use without a network. If set, nothing is downloaded.</summary>
    /// <inheritdoc cref="TrustedUserPool.Jwks"/>
    public string? Jwks
    {
        get => OwnUserPool.Jwks;
        set => OwnUserPool.Jwks = value;
    }

    /// <summary>User pools whose tokens are accepted, each with its own app clients. For a single user pool, <see cref="UserPoolId"/> is shorter.</summary>
    /// <value>Empty by default. The same list as <c>Verification.UserPools</c>.</value>
    public IList<TrustedUserPool> UserPools
    {
        get => Verification.UserPools;
        set => Verification.UserPools = value;
    }

    /// <summary>Which kinds of tokens are accepted.</summary>
    /// <value>
    /// <see cref="AspNetCore.AcceptedTokens.Access"/> by default. An ID token says to an app client who signed in, and has no scopes; accept ID tokens only if
    /// callers cannot send access tokens. If ID tokens are accepted, the scheme cannot require scopes of every token.
    /// </value>
    public AcceptedTokens AcceptedTokens { get; set; }

    /// <summary>Checks of your own for ID tokens, as <c>Verification.Checks</c> are for access tokens. All other settings of <c>Verification</c> apply to both.</summary>
    /// <value>Empty by default. A check returns null to accept the token, or a text that says what is wrong.</value>
    public IList<Func<CognitoIdTokenClaims, string?>> IdTokenChecks { get; set; } = [];

    /// <summary>What else decides whether a token is accepted: required scopes and groups, tolerance, your own checks, limits. Applies to all user pools.</summary>
    public CognitoAccessTokenVerifierOptions Verification { get; internal set; } = new();

    /// <summary>Handlers that are called when a request arrives, when its token was verified or rejected, and before it is answered with an error.</summary>
    public new CognitoM2MAuthenticationEvents Events
    {
        get => (CognitoM2MAuthenticationEvents)base.Events!;
        set => base.Events = value;
    }

    /// <summary>The name of the protected space in challenges (<c>realm</c>, RFC 9110, section 11.5).</summary>
    /// <value>The name of the scheme by default. Visible ASCII characters and spaces.</value>
    public string? Realm { get; set; }

    /// <summary>Whether a challenge says in words why a token was rejected (<c>error_description</c>, RFC 6750, section 3).</summary>
    /// <value>True by default. The words name the rule that was broken, never what would have been accepted.</value>
    public bool IncludeErrorDescription { get; set; } = true;

    /// <summary>Whether the download of the key sets starts together with the host. The host does not wait for it, and starts even if it fails.</summary>
    /// <value>True by default. If false, the first token waits for the download.</value>
    public bool LoadKeysAtStart { get; set; } = true;

    /// <summary>
    /// Whether <c>HttpContext.GetTokenAsync("access_token")</c> returns the token of the request, so that the API can pass it on; <c>GetTokenAsync("id_token")</c>
    /// if the token is an ID token.
    /// </summary>
    /// <value>True by default, as with <c>AddJwtBearer</c>. The token is kept as long as the request lasts.</value>
    public bool SaveToken { get; set; } = true;

    /// <summary>The claim whose value is the name of the identity (<c>User.Identity.Name</c>).</summary>
    /// <value>
    /// <c>client_id</c> by default: the calling app client. The name of the identity of an ID token, which has no <c>client_id</c>, is then
    /// <c>cognito:username</c>.
    /// </value>
    public string NameClaimType { get; set; } = CognitoM2MAuthenticationDefaults.ClientIdClaimType;

    /// <summary>The claims whose values are the roles of the identity (<c>User.IsInRole</c>, <c>[Authorize(Roles = ...)]</c>).</summary>
    /// <value><c>cognito:groups</c> by default: the groups of a user.</value>
    public string RoleClaimType { get; set; } = CognitoM2MAuthenticationDefaults.GroupsClaimType;

    /// <summary>
    /// The address of the API as its callers write it. If set, the API publishes metadata about itself (RFC 9728) at
    /// <c>/.well-known/oauth-protected-resource</c>, and challenges name the address of the metadata (<c>resource_metadata</c>). Clients of the Model
    /// Context Protocol need it.
    /// </summary>
    /// <value>
    /// Null by default: no metadata. An address such as <c>https://api.example.com/mcp</c>, https or http to a loopback address or to one of
    /// <c>Verification.PlainHttpHosts</c>, without query; callers compare it character by character. Or a path such as <c>/mcp</c>, which is completed
    /// with the scheme and the host of each request: then restrict the hosts (<c>AllowedHosts</c>). Behind a proxy, set ForwardedHeadersOptions in the
    /// container (<c>services.Configure</c>), or write an address.
    /// </value>
    public string? Resource
    {
        get;
        set
        {
            field = value;
            _resourceAddress = null;
        }
    }

    /// <summary>The name of the API for people who read the metadata (<c>resource_name</c>).</summary>
    /// <value>Null by default: the metadata has no name.</value>
    public string? ResourceName { get; set; }

    /// <summary>The authorization servers that issue tokens for the API (<c>authorization_servers</c>), each as its issuer.</summary>
    /// <value>Empty by default: the issuers of the trusted user pools. Absolute addresses.</value>
    public IList<string> AuthorizationServers { get; set; } = [];

    /// <summary>The scopes that the metadata names (<c>scopes_supported</c>). The challenge of an endpoint names the scopes of that endpoint in any case.</summary>
    /// <value>Empty by default: the metadata names no scopes.</value>
    public IList<string> ScopesSupported { get; set; } = [];

    /// <summary>
    /// Returns the HttpClient for each download of a key set, for a proxy or a test. It should follow no redirects. It is not disposed, so return a
    /// shared one, or one of IHttpClientFactory.
    /// </summary>
    /// <value>Null by default: the scheme uses its own HttpClient.</value>
    public Func<HttpClient>? CreateKeySetHttpClient { get; set; }

    /// <summary>The user pool that stands directly in these options.</summary>
    internal TrustedUserPool OwnUserPool { get; set; } = new();

    /// <summary>The options of another package that these options were made from; null for the options of <c>AddCognitoM2M</c>.</summary>
    internal object? Origin { get; set; }

    /// <summary>The mistakes that were found in the configuration section.</summary>
    internal List<string> ConfigurationErrors { get; } = [];

    /// <summary>Creates the verifier when it is first used. After that, changes of the options have no effect.</summary>
    internal Lazy<SchemeVerifiers>? LazyVerifiers { get; set; }

    internal CognitoAccessTokenVerifier Verifier => LazyVerifiers!.Value.AccessTokens;

    /// <summary>Null if ID tokens are not accepted.</summary>
    internal CognitoIdTokenVerifier? IdTokenVerifier => LazyVerifiers!.Value.IdTokens;

    /// <summary>All user pools whose tokens are accepted.</summary>
    internal IEnumerable<TrustedUserPool> TrustedPools => VerifierSettings.Create(this).UserPools;

    /// <summary>The parsed <see cref="Resource"/>; null if no resource is set.</summary>
    internal ResourceAddress? ResourceAddress => Resource is { } resource ? _resourceAddress ??= new ResourceAddress(resource) : null;
}
