using System.Collections.Concurrent;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using CognitoM2M.Time;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Tests.Sharing;

/// <summary>Several processes that share a store and Cognito, each with a memory of its own and, if need be, a clock that is wrong.</summary>
internal sealed class SharedWorlds : IAsyncDisposable
{
    private const int IdleStepsBeforeTimePasses = 10;

    private readonly List<StubbedService> _worlds = [];
    private readonly InOrder _work = new();
    private int _requests;
    private int _idleSteps;

    public SharedWorlds() => Store = new FakeStore(Clock);

    /// <summary>The true time, and the store's.</summary>
    public ManualClock Clock { get; } = new();

    public FakeStore Store { get; }

    public int TokenRequests => Volatile.Read(ref _requests);

    /// <summary>Token requests that were sent, answered or not.</summary>
    public int Sent { get; private set; }

    public int Lifetime { get; set; } = 3600;

    /// <summary>Starts a process.</summary>
    /// <param name="clockIsAheadBy">How wrong its wall clock is.</param>
    /// <param name="configure">Its settings, if they differ.</param>
    /// <param name="services">Its services, if they differ.</param>
    public StubbedService Start(TimeSpan clockIsAheadBy = default, Action<CognitoM2MClientOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var clock = new ManualClock();
        clock.Advance(Clock.GetElapsedTime(0));
        clock.JumpWallClock(clockIsAheadBy);
        StubbedService? world = null;
        world = new StubbedService(
            options =>
            {
                options.DistributedCache = Store;
                // Time passes in these tests while operations are under way on other threads.
                options.DistributedCacheTimeout = TimeSpan.FromSeconds(10);
                configure?.Invoke(options);
            },
            collection =>
            {
                collection.AddSingleton<IBackgroundWork>(_work);
                collection.AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName)
                    .ConfigurePrimaryHttpMessageHandler(() => new Answering(request =>
                    {
                        Sent++;
                        return world!.OnTokenRequest(Sent, request);
                    }));
                services?.Invoke(collection);
            },
            clock);
        world.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateToken($"token-{Interlocked.Increment(ref _requests)}", Lifetime));
        _worlds.Add(world);
        return world;
    }

    /// <summary>The token that a process would send now, with whatever waiting that takes.</summary>
    public async Task<string> GetAsync(StubbedService world, CognitoTokenRequest? request = null) => await RunAsync(world.GetTokenAsync(request));

    /// <summary>The same after what it set off in the background has ended.</summary>
    public async Task<string> GetSettledAsync(StubbedService world)
    {
        await GetAsync(world);
        while (world.Entry.Fetching is { } fetching)
            await RunAsync(Finish(fetching));
        return await GetAsync(world);

        static async Task<string> Finish(Task task)
        {
            await task;
            return "";
        }
    }

    /// <summary>Ends a process.</summary>
    public async Task ForgetAsync(StubbedService world)
    {
        _worlds.Remove(world);
        await world.DisposeAsync();
    }

    /// <summary>Lets time pass for all.</summary>
    public void Advance(TimeSpan by)
    {
        Clock.Advance(by);
        foreach (var world in _worlds)
            world.Clock.Advance(by);
    }

    /// <summary>Waits for the task, moving time past pauses but not past time-outs, and only when all that can be done is done.</summary>
    public async Task<T> RunAsync<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            Step();
            // What went to the thread pool all the same is done before the next step.
            await Task.Run(static () => { });
        }

        return await task;
    }

    /// <summary>Does what there is to do, or lets time pass to when there is something.</summary>
    public void Step()
    {
        // With one, as test runners have, continuations would go to other threads.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            if (_work.TryRunNext())
            {
                _idleSteps = 0;
                return;
            }

            if (++_idleSteps < IdleStepsBeforeTimePasses)
                return;
            _idleSteps = 0;
            var next = _worlds.Min(world => world.Clock.NextTimerIn);
            if (_work.IsUnderWay && next <= StubbedService.PauseBetweenAttempts)
                Advance(next);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var world in _worlds)
            await world.DisposeAsync();
    }

    /// <summary>Answers on the thread that asks, which the stub of other tests does not.</summary>
    private sealed class Answering(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            answer(request).WaitAsync(cancellationToken);
    }

    /// <summary>Runs the background work of all processes on the test's own thread, one after the other.</summary>
    private sealed class InOrder : IBackgroundWork
    {
        private readonly ConcurrentQueue<Func<Task>> _waiting = new();
        private int _underWay;

        public bool IsUnderWay => Volatile.Read(ref _underWay) > 0;

        public void Start(Func<Task> work)
        {
            Interlocked.Increment(ref _underWay);
            _waiting.Enqueue(work);
        }

        public bool TryRunNext()
        {
            if (!_waiting.TryDequeue(out var work))
                return false;

            _ = RunAsync(work);
            return true;
        }

        private async Task RunAsync(Func<Task> work)
        {
            await work().ConfigureAwait(false);
            Interlocked.Decrement(ref _underWay);
        }
    }
}
