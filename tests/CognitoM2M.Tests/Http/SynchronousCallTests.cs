using System.Net;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using CognitoM2M.Time;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Tests.Http;

/// <summary>Calls of <see cref="HttpClient.Send(HttpRequestMessage)"/>, whose callers block their threads.</summary>
public sealed class SynchronousCallTests
{
    // Only a test that fails waits this long.
    private static readonly TimeSpan _guard = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Blocking_callers_get_a_token_while_no_thread_of_the_pool_is_free()
    {
        var tokenEndpoint = new TokenEndpointHandler();
        await using var service = new StubbedService(services: services =>
        {
            services.AddSingleton<IBackgroundWork>(new FullThreadPool());
            services.AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName).ConfigurePrimaryHttpMessageHandler(() => tokenEndpoint);
        });
        using var client = service.CreateHttpClient();
        // The time-out of HttpClient would end the call on a thread of its own, and with it the test host.
        client.Timeout = Timeout.InfiniteTimeSpan;
        var statuses = new HttpStatusCode[8];

        void Call(int i)
        {
            using var response = client.Send(new HttpRequestMessage(HttpMethod.Get, "orders"));
            statuses[i] = response.StatusCode;
        }

        var callers = Enumerable.Range(0, statuses.Length).Select(i => new Thread(() => Call(i)) { IsBackground = true }).ToList();
        callers.ForEach(caller => caller.Start());
        var ended = callers.ConvertAll(caller => caller.Join(_guard));

        Assert.All(ended, Assert.True);
        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(1, tokenEndpoint.Requests);
        Assert.False(tokenEndpoint.RanOnThreadPool);
    }

    /// <summary>A thread pool whose threads are all blocked: no background work ever starts.</summary>
    private sealed class FullThreadPool : IBackgroundWork
    {
        public void Start(Func<Task> work)
        {
        }
    }

    /// <summary>Responds with a token on the thread that sends the request.</summary>
    private sealed class TokenEndpointHandler : HttpMessageHandler
    {
        public int Requests { get; private set; }

        public bool RanOnThreadPool { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            RanOnThreadPool |= Thread.CurrentThread.IsThreadPoolThread;
            return Task.FromResult(StubbedResponse.CreateToken("token-1"));
        }
    }
}
