namespace CognitoM2M.Cli.Doctor.Checks;

/// <summary>The library's token request is answered by Cognito: with a token, or with an error that names a setting.</summary>
internal sealed class TokenRequestCheck() : Check("token-request")
{
    public override bool IsOnTheWay => true;

    public override async Task<CheckResult> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        var answer = await examination.RequestTokenAsync(cancellationToken).ConfigureAwait(false);
        if (answer.Token is not null)
            return CheckResult.Passed("Cognito issued a token.");

        var failure = answer.Failure!;
        if (failure.Error == CognitoTokenErrors.SecretUnavailable)
            return CheckResult.Skipped("There is no secret to send.");
        if (answer.Suspects.Count > 0)
            return CheckResult.Passed($"Cognito answered with {failure.Error}. A later check says why.");

        var status = failure.TokenEndpointStatusCode is { } code ? $" (status {(int)code})" : "";
        return CheckResult.Failed(Failure.Create(failure).Code, $"The token request failed: {failure.Error}{status}.", failure.Hint);
    }
}
