using System.Net;

namespace CognitoM2M.Cli.Doctor;

/// <summary>How a server answered a request that holds no secret.</summary>
internal sealed record ProbeResult
{
    /// <summary>Why no answer came; null if one came.</summary>
    public Exception? Failure { get; init; }

    /// <summary>The certificate of the server; null without TLS, and if the connection ended before the certificate came.</summary>
    public CertificateFinding? Certificate { get; init; }

    /// <summary>The status of the answer; null if none came.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>Where a redirect leads to; null if the answer is none.</summary>
    public Uri? RedirectTarget { get; init; }

    /// <summary>Whether the answer is an HTML page.</summary>
    public bool IsHtml { get; init; }

    /// <summary>How far the clock of this machine is ahead of the server's; null if the answer has no <c>Date</c> header.</summary>
    public TimeSpan? ClockLead { get; init; }
}
