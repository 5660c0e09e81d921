using System.Net;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using CognitoM2M.Time;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Tests.Http;

/// <summary>Calls of <see cref="HttpClient.Send(HttpRequestMessage)"/>, whose callers block their threads, while no thread of the pool is free.</summary>
public sealed class SynchronousCallTests : IAsyncDisposable
{
    // Only a test that fails waits this long.
    private static readonly TimeSpan _guard = TimeSpan.FromSeconds(30);

    private readonly TokenEndpointHandler _tokenEndpoint = new();
    private readonly StubbedService _service;

    public SynchronousCallTests() => _service = new StubbedService(services: services =>
    {
        services.AddSingleton<IBackgroundWork>(new FullThreadPool());
        services.AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName).ConfigurePrimaryHttpMessageHandler(() => _tokenEndpoint);
    });

    [Fact]
    public void Blocking_callers_share_one_first_token()
    {
        Assert.All(SendOnThreads(8), status => Assert.Equal(HttpStatusCode.OK, status));

        Assert.Equal(1, _tokenEndpoint.Requests);
        Assert.False(_tokenEndpoint.RanOnThreadPool);
    }

    [Fact]
    public void Blocking_callers_get_another_token_after_a_401()
    {
        _service.OnApiCall = request => Task.FromResult(new HttpResponseMessage(
            request.Headers.Authorization!.Parameter == "token-1" ? HttpStatusCode.Unauthorized : HttpStatusCode.OK));

        Assert.All(SendOnThreads(8), status => Assert.Equal(HttpStatusCode.OK, status));

        Assert.Equal(2, _tokenEndpoint.Requests);
        Assert.False(_tokenEndpoint.RanOnThreadPool);
    }

    [Fact]
    public void Blocking_caller_gets_the_new_token_that_it_demands()
    {
        SendOnThreads(1);

        SendOnThreads(1, new CognitoTokenRequest { ForceRefresh = true });

        Assert.Equal(["Bearer token-1", "Bearer token-2"], _service.ApiCalls);
        Assert.False(_tokenEndpoint.RanOnThreadPool);
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    private HttpStatusCode[] SendOnThreads(int count, CognitoTokenRequest? tokenRequest = null)
    {
        using var client = _service.CreateHttpClient();
        // The time-out of HttpClient needs a thread of the pool.
        client.Timeout = Timeout.InfiniteTimeSpan;
        var calls = Enumerable.Range(0, count).Select(_ => new TaskCompletionSource<HttpStatusCode>()).ToList();
        foreach (var call in calls)
            new Thread(() => Send(client, tokenRequest, call)) { IsBackground = true }.Start();

        var all = Task.WhenAll(calls.Select(call => call.Task));
        Assert.True(all.Wait(_guard), "A call waits for a thread of the pool.");
        return all.Result;
    }

    private static void Send(HttpClient client, CognitoTokenRequest? tokenRequest, TaskCompletionSource<HttpStatusCode> call)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "orders");
            if (tokenRequest is not null)
                request.WithCognitoToken(tokenRequest);
            using var response = client.Send(request);
            call.SetResult(response.StatusCode);
        }
        catch (Exception error)
        {
            call.SetException(error);
        }
    }

    /// <summary>A thread pool whose threads are all blocked: no background work ever starts.</summary>
    private sealed class FullThreadPool : IBackgroundWork
    {
        public void Start(Func<Task> work)
        {
        }
    }

    /// <summary>Responds with token-1, token-2 and so on, on the thread that sends the request.</summary>
    private sealed class TokenEndpointHandler : HttpMessageHandler
    {
        public int Requests { get; private set; }

        public bool RanOnThreadPool { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            RanOnThreadPool |= Thread.CurrentThread.IsThreadPoolThread;
            return Task.FromResult(StubbedResponse.CreateToken($"token-{Requests}"));
        }
    }
}
