using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace CognitoM2M.Verification.Tests.Support;

/// <summary>Stands where Cognito publishes key sets. Counts, and answers as the test says.</summary>
internal sealed class KeySetServer : HttpMessageHandler
{
    private int _requests;
    private int _open;
    private int _mostAtOnce;

    public KeySetServer(string keySet)
    {
        KeySet = keySet;
        OnRequest = (_, _) => Task.FromResult(Json(KeySet));
    }

    /// <summary>What is published, at every address.</summary>
    public string KeySet { get; set; }

    /// <summary>In place of the key set; the token is cancelled when the verifier gives up.</summary>
    public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> OnRequest { get; set; }

    public int Requests => Volatile.Read(ref _requests);

    public int MostAtOnce => Volatile.Read(ref _mostAtOnce);

    public ConcurrentQueue<Uri> Addresses { get; } = new();

    public static HttpResponseMessage Json(string body, string? cacheControl = null, TimeSpan? age = null)
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (cacheControl is not null)
            response.Headers.TryAddWithoutValidation("Cache-Control", cacheControl);
        response.Headers.Age = age;
        return response;
    }

    public HttpClient CreateClient() => new(this, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Answers nothing until the returned source is completed, or the verifier gives up.</summary>
    public TaskCompletionSource Hold()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        OnRequest = async (_, cancellationToken) =>
        {
            await release.Task.WaitAsync(cancellationToken);
            return Json(KeySet);
        };
        return release;
    }

    public void Fail(HttpStatusCode status = HttpStatusCode.ServiceUnavailable) =>
        OnRequest = (_, _) => Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent("<html>no</html>") });

    public void Recover() => OnRequest = (_, _) => Task.FromResult(Json(KeySet));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        Addresses.Enqueue(request.RequestUri!);
        var open = Interlocked.Increment(ref _open);
        for (var most = MostAtOnce; open > most && Interlocked.CompareExchange(ref _mostAtOnce, open, most) != most; most = MostAtOnce)
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
