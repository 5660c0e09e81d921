using System.Collections.Concurrent;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using CognitoM2M.Time;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Tests.Sharing;

/// <summary>Several processes that share a store and a stubbed Cognito. Each process has its own memory and its own clock.</summary>
internal sealed class StubbedFleet : IAsyncDisposable
{
    // Work that goes to the thread pool must be done before time passes. A thread of the pool that another test left blocked must not stop the
    // test forever, so time passes after so many idle steps in any case.
    private const int MostIdleSteps = 100_000;

    private readonly List<StubbedService> _processes = [];
    private readonly InOrder _work = new();
    private readonly QuietThreadPool _threadPool = new();
    private int _requests;
    private int _idleSteps;

    public StubbedFleet() => Store = new FakeStore(Clock);

    /// <summary>The true time, which the store uses.</summary>
    public ManualClock Clock { get; } = new();

    public TimeSpan Now => Clock.GetElapsedTime(0);

    public FakeStore Store { get; }

    /// <summary>How many token requests were answered with a token, unless the test answers them.</summary>
    public int TokenRequests => Volatile.Read(ref _requests);

    /// <summary>How many token requests were sent, answered or not.</summary>
    public int SentRequests { get; private set; }

    /// <summary>Starts a process.</summary>
    /// <param name="clockIsAheadBy">How far the wall clock of the process is ahead of the true time.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <param name="services">Changes the services.</param>
    public StubbedService Start(TimeSpan clockIsAheadBy = default, Action<CognitoM2MClientOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var clock = new ManualClock();
        clock.Advance(Now);
        clock.JumpWallClock(clockIsAheadBy);
        StubbedService? process = null;
        process = new StubbedService(
            options =>
            {
                options.DistributedCache = Store;
                // In these tests time passes while operations are in flight on other threads.
                options.DistributedCacheTimeout = TimeSpan.FromSeconds(10);
                configure?.Invoke(options);
            },
            collection =>
            {
                collection.AddSingleton<IBackgroundWork>(_work);
                collection.AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName)
                    .ConfigurePrimaryHttpMessageHandler(() => new SameThreadHandler(request => process!.OnTokenRequest(++SentRequests, request)));
                services?.Invoke(collection);
            },
            clock);
        process.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateToken($"token-{Interlocked.Increment(ref _requests)}"));
        _processes.Add(process);
        return process;
    }

    /// <summary>Returns the token that a process sends now. Time passes if the process has to wait for the token.</summary>
    public Task<string> GetAsync(StubbedService process, CognitoTokenRequest? request = null) => RunAsync(process.GetTokenAsync(request));

    /// <summary>Asks for a token, waits for the renewal that the call may have started, and returns the token that the process sends then.</summary>
    public async Task<string> GetRenewedAsync(StubbedService process)
    {
        await GetAsync(process);
        while (process.Entry.Fetching is { } fetching)
            await RunAsync(EndAsync(fetching));
        return await GetAsync(process);

        static async Task<string> EndAsync(Task task)
        {
            await task;
            return "";
        }
    }

    /// <summary>Ends a process in good order.</summary>
    public async Task EndAsync(StubbedService process)
    {
        _processes.Remove(process);
        await process.DisposeAsync();
    }

    /// <summary>Ends a process that waits for a token, and lets the call fail.</summary>
    public async Task EndAsync(StubbedService process, Task<string> call)
    {
        // Time passes only while there is a process.
        Start();
        await EndAsync(process);
        await Assert.ThrowsAsync<CognitoTokenException>(() => RunAsync(call));
    }

    /// <summary>Lets time pass for all processes and the store.</summary>
    public void Advance(TimeSpan by)
    {
        Clock.Advance(by);
        foreach (var process in _processes)
            process.Clock.Advance(by);
    }

    /// <summary>Waits for the task. Moves time past pauses, but not past time-outs, and only when nothing else is left to do.</summary>
    public async Task<T> RunAsync<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            Step();
            await Task.Yield();
        }

        return await task;
    }

    /// <summary>Runs the simulation until the given time has passed.</summary>
    public void Run(TimeSpan time)
    {
        for (var end = Now + time; Now < end;)
            Step();
    }

    /// <summary>Runs the simulation until a process sends a token request.</summary>
    public void RunUntilRequestIsSent()
    {
        while (SentRequests == 0)
            Step();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
    }

    /// <summary>Runs the next piece of work. If there is none, moves time to the next timer.</summary>
    private void Step()
    {
        // Test runners set a synchronization context. With it, continuations would go to other threads.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            if (_work.TryRunNext())
            {
                _idleSteps = 0;
                return;
            }

            if (!_threadPool.IsQuiet && ++_idleSteps < MostIdleSteps)
            {
                Thread.Yield();
                return;
            }

            _idleSteps = 0;
            var next = _processes.Min(process => process.Clock.NextTimerIn);
            if (_work.IsInFlight && next <= StubbedService.PauseBetweenAttempts)
                Advance(next);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>Answers on the thread that asks. The stub of <see cref="StubbedService"/> does not.</summary>
    private sealed class SameThreadHandler(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            answer(request).WaitAsync(cancellationToken);
    }

    /// <summary>Runs the background work of all processes on the test's own thread, one piece after the other.</summary>
    private sealed class InOrder : IBackgroundWork
    {
        private readonly ConcurrentQueue<Func<Task>> _waiting = new();
        private int _inFlight;

        public bool IsInFlight => Volatile.Read(ref _inFlight) > 0;

        public void Start(Func<Task> work)
        {
            Interlocked.Increment(ref _inFlight);
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
            Interlocked.Decrement(ref _inFlight);
        }
    }
}
