using CognitoM2M.Shared;
using CognitoM2M.Verification;

namespace CognitoM2M.Cli.Doctor.Checks;

/// <summary>The library's verifier accepts the token.</summary>
internal sealed class VerificationCheck() : Check("verification")
{
    public override async Task<CheckResult> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        if (await examination.PrepareVerificationAsync(cancellationToken).ConfigureAwait(false) is not { } verification)
            return CheckResult.Skipped("There is no token to verify.");

        var verdict = await verification.VerifyAsync(cancellationToken).ConfigureAwait(false);
        return verdict.Rejection switch
        {
            null => CheckResult.Passed($"The token is valid until {verdict.Claims!.ExpiresAt:u}, {Describe(verdict.Claims)}."),
            { Reason: TokenRejectionReason.KeysNotAvailable or TokenRejectionReason.IssuerNotTrusted } => CheckResult.Skipped("An earlier check says why the token cannot be verified."),
            var rejection => CheckResult.Failed(
                ExitCode.Failed, $"The token is rejected ({rejection.Reason}): expected {rejection.Expected}; found {rejection.Actual}.", FindRemedy(rejection.Reason)),
        };
    }

    private static string Describe(CognitoTokenClaims claims)
    {
        var scopes = claims is CognitoAccessTokenClaims access ? $"with {string.Join(", ", access.Scopes)}" : "and is an ID token";
        return claims.Username is { } username ? $"{scopes}, for user '{OneLine.Show(username)}' in {DescribeGroups(claims.Groups)}" : scopes;
    }

    private static string DescribeGroups(IReadOnlyList<string> groups) =>
        groups.Count == 0 ? "no group" : $"the groups {string.Join(", ", groups.Select(OneLine.Show))}";

    private static string FindRemedy(TokenRejectionReason reason) => reason switch
    {
        TokenRejectionReason.Expired or TokenRejectionReason.NotYetValid => "A token that has just been issued is valid. Set the clock of this machine.",
        TokenRejectionReason.KeyNotFound or TokenRejectionReason.KeyNotUsable or TokenRejectionReason.SignatureNotValid =>
            "The key set is not the one that signed the token. Check --jwks, and check that no proxy or cache serves an old key set.",
        TokenRejectionReason.ClientNotAllowed or TokenRejectionReason.ScopeMissing or TokenRejectionReason.NotAnAccessToken or TokenRejectionReason.NotAnIdToken =>
            "Check whether a pre token generation trigger of the user pool changes the token.",
        _ => "Check that the address of the token endpoint is Cognito's.",
    };
}
