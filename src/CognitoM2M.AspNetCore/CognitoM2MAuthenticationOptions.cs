using CognitoM2M.Verification;
using Microsoft.AspNetCore.Authentication;

namespace CognitoM2M.AspNetCore;

/// <summary>Settings of the authentication scheme: whose tokens are accepted, and how callers are told if theirs are not.</summary>
public sealed class CognitoM2MAuthenticationOptions : AuthenticationSchemeOptions
{
    /// <summary>Settings that name no user pool yet, and so are not complete.</summary>
    public CognitoM2MAuthenticationOptions() => Events = new CognitoM2MAuthenticationEvents();

    /// <inheritdoc cref="TrustedUserPool.UserPoolId"/>
    public string? UserPoolId
    {
        get => Verification.UserPoolId;
        set => Verification.UserPoolId = value;
    }

    /// <inheritdoc cref="TrustedUserPool.ClientIds"/>
    public IList<string> ClientIds
    {
        get => Verification.ClientIds;
        set => Verification.ClientIds = value;
    }

    /// <summary>All that decides whether a token is accepted, <see cref="UserPoolId"/> and <see cref="ClientIds"/> among it.</summary>
    public CognitoAccessTokenVerifierOptions Verification { get; } = new();

    /// <summary>What is called when a token was verified or rejected.</summary>
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

    /// <summary>Whether the key sets are read when the host starts. The start does not wait for them, nor does it fail with them.</summary>
    /// <value>True by default. If false, the first token waits for them.</value>
    public bool LoadKeysAtStart { get; set; } = true;

    /// <summary>Gives the HttpClient for each reading of a key set, for a proxy or a test; it should follow no redirects. Not disposed: give a shared one, or IHttpClientFactory's.</summary>
    /// <value>Null by default: the scheme uses one of its own.</value>
    public Func<HttpClient>? CreateKeySetHttpClient { get; set; }

    /// <inheritdoc cref="TrustedUserPool.AnyClient"/>
    public void AnyClient() => Verification.AnyClient();

    /// <summary>What the configuration section said that cannot be understood.</summary>
    internal List<string> ConfigurationErrors { get; } = [];

    /// <summary>Made of these options when it is first wanted, when nothing changes them any more.</summary>
    internal Lazy<CognitoAccessTokenVerifier>? LazyVerifier { get; set; }

    internal CognitoAccessTokenVerifier Verifier => LazyVerifier!.Value;
}
