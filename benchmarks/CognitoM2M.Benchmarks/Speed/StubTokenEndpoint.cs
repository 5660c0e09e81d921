using System.Net;
using System.Text;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>A token endpoint in the process: a new answer with the sample token each time, after a while if wanted.</summary>
internal sealed class StubTokenEndpoint(TimeSpan latency = default) : HttpMessageHandler
{
    public static readonly string Answer = $$"""{"access_token":"{{SampleToken.Value}}","expires_in":3600,"token_type":"Bearer"}""";

    private static readonly byte[] _answer = Encoding.UTF8.GetBytes(Answer);

    private int _answers;

    public int Answers => Volatile.Read(ref _answers);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (latency > TimeSpan.Zero)
            await Task.Delay(latency, TimeProvider.System, cancellationToken);

        Interlocked.Increment(ref _answers);
        var content = new ByteArrayContent(_answer);
        content.Headers.ContentType = new("application/json");
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content, RequestMessage = request };
    }
}
