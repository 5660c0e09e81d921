using System.Net;
using System.Text;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>A token endpoint in this process. Each response holds the sample token; a delay is possible.</summary>
internal sealed class StubTokenEndpoint(TimeSpan latency = default) : HttpMessageHandler
{
    public static readonly string Response = $$"""{"access_token":"{{SampleToken.Value}}","expires_in":3600,"token_type":"Bearer"}""";

    private static readonly byte[] _response = Encoding.UTF8.GetBytes(Response);

    private int _requests;

    public int Requests => Volatile.Read(ref _requests);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (latency > TimeSpan.Zero)
            await Task.Delay(latency, TimeProvider.System, cancellationToken);

        Interlocked.Increment(ref _requests);
        var content = new ByteArrayContent(_response);
        content.Headers.ContentType = new("application/json");
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content, RequestMessage = request };
    }
}
