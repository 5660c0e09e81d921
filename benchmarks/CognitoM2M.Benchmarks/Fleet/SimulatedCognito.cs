using System.Net;

namespace CognitoM2M.Benchmarks.Fleet;

/// <summary>A token endpoint that counts requests. A response takes 100 to 300 ms, one in a hundred takes a second.</summary>
internal sealed class SimulatedCognito(EventLoop loop, Random random, TimeSpan lifetime) : HttpMessageHandler
{
    public int Requests { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var number = ++Requests;
        var latency = TimeSpan.FromMilliseconds(random.Next(100) == 0 ? 1000 : 100 + 200 * random.NextDouble());
        await Task.Delay(latency, loop, cancellationToken).ConfigureAwait(false);
        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new ByteArrayContent(
                System.Text.Encoding.UTF8.GetBytes($$"""{"access_token":"token-{{number}}","expires_in":{{(int)lifetime.TotalSeconds}},"token_type":"Bearer"}""")),
        };
    }
}
