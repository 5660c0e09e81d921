using System.Collections.Concurrent;
using System.Net;

namespace CognitoM2M.AspNetCore.Tests.Support;

/// <summary>Serves key sets, counts how often, and fails when a test wants it to.</summary>
internal sealed class KeyServer : HttpMessageHandler
{
    private readonly ConcurrentQueue<TaskCompletionSource> _waiting = new();

    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>What is answered; null for an outage.</summary>
    public string? KeySet { get; set; } = Pool.Usual.KeySet;

    /// <summary>Whether answers are held back until <see cref="Release"/>.</summary>
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

        return KeySet is { } keySet
            ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(keySet), RequestMessage = request }
            : new HttpResponseMessage(HttpStatusCode.NotFound) { RequestMessage = request };
    }
}
