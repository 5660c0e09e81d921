using CognitoM2M.Verification;

namespace CognitoM2M.Cli.Doctor.Checks;

/// <summary>The token comes from the right user pool, in a form that verifiers expect.</summary>
internal sealed class IssuerCheck() : Check("issuer")
{
    public override async Task<CheckResult> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        if (await examination.PrepareVerificationAsync(cancellationToken).ConfigureAwait(false) is not { } verification)
            return CheckResult.Skipped("There is no token to verify.");

        var verdict = await verification.VerifyAsync(cancellationToken).ConfigureAwait(false);
        if (verdict.Rejection is { Reason: TokenRejectionReason.IssuerNotTrusted } rejection)
        {
            return CheckResult.Failed(
                ExitCode.Failed,
                $"The token's issuer is wrong: expected {rejection.Expected}; found {rejection.Actual}.",
                "The app client belongs to another user pool than the one expected, or the user pool changed the form of its issuer. Correct the user pool id where tokens are verified.");
        }

        var form = new Uri(verification.Issuer).Host.StartsWith("issuer-", StringComparison.Ordinal)
            ? "in the updated form. Load balancers and the Cognito authorizers of API Gateway do not accept this form."
            : "in the original form.";
        var origin = verification.IsUserPoolFromToken ? " No setting names your user pool, so nothing was compared with the token. To compare it, add --user-pool-id ID." : "";
        return CheckResult.Passed($"The issuer names user pool {verification.UserPoolId} {form}{origin}");
    }
}
