using CognitoM2M.Verification.Settings;

namespace CognitoM2M.Verification;

/// <summary>What <see cref="CognitoAccessTokenVerifier"/> accepts: a user pool, perhaps others beside it, and what holds for the tokens of all.</summary>
public sealed class CognitoAccessTokenVerifierOptions : TrustedUserPool
{
    /// <summary>Further user pools, each with app clients of its own.</summary>
    /// <value>Empty by default.</value>
    public IList<TrustedUserPool> OtherUserPools { get; set; } = [];

    /// <summary>Scopes that a token must have, all of them, each written <c>resource-server/scope</c>.</summary>
    /// <value>Empty by default. Case-sensitive (RFC 6749, section 3.3).</value>
    public IList<string> AllOfScopes { get; set; } = [];

    /// <summary>Scopes of which a token must have at least one, each written <c>resource-server/scope</c>.</summary>
    /// <value>Empty by default, in which case nothing is demanded. Case-sensitive.</value>
    public IList<string> AnyOfScopes { get; set; } = [];

    /// <summary>By how much the clocks of issuer and verifier may differ, at expiry and at the begin of validity.</summary>
    /// <value>Zero by default; up to 5 minutes.</value>
    public TimeSpan ClockTolerance { get; set; }

    /// <summary>Checks of your own, made each time a token that passed all others is presented.</summary>
    /// <value>Each returns null for a token it accepts, else what is wrong with it. What it throws goes to the caller, and nothing is accepted.</value>
    public IList<Func<CognitoAccessTokenClaims, string?>> Checks { get; set; } = [];

    /// <summary>The longest token looked at.</summary>
    /// <value>In characters; 16,384 by default, between 1,024 and 1,048,576.</value>
    public int MaxTokenLength { get; set; } = 16_384;

    /// <summary>How many tokens in use are remembered once they are verified, so that they need no second verification.</summary>
    /// <value>1,000 by default; up to 1,000,000. Zero turns it off. Up to twice as many are held; one of 1,000 characters takes about 6 KB.</value>
    public int RememberedTokens { get; set; } = 1_000;

    /// <summary>What is wrong with these settings.</summary>
    /// <returns>All mistakes, each a sentence that names the property; empty if there is none.</returns>
    public IReadOnlyList<string> Validate() => VerifierOptionsValidator.Validate(this);
}
