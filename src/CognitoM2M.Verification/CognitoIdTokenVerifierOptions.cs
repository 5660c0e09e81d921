using CognitoM2M.Verification.Settings;

namespace CognitoM2M.Verification;

/// <summary>Which ID tokens a <see cref="CognitoIdTokenVerifier"/> accepts.</summary>
public sealed class CognitoIdTokenVerifierOptions : CognitoTokenVerifierOptions
{
    /// <summary>Checks of your own. They run at every use of a token that passed all other checks.</summary>
    /// <inheritdoc cref="CognitoAccessTokenVerifierOptions.Checks" path="/value"/>
    public IList<Func<CognitoIdTokenClaims, string?>> Checks { get; set; } = [];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate() => VerifierOptionsValidator.Validate(this);

    /// <summary>A copy that later changes of this object do not change.</summary>
    internal CognitoIdTokenVerifierOptions Copy() => CopyTo(new CognitoIdTokenVerifierOptions { Checks = [.. Checks] });
}
