namespace CognitoM2M.Cli.Doctor.Checks;

/// <summary>The server proves with a certificate that it is the one that the address names.</summary>
internal sealed class TlsCheck() : Check("tls")
{
    public override bool IsOnTheWay => true;

    public override async Task<CheckResult> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        var endpoint = examination.Subject.Endpoint;
        if (endpoint.Scheme != Uri.UriSchemeHttps)
            return CheckResult.Skipped("The address uses http.");

        var probe = await examination.ProbeAsync(cancellationToken).ConfigureAwait(false);
        if (probe.Certificate is { Problem: { } problem, Remedy: { } remedy })
            return CheckResult.Failed(ExitCode.Unreachable, problem, remedy);
        if (probe.Certificate is not null)
            return CheckResult.Passed($"The certificate of {endpoint.Host} is trusted.");

        return probe.Failure is TimeoutException
            ? CheckResult.Failed(
                ExitCode.TimedOut, $"{endpoint.Authority} accepted the connection, but did not answer within {TimeLimit.Text}.", "Check which server listens there, and which proxy or load balancer is in front of it.")
            : CheckResult.Failed(
                ExitCode.Unreachable,
                $"{endpoint.Authority} did not complete the TLS handshake.",
                "Check that the server speaks TLS at this port. A firewall that inspects TLS may cut the connection, too.");
    }
}
