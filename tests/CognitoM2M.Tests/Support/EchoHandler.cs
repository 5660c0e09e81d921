using System.Net;

namespace CognitoM2M.Tests.Support;

/// <summary>Responds with the Authorization header of the request as text.</summary>
internal sealed class EchoHandler(List<string>? requests = null) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var header = request.Headers.Authorization?.ToString() ?? "none";
        requests?.Add(header);
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(header) });
    }
}
