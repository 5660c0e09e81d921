using CognitoM2M.Cache;
using CognitoM2M.Diagnostics;
using CognitoM2M.Testing;
using CognitoM2M.Time;
using CognitoM2M.Tokens;
using Microsoft.Extensions.Logging.Abstractions;

namespace CognitoM2M.Tests.Support;

/// <summary>Tests of one entry whose fetches end when the test says so.</summary>
public abstract class TokenEntryTest
{
    private protected TokenEntryTest() => Entry = CreateEntry();

    private protected ManualClock Clock { get; } = new();

    private protected ScriptedFetcher Fetcher { get; } = new();

    private protected TokenEntry Entry { get; }

    private protected async Task<HeldToken> HoldTokenAsync()
    {
        var call = GetAsync(TimeSpan.Zero);
        await Fetcher.EndAsync(1, CreateToken("held"));
        return await call;
    }

    private protected Task<HeldToken> GetAsync(TimeSpan minimum) => Entry.GetAsync(CreateCaller(minimum)).AsTask();

    private protected TokenEntry CreateEntry(IBackgroundWork? background = null) => new(
        Fetcher, TimeSpan.FromSeconds(10), new MonotonicClock(Clock), () => 0.5,
        new TokenTelemetry(new Instruments(NullLogger.Instance, null), "x", CognitoTokenRoute.OAuth2, ""), background);

    private protected static Caller CreateCaller(TimeSpan minimum) => new("x", Blocks: false, minimum, CancellationToken.None);

    /// <summary>Creates a token that was requested some time ago, of one hour by default.</summary>
    private protected IssuedToken CreateToken(string value, TimeSpan age = default, TimeSpan? lifetime = null)
    {
        var valid = lifetime ?? TimeSpan.FromHours(1);
        return new(new CognitoAccessToken(value, Clock.GetUtcNow() - age + valid), Clock.GetElapsedTime(0) - age, valid);
    }
}
