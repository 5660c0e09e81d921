using System.Net;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>Returns the same response at once, so that only the handlers before it are measured.</summary>
internal sealed class CompletedHandler : HttpMessageHandler
{
    private readonly Task<HttpResponseMessage> _response = Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _response;
}
