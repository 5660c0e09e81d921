using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace CognitoM2M.Cli.Doctor;

/// <summary>
/// Sends one request without a secret to the token endpoint, to learn who answers before a secret is sent. Cognito answers such a request
/// with an error, which is good enough.
/// </summary>
internal static class EndpointProbe
{
    public static async Task<ProbeResult> SendAsync(Uri endpoint, IWebProxy proxy, TimeProvider time, CancellationToken cancellationToken)
    {
        CertificateFinding? certificate = null;
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            Proxy = proxy,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = Judge },
        };
        using var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Get, endpoint);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));

        try
        {
            var sentAt = time.GetUtcNow();
            using var response = await TimeLimit.RunAsync(
                limited => http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limited), time, cancellationToken).ConfigureAwait(false);
            return Read(response, endpoint, sentAt, time.GetUtcNow()) with { Certificate = certificate };
        }
        catch (Exception error) when (error is HttpRequestException or IOException or TimeoutException)
        {
            return new ProbeResult { Failure = error, Certificate = certificate };
        }

        bool Judge(object sender, X509Certificate? received, X509Chain? chain, SslPolicyErrors errors)
        {
            var status = (chain?.ChainStatus ?? []).Aggregate(X509ChainStatusFlags.NoError, (flags, one) => flags | one.Status);
            certificate = CertificateFinding.Create(endpoint.Host, received as X509Certificate2, errors, status, time.GetUtcNow());
            return errors == SslPolicyErrors.None;
        }
    }

    private static ProbeResult Read(HttpResponseMessage response, Uri endpoint, DateTimeOffset sentAt, DateTimeOffset receivedAt) => new()
    {
        Status = response.StatusCode,
        RedirectTarget = (int)response.StatusCode is >= 300 and < 400 && response.Headers.Location is { } location ? new Uri(endpoint, location) : null,
        IsHtml = response.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml",
        // The server wrote the date between the two instants. A cache on the way adds the age of its copy.
        ClockLead = response.Headers.Date is { } date
            ? sentAt + ((receivedAt - sentAt) / 2) - (date + (response.Headers.Age ?? TimeSpan.Zero))
            : null,
    };
}
