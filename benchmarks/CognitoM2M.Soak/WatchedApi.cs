using CognitoM2M.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Soak;

/// <summary>The API that is called. It verifies tokens and knows when a 401 response is right.</summary>
internal sealed class WatchedApi : IAsyncDisposable
{
    // The API downloads the key set for an unknown key at most every ten seconds.
    private static readonly TimeSpan _untilKeysAreKnown = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan _afterEffect = TimeSpan.FromSeconds(1);

    private readonly Promises _promises;
    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private volatile bool _rejectsAll;
    private TimeSpan _rejectedUntil = TimeSpan.MinValue;
    private TimeSpan _keysChangedAt = TimeSpan.MinValue;

    private WatchedApi(WebApplication app, Promises promises) => (_app, _promises) = (app, promises);

    public string Address => _app.Urls.Single();

    public static async Task<WatchedApi> StartAsync(EmulatedUserPool pool, IEnumerable<string> clientIds, Promises promises)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAuthentication().AddCognitoM2M(options =>
        {
            options.UserPoolId = pool.Id;
            options.ClientIds = [.. clientIds];
            options.JwksUri = pool.JwksUri;
            options.Verification.ClockTolerance = TimeSpan.FromSeconds(1);
        });
        builder.Services.AddAuthorization();
        var app = builder.Build();
        var api = new WatchedApi(app, promises);
        app.MapGet("/orders", () => api._rejectsAll ? Results.StatusCode(StatusCodes.Status401Unauthorized) : Results.Text("[]"))
            .RequireCognitoScope("orders/read");
        await app.StartAsync();
        return api;
    }

    /// <summary>Whether the API has, or had shortly before, a reason to reject a token.</summary>
    public bool MayAnswer401(TimeSpan from)
    {
        lock (_gate)
            return _rejectsAll || _rejectedUntil > from - _afterEffect || _keysChangedAt > from - _untilKeysAreKnown;
    }

    /// <summary>Starts or stops to reject every token.</summary>
    public void RejectAll(bool isOn)
    {
        lock (_gate)
        {
            _rejectsAll = isOn;
            _rejectedUntil = _promises.Elapsed;
        }
    }

    /// <summary>Reports that the signing key of the pool changes now.</summary>
    public void NoteKeyChange()
    {
        lock (_gate)
            _keysChangedAt = _promises.Elapsed;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
