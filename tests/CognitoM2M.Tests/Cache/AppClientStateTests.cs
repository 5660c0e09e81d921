using CognitoM2M.Cache;
using CognitoM2M.Diagnostics;
using CognitoM2M.Settings;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using CognitoM2M.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace CognitoM2M.Tests.Cache;

/// <summary>Which entry a client uses after the store has dropped the entry, and after a change of settings; and which minimum counts.</summary>
public sealed class AppClientStateTests : IDisposable
{
    private readonly MonotonicClock _clock = new(new ManualClock());
    private readonly TokenEntryStore _store;
    private readonly EntryDirectory _entries;

    public AppClientStateTests()
    {
        _store = new TokenEntryStore(_clock);
        _entries = new EntryDirectory(_store, CreateEntry, isUsedByOther: (_, _) => false);
    }

    [Fact]
    public void Entry_that_the_store_dropped_is_taken_back_by_the_next_call()
    {
        var state = CreateState(CreateSettings());
        var entry = state.Usual;
        _store.Remove(state.Settings.CreateKey(null));

        Assert.Same(entry, state.FindEntry(null));
        Assert.Equal(1, _store.Count);
    }

    [Fact]
    public void Entry_that_the_store_dropped_is_taken_back_after_a_change_of_other_settings()
    {
        var former = CreateState(CreateSettings());
        _store.Remove(former.Settings.CreateKey(null));

        var state = CreateState(CreateSettings(options => options.BaseAddress = new Uri("https://api.example.com")), former);

        Assert.Same(former.Usual, state.Usual);
    }

    [Fact]
    public void Changed_secret_needs_another_entry()
    {
        var former = CreateState(CreateSettings());

        var state = CreateState(CreateSettings(options => options.ClientSecret = "second1secret"), former);

        Assert.NotSame(former.Usual, state.Usual);
    }

    // Columns: the minimum of the client, of the handler, and of the call; in minutes. Null means that there is no such request.
    [Theory]
    [InlineData(0, null, null, 0)]
    [InlineData(3, null, null, 3)]
    [InlineData(3, 4, null, 4)]
    [InlineData(3, 2, null, 3)]
    [InlineData(3, 4, 5, 5)]
    [InlineData(3, 5, 4, 4)]
    [InlineData(3, 5, 0, 3)]
    public void Minimum_of_the_call_counts_before_the_minimum_of_the_handler_and_never_less_than_the_minimum_of_the_client(
        int client, int? handler, int? call, int expected)
    {
        var settings = CreateSettings(options => options.MinimumRemainingLifetime = TimeSpan.FromMinutes(client));

        var state = new AppClientState(new SettingsVersion(settings, 1), CreateRequest(handler), _entries, former: null);

        Assert.Equal(TimeSpan.FromMinutes(expected), state.FindMinimum(CreateRequest(call)));
    }

    public void Dispose() => _store.Dispose();

    private AppClientState CreateState(AppClientSettings settings, AppClientState? former = null) =>
        new(new SettingsVersion(settings, (former?.Version ?? 0) + 1), usualRequest: null, _entries, former);

    private static AppClientSettings CreateSettings(Action<CognitoM2MClientOptions>? configure = null)
    {
        var options = new CognitoM2MClientOptions { TokenEndpoint = new Uri(StubbedService.TokenEndpoint), ClientId = "abc123", ClientSecret = StubbedService.Secret };
        configure?.Invoke(options);
        return new AppClientSettings("orders", options);
    }

    private static CognitoTokenRequest? CreateRequest(int? minutes) =>
        minutes is { } minimum ? new CognitoTokenRequest { MinimumRemainingLifetime = TimeSpan.FromMinutes(minimum) } : null;

    private TokenEntry CreateEntry(AppClientSettings settings, TokenEntryKey key, EntryState? initial) => new(
        new ScriptedFetcher(), TimeSpan.FromSeconds(10), _clock, () => 0.5,
        new TokenTelemetry(new Instruments(NullLogger.Instance, null), "orders", CognitoTokenRoute.OAuth2, ""), initial: initial);
}
