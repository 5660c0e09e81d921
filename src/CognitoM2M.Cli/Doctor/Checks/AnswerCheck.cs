using System.Net;

namespace CognitoM2M.Cli.Doctor.Checks;

/// <summary>A request without a secret is answered, and by nothing that is clearly not Cognito. So the secret may be sent.</summary>
internal sealed class AnswerCheck() : Check("answer")
{
    private static readonly string[] _amazonDomains = ["amazon.com", "amazonaws.com", "amazoncognito.com"];

    public override bool IsOnTheWay => true;

    public override async Task<CheckResult> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        var endpoint = examination.Subject.Endpoint;
        var probe = await examination.ProbeAsync(cancellationToken).ConfigureAwait(false);
        return probe switch
        {
            { Failure: TimeoutException } => CheckResult.Failed(
                ExitCode.TimedOut,
                $"{endpoint.Authority} accepted the connection, but did not answer within {TimeLimit.Text}.",
                "Check which server listens there, and which proxy or load balancer is in front of it."),
            { Failure: HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } } => CheckResult.Failed(
                ExitCode.Unreachable, $"The answer of {endpoint.Authority} is not HTTP.", "Check which server listens at this address."),
            { Failure: not null } => CheckResult.Failed(
                ExitCode.Unreachable,
                $"{endpoint.Authority} closed the connection without an answer.",
                "Check that the address is right, and whether a firewall or a proxy cuts the connection."),
            { Status: HttpStatusCode.ProxyAuthenticationRequired } => CheckResult.Failed(
                ExitCode.Unreachable, "A proxy answered with status 407: it wants a user name and a password.", "Put them into http_proxy, or exclude the host with no_proxy."),
            { Status: HttpStatusCode.NetworkAuthenticationRequired } => CheckResult.Failed(
                ExitCode.Unreachable, "The network answered with status 511: it wants a sign-in.", "Open a web page in a browser on this network, and sign in."),
            { RedirectTarget: { } target } when !MayBelongToCognito(target, endpoint) => CheckResult.Failed(
                ExitCode.Unreachable,
                $"{endpoint.Authority} redirects to {target.Scheme}://{target.Authority}. Cognito does not redirect to this host.",
                "Something answers in place of Cognito, such as the sign-in page of a network (captive portal) or a proxy. Get past it, or correct the address."),
            { IsHtml: true, Status: { } status } when (int)status < 300 => CheckResult.Failed(
                ExitCode.Unreachable,
                $"{endpoint.Authority} answers with an HTML page. Cognito does not answer with HTML.",
                "Something answers in place of Cognito, such as a proxy, a load balancer or the sign-in page of a network. Check the address, and what is in front of it."),
            _ => CheckResult.Passed($"{endpoint.Authority} answers (status {(int)probe.Status!} to a request without a secret)."),
        };
    }

    // How Cognito answers a GET is not documented. A redirect within the host, or to a page of Amazon, proves nothing.
    private static bool MayBelongToCognito(Uri target, Uri endpoint) =>
        string.Equals(target.Host, endpoint.Host, StringComparison.OrdinalIgnoreCase)
        || _amazonDomains.Any(domain => target.Host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase));
}
