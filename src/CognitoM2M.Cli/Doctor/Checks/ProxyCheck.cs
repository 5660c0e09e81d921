namespace CognitoM2M.Cli.Doctor.Checks;

/// <summary>The proxy of the environment, if there is one, lets the connection through.</summary>
internal sealed class ProxyCheck() : Check("proxy")
{
    public override bool IsOnTheWay => true;

    public override async Task<CheckResult> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        if (examination.ProxyAddress is not { } proxy)
            return CheckResult.Skipped("No proxy is used for this address.");

        var probe = await examination.ProbeAsync(cancellationToken).ConfigureAwait(false);
        if (probe is { Failure: HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } refusal })
        {
            var status = refusal.StatusCode is { } code ? $" with status {(int)code}" : "";
            return CheckResult.Failed(
                ExitCode.Unreachable,
                $"The proxy {proxy.Authority} refuses the connection to {examination.Subject.Endpoint.Authority}{status}.",
                status.EndsWith("407", StringComparison.Ordinal)
                    ? "The proxy wants a user name and a password. Put them into https_proxy, or exclude the host with no_proxy."
                    : "Have the proxy allow this host, or exclude the host with no_proxy.");
        }

        return probe.Failure is TimeoutException
            ? CheckResult.Failed(
                ExitCode.TimedOut,
                $"The proxy {proxy.Authority} opened no connection to {examination.Subject.Endpoint.Authority} within {TimeLimit.Text}.",
                "Check the proxy, or exclude the host with no_proxy.")
            : CheckResult.Passed($"The proxy {proxy.Authority} is used, and lets the connection through.");
    }
}
