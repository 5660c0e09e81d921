using System.Net;
using System.Net.Sockets;

namespace CognitoM2M.Cli.Doctor.Checks;

/// <summary>The host name of the token endpoint, or of the proxy in front of it, resolves.</summary>
internal sealed class NameResolutionCheck() : Check("name-resolution")
{
    public override bool IsOnTheWay => true;

    public override async Task<CheckResult> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        var host = examination.NextHop.DnsSafeHost;
        if (IPAddress.TryParse(host, out var address))
        {
            examination.Addresses = [address];
            return CheckResult.Skipped($"{host} is an IP address.");
        }

        try
        {
            examination.Addresses = await TimeLimit.RunAsync(
                limited => examination.Host.ResolveHostAsync(host, limited), examination.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return CheckResult.Failed(
                ExitCode.TimedOut, $"The DNS server of this machine did not answer within {TimeLimit.Text}.", "Check the DNS settings of this machine, and that it may reach its DNS server.");
        }
        catch (SocketException error)
        {
            return CheckResult.Failed(ExitCode.Unreachable, $"The host name {host} does not resolve ({error.SocketErrorCode}).", DescribeRemedy(examination));
        }

        return examination.Addresses.Count == 0
            ? CheckResult.Failed(ExitCode.Unreachable, $"The host name {host} has no address.", DescribeRemedy(examination))
            : CheckResult.Passed($"{host} has {examination.Addresses.Count} address(es).");
    }

    private static string DescribeRemedy(Examination examination) =>
        examination.ProxyAddress is not null
            ? "This is the proxy of the environment (https_proxy). Correct its name, or exclude the token endpoint with no_proxy."
        : examination.Subject is { UsesTokenEndpoint: true, Domain: { } domain }
            ? $"Check the domain '{domain}' and the region. A prefix domain has a name about a minute after it was created, and a machine that asked too early may remember for 15 minutes that there was none. A custom domain needs a DNS record of yours."
            : "Check the host name and the region.";
}
