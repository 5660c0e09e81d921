using CognitoM2M.Verification.Settings;

namespace CognitoM2M.Verification;

/// <summary>Which access tokens a <see cref="CognitoAccessTokenVerifier"/> accepts.</summary>
public sealed class CognitoAccessTokenVerifierOptions : CognitoTokenVerifierOptions
{
    /// <summary>Whose tokens are accepted: of machines, of users, or of both.</summary>
    /// <value><see cref="AcceptedCallers.MachinesAndUsers"/> by default.</value>
    public AcceptedCallers AcceptedCallers { get; set; }

    /// <summary>Scopes that a token must have, all of them, each written <c>resource-server/scope</c>.</summary>
    /// <value>Empty by default. Case-sensitive (RFC 6749, section 3.3).</value>
    public IList<string> AllOfScopes { get; set; } = [];

    /// <summary>Scopes of which a token must have at least one, each written <c>resource-server/scope</c>.</summary>
    /// <value>Empty by default: no scope is required. Case-sensitive.</value>
    public IList<string> AnyOfScopes { get; set; } = [];

    /// <summary>Checks of your own. They run at every use of a token that passed all other checks.</summary>
    /// <value>
    /// Empty by default. A check returns null to accept the token, or a text that says what is wrong. If a check throws, the exception reaches
    /// the caller and the token is not accepted.
    /// </value>
    public IList<Func<CognitoAccessTokenClaims, string?>> Checks { get; set; } = [];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate() => VerifierOptionsValidator.Validate(this);

    /// <summary>A copy that later changes of this object do not change.</summary>
    internal CognitoAccessTokenVerifierOptions Copy() => CopyTo(new CognitoAccessTokenVerifierOptions
    {
        AcceptedCallers = AcceptedCallers,
        AllOfScopes = [.. AllOfScopes],
        AnyOfScopes = [.. AnyOfScopes],
        Checks = [.. Checks],
    });
}
