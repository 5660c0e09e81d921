using System.Collections.Concurrent;
using System.Net;

namespace CognitoM2M.AspNetCore.Tests.Support;

/// <summary>A stub of the server that publishes key sets. It records requests, and fails if the test says so.</summary>
internal sealed class KeyServer : HttpMessageHandler
{
    private readonly ConcurrentQueue<TaskCompletionSource> _waiting = new();

    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The response; null for an outage.</summary>
    public string? KeySet { get; set; } = Pool.Usual.KeySet;

    /// <summary>At which addresses there is a key set.</summary>
    public Func<string, bool> Publishes { get; init; } = _ => true;

    /// <summary>Whether responses wait for <see cref="Release"/>.</summary>
    public bool HoldsBack { get; set; }

    public HttpClient Client() => new(this, disposeHandler: false);

    public void Release()
    {
        HoldsBack = false;
        while (_waiting.TryDequeue(out var waiting))
            waiting.SetResult();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Enqueue(request.RequestUri!.AbsoluteUri);
        if (HoldsBack)
        {
            var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(waiting);
            await waiting.Task.WaitAsync(cancellationToken);
        }

        return KeySet is { } keySet && Publishes(request.RequestUri.AbsoluteUri)
            ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(keySet), RequestMessage = request }
            : new HttpResponseMessage(HttpStatusCode.NotFound) { RequestMessage = request };
    }
}
