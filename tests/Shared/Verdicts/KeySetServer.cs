using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace CognitoM2M.Testing.Verdicts;

/// <summary>A stub of the server that publishes key sets. It counts requests, and answers as the test says.</summary>
internal sealed class KeySetServer : HttpMessageHandler
{
    private int _requests;
    private int _open;
    private int _mostOpenAtOnce;

    public KeySetServer(string keySet)
    {
        KeySet = keySet;
        OnRequest = (_, _) => Task.FromResult(CreateResponse(KeySet));
    }

    /// <summary>The key set, published at every address.</summary>
    public string KeySet { get; set; }

    /// <summary>Answers a request. The token is cancelled when the verifier gives the download up.</summary>
    public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> OnRequest { get; set; }

    public int Requests => Volatile.Read(ref _requests);

    /// <summary>The largest number of requests that were open at the same time.</summary>
    public int MostOpenAtOnce => Volatile.Read(ref _mostOpenAtOnce);

    public ConcurrentQueue<Uri> Addresses { get; } = new();

    public static HttpResponseMessage CreateResponse(string body, string? cacheControl = null, TimeSpan? age = null)
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (cacheControl is not null)
            response.Headers.TryAddWithoutValidation("Cache-Control", cacheControl);
        response.Headers.Age = age;
        return response;
    }

    public HttpClient CreateClient() => new(this, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>From now on, requests wait until the returned source is completed, or the verifier cancels the download.</summary>
    public TaskCompletionSource Hold()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        OnRequest = async (_, cancellationToken) =>
        {
            await release.Task.WaitAsync(cancellationToken);
            return CreateResponse(KeySet);
        };
        return release;
    }

    /// <summary>From now on, every request fails with this status.</summary>
    public void Fail(HttpStatusCode status = HttpStatusCode.ServiceUnavailable) =>
        OnRequest = (_, _) => Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent("<html>no</html>") });

    /// <summary>From now on, every request gets the key set.</summary>
    public void Recover() => OnRequest = (_, _) => Task.FromResult(CreateResponse(KeySet));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        Addresses.Enqueue(request.RequestUri!);
        var open = Interlocked.Increment(ref _open);
        for (var most = MostOpenAtOnce; open > most && Interlocked.CompareExchange(ref _mostOpenAtOnce, open, most) != most; most = MostOpenAtOnce)
        {
        }

        try
        {
            var response = await OnRequest(request, cancellationToken);
            response?.RequestMessage ??= request;
            return response!;
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}
