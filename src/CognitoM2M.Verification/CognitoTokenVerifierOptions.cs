using CognitoM2M.Shared;

namespace CognitoM2M.Verification;

/// <summary>The settings that the verifiers of access tokens and of ID tokens have in common.</summary>
public abstract class CognitoTokenVerifierOptions
{
    private protected CognitoTokenVerifierOptions()
    {
    }

    /// <summary>The user pools whose tokens are accepted, each with its own app clients.</summary>
    /// <value>Empty by default. At least one is required. The other settings apply to the tokens of all user pools.</value>
    public IList<TrustedUserPool> UserPools { get; set; } = [];

    /// <summary>Groups that the user must be in, all of them (<c>cognito:groups</c>).</summary>
    /// <value>Empty by default. Case-sensitive. Machines are in no group.</value>
    public IList<string> AllOfGroups { get; set; } = [];

    /// <summary>Groups of which the user must be in at least one (<c>cognito:groups</c>).</summary>
    /// <value>Empty by default: no group is required. Case-sensitive. Machines are in no group.</value>
    public IList<string> AnyOfGroups { get; set; } = [];

    /// <summary>
    /// Hosts that <see cref="TrustedUserPool.Issuer"/> and <see cref="TrustedUserPool.JwksUri"/> may name with plain http, each <c>host</c> or
    /// <c>host:port</c>. Keys then travel unprotected: a machine on the way can put its own keys in their place, and then make tokens that
    /// are accepted. Use this only if you trust the network on the whole way to the host, such as an emulator in the same compose file.
    /// </summary>
    /// <value>Empty by default. No wildcards. A warning is logged for each host that keys are downloaded from.</value>
    public IList<string> PlainHttpHosts { get; set; } = [];

    /// <summary>How far the clocks of Cognito and of this machine may differ when <c>exp</c> and <c>nbf</c> are checked.</summary>
    /// <value>Zero by default; at most 5 minutes.</value>
    public TimeSpan ClockTolerance { get; set; }

    /// <summary>The longest token that is read. Longer tokens are rejected unread.</summary>
    /// <value>In characters; 16,384 by default, between 1,024 and 1,048,576.</value>
    public int MaxTokenLength { get; set; } = VerificationLimits.DefaultTokenLength;

    /// <summary>How many verified tokens are kept, so that a token that is sent again needs no second signature check.</summary>
    /// <value>
    /// 1,000 by default; at most 1,000,000. Zero turns the cache off. That many tokens in use are never dropped; up to twice as many are held.
    /// A token of 1,000 characters takes about 6 KB. Each tenant of <see cref="FindTenant"/> has at most 10 places of its own.
    /// </value>
    public int VerifiedTokenCacheSize { get; set; } = 1_000;

    /// <summary>
    /// Finds tenants that are not in <see cref="UserPools"/>: user pools and app clients that appear while the program runs. Called with the issuer and
    /// the app client of a token, and returns the user pool if the app client may call, else null. The answer must have that issuer and accept
    /// that app client.
    /// </summary>
    /// <value>
    /// Null by default. If the issuer is unknown, the token is not verified yet when the function is called, so anybody can choose both texts:
    /// look them up, and trust nothing because of them. If <see cref="UserPools"/> names the issuer, the signature was verified. Answers are kept. At most 32
    /// calls are in flight, and 32 more for tenants that had a valid token. A call may take 5 seconds; if it fails, the token is rejected as
    /// <see cref="TokenRejectionReason.KeysNotAvailable"/>, unless the tenant is trusted. Callers share calls, so a call runs in no request: there is no
    /// ambient context (AsyncLocal, <c>IHttpContextAccessor</c>).
    /// </value>
    public Func<string, string, CancellationToken, Task<TrustedUserPool?>>? FindTenant { get; set; }

    /// <summary>How long a tenant that <see cref="FindTenant"/> returned is trusted before it is asked again.</summary>
    /// <value>
    /// 5 minutes by default; between 1 second and 1 day. A tenant that is removed can call until then. A tenant in use is asked for again in the background, in
    /// the last fifth of the time. If calls of <see cref="FindTenant"/> fail, a tenant that had a valid token stays trusted eleven times longer, but at most
    /// an hour longer.
    /// </value>
    public TimeSpan TenantLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an answer of <see cref="FindTenant"/> that there is no such tenant is kept.</summary>
    /// <value>30 seconds by default; between 1 second and 1 hour. A tenant that is added may have to wait until then. At most 10,000 such answers are kept.</value>
    public TimeSpan UnknownTenantLifetime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many tenants are kept, each with its app client.</summary>
    /// <value>1,000 by default; between 1 and 100,000. The tenant that was asked for longest ago is dropped first. A tenant counts once a token of it
    /// was valid; before that, it is one of at most 1,000 others.</value>
    public int MaxTenants { get; set; } = 1_000;

    /// <summary>Finds the mistakes in these settings.</summary>
    /// <returns>One sentence for each mistake, which begins with the name of the property; empty if there is none.</returns>
    public abstract IReadOnlyList<string> Validate();

    /// <summary>Puts these settings into a copy. Later changes of this object do not change the copy.</summary>
    private protected TOptions CopyTo<TOptions>(TOptions copy)
        where TOptions : CognitoTokenVerifierOptions
    {
        copy.UserPools = [.. UserPools];
        copy.AllOfGroups = [.. AllOfGroups];
        copy.AnyOfGroups = [.. AnyOfGroups];
        copy.PlainHttpHosts = [.. PlainHttpHosts];
        copy.ClockTolerance = ClockTolerance;
        copy.MaxTokenLength = MaxTokenLength;
        copy.VerifiedTokenCacheSize = VerifiedTokenCacheSize;
        copy.FindTenant = FindTenant;
        copy.TenantLifetime = TenantLifetime;
        copy.UnknownTenantLifetime = UnknownTenantLifetime;
        copy.MaxTenants = MaxTenants;
        return copy;
    }
}
