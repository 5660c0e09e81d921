using CognitoM2M.Diagnostics;
using CognitoM2M.Settings;
using CognitoM2M.Sharing;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using CognitoM2M.Time;

namespace CognitoM2M.Tests.Sharing;

/// <summary>A cache and the processes that use it, on one manual clock. All work runs on the test's own thread.</summary>
internal sealed class StoreBench : IBackgroundWork, IDisposable
{
    private readonly Instruments _instruments;

    public StoreBench()
    {
        _instruments = new Instruments(Log, meterFactory: null);
        Cache = new FakeStore(Clock);
        Monotonic = new MonotonicClock(Clock);
    }

    public static TokenEntryKey Key { get; } = new(
        CognitoTokenRoute.OAuth2, "https://acme-m2m.auth.eu-west-1.amazoncognito.com/oauth2/token", CognitoClientAuthentication.ClientSecretBasic,
        "abc123", "identity", "orders/read", "");

    public ManualClock Clock { get; } = new();

    public MonotonicClock Monotonic { get; }

    public FakeStore Cache { get; }

    public LogRecorder Log { get; } = new();

    public TimeSpan Now => Monotonic.Now;

    /// <summary>Creates the store of one more process.</summary>
    public SharedStore CreateStore() => new(Cache, Monotonic, () => 0, _instruments, this);

    /// <summary>Creates a store whose first operation has ended.</summary>
    public SharedStore CreateUsedStore()
    {
        var store = CreateStore();
        _ = Run(() => store.StartSession(TimeSpan.FromSeconds(1)).GetAsync("first"));
        Cache.History.Clear();
        return store;
    }

    /// <summary>Makes one operation with this name, the next one, take this long before it does something.</summary>
    public void Delay(string operation, TimeSpan by)
    {
        var isDone = false;
        Cache.Before = cancelled =>
        {
            if (isDone || Cache.History.Last() != operation)
                return Task.CompletedTask;
            isDone = true;
            return Task.Delay(by, Clock, cancelled);
        };
    }

    /// <summary>Makes every operation with this name fail.</summary>
    public void Fail(string operation) => Cache.Before = _ =>
        Cache.History.Last() == operation ? throw new InvalidOperationException("no connection") : Task.CompletedTask;

    /// <summary>Starts a call, and runs it until it has to wait for time to pass.</summary>
    public Task<T> Run<T>(Func<Task<T>> call) => RunHere(call);

    /// <summary>Starts a call, and runs it until it has to wait for time to pass.</summary>
    public Task Run(Func<Task> call) => RunHere(call);

    public void Advance(TimeSpan by) => RunHere(() =>
    {
        Clock.Advance(by);
        return true;
    });

    public void Advance(int milliseconds) => Advance(TimeSpan.FromMilliseconds(milliseconds));

    void IBackgroundWork.Start(Func<Task> work) => _ = work();

    public void Dispose() => _instruments.Dispose();

    /// <summary>Test runners set a synchronization context. With it, continuations would go to other threads.</summary>
    private static T RunHere<T>(Func<T> call)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return call();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
