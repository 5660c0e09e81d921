using CognitoM2M.Verification;

namespace CognitoM2M.AspNetCore.JwtBearer;

/// <summary>Settings of <c>UseCognitoM2M</c>: which tokens a scheme of <c>AddJwtBearer</c> accepts.</summary>
/// <remarks>
/// For one user pool, set <see cref="UserPoolId"/> and <see cref="ClientIds"/>. For several user pools, add each to <see cref="UserPools"/>. If
/// both are set, the user pool of <see cref="UserPoolId"/> is accepted in addition to the user pools of the list. Events, the challenge and the
/// types of claims stay in <c>JwtBearerOptions</c>.
/// </remarks>
public sealed class CognitoM2MJwtBearerOptions
{
    /// <inheritdoc cref="TrustedUserPool.UserPoolId"/>
    public string? UserPoolId
    {
        get => OwnUserPool.UserPoolId;
        set => OwnUserPool.UserPoolId = value;
    }

    /// <summary>The ids of the app clients of <see cref="UserPoolId"/> whose tokens are accepted (claim <c>client_id</c>).</summary>
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

    /// <summary>What else decides whether a token is accepted: required scopes, tolerance, your own checks, limits. Applies to all user pools.</summary>
    public CognitoAccessTokenVerifierOptions Verification { get; } = new();

    /// <summary>
    /// Whether a token that was not accepted before must also be accepted by JsonWebTokenHandler of Microsoft.IdentityModel, with the keys of the
    /// user pool. JsonWebTokenHandler also applies the checks that <c>JwtBearerOptions.TokenValidationParameters</c> adds: valid audiences, valid
    /// types, and the delegates that validate.
    /// </summary>
    /// <value>
    /// True by default. If false, <c>TokenValidationParameters</c> only names the types of claims, and the first use of a token takes about half the
    /// time.
    /// </value>
    public bool VerifyWithJsonWebTokenHandler { get; set; } = true;

    /// <summary>Whether the download of the key sets starts together with the host. The host does not wait for it, and starts even if it fails.</summary>
    /// <value>True by default. If false, the first token waits for the download.</value>
    public bool LoadKeysAtStart { get; set; } = true;

    /// <summary>
    /// Returns the HttpClient for each download of a key set, for a proxy or a test. It should follow no redirects. It is not disposed, so return a
    /// shared one, or one of IHttpClientFactory.
    /// </summary>
    /// <value>Null by default: the scheme uses its own HttpClient. The <c>Backchannel</c> of <c>JwtBearerOptions</c> is not used.</value>
    public Func<HttpClient>? CreateKeySetHttpClient { get; set; }

    /// <summary>The user pool that stands directly in these options.</summary>
    internal TrustedUserPool OwnUserPool { get; } = new();

    /// <summary>The mistakes that were found in the configuration section.</summary>
    internal List<string> ConfigurationErrors { get; } = [];
}
