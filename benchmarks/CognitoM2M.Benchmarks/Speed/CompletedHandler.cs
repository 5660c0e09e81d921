using System.Net;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>Answers at once with the same response: what remains is the cost of the handlers before it.</summary>
internal sealed class CompletedHandler : HttpMessageHandler
{
    private readonly Task<HttpResponseMessage> _answer = Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _answer;
}
