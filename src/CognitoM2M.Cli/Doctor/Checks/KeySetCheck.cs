namespace CognitoM2M.Cli.Doctor.Checks;

/// <summary>The key set of the user pool can be read, and holds keys that can verify tokens.</summary>
internal sealed class KeySetCheck() : Check("key-set")
{
    public override async Task<CheckResult> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        if (examination.Answer?.Token is null)
            return CheckResult.Skipped("There is no token to verify.");
        if (await examination.PrepareVerificationAsync(cancellationToken).ConfigureAwait(false) is not { } verification)
        {
            return CheckResult.Failed(
                ExitCode.Unreachable,
                "The token is no JSON Web Token of a user pool, so nothing says where its keys are.",
                "Check that the address of the token endpoint is Cognito's, and that nothing on the way (a proxy, a gateway) replaces the token.");
        }

        var isLoaded = await verification.Verifier.LoadKeysAsync(cancellationToken).ConfigureAwait(false);
        var keySets = verification.Verifier.KeySets;
        if (isLoaded)
            return CheckResult.Passed($"The key set of user pool {verification.UserPoolId} has {keySets.Max(keys => keys.UsableKeys)} usable key(s).");

        var first = keySets[0];
        return CheckResult.Failed(
            ExitCode.Unreachable,
            $"The key set {first.JwksUri} could not be read: {first.Problem}.",
            "An API that verifies tokens on this machine needs this address. Allow outgoing https to it, and check the user pool id and the region.");
    }
}
