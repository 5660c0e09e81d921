using CognitoM2M.Cache;
using CognitoM2M.Diagnostics;
using CognitoM2M.Settings;
using CognitoM2M.Time;
using CognitoM2M.TokenEndpoint;

namespace CognitoM2M.Benchmarks.Fleet;

/// <summary>One process of the fleet: the real token cache of the library, with its own memory, on the simulated clock.</summary>
internal sealed class SimulatedProcess : IBackgroundWork, IDisposable
{
    private readonly EventLoop _loop;
    private readonly CachingTokenProvider _provider;
    private readonly TokenEntry _entry;
    private (Task<CognitoAccessToken> Call, TimeSpan StartedAt)? _waiting;

    public SimulatedProcess(EventLoop loop, AppClientSettings client, HttpClient http, Instruments instruments, Random random)
    {
        _loop = loop;
        _provider = new CachingTokenProvider(new FixedSettingsSource(client), () => http, loop, instruments, random.NextDouble, this, new RequestPacers(new MonotonicClock(loop)));
        Client = _provider.GetClient(client.ClientName);
        _entry = Client.Current.FindEntry(null);
    }

    public AppClient Client { get; }

    public TimeSpan WorstWait { get; private set; }

    /// <summary>Makes one call. Does nothing if a call still waits for its token.</summary>
    public void Call()
    {
        if (_waiting is not null)
            return;

        var call = _provider.GetTokenAsync(Client.Name);
        if (call.IsCompleted)
            _ = call.Result;
        else
            _waiting = (call.AsTask(), _loop.Now);
    }

    /// <summary>
    /// Runs background work of the library in the event loop, and measures the wait of a call when the work has fetched its token.
    /// </summary>
    public void Start(Func<Task> work) => _loop.Post(TimeSpan.Zero, () => _ = RunAsync(work));

    public void Dispose() => _provider.Dispose();

    private async Task RunAsync(Func<Task> work)
    {
        await work().ConfigureAwait(false);
        if (_waiting is not { } waiting || _entry.Fetching is not null)
            return;

        // The caller continues on another thread. Wait for it here, so that no simulated time passes in the meantime.
        _ = waiting.Call.GetAwaiter().GetResult();
        _waiting = null;
        var waited = _loop.Now - waiting.StartedAt;
        WorstWait = waited > WorstWait ? waited : WorstWait;
    }
}
