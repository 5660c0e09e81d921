using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Keys;

namespace CognitoM2M.Verification.Tests.Keys;

/// <summary>The pure state of a downloaded key set: transitions, and what each state allows at which instant.</summary>
public sealed class KeySetStateTests
{
    private static readonly KeySetSnapshot _keys = Parse(TestKey.Access);
    private static readonly KeySetSnapshot _otherKeys = Parse(TestKey.Next);
    private static readonly DateTimeOffset _wallClock = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan _freshFor = TimeSpan.FromSeconds(900);

    // The first download lasts from instant 1,000 to 1,002.
    private static readonly TimeSpan _end = TimeSpan.FromSeconds(1_002);

    private readonly Dictionary<string, KeySetState> _states = new()
    {
        ["before the first download"] = KeySetState.Initial,
        ["first download in flight"] = KeySetState.Initial.StartFetch(Fetch()),
        ["with keys"] = WithKeys(),
        ["with keys, refresh in flight"] = WithKeys().StartFetch(Fetch(at: 1_902)),
        ["with keys, early download in flight"] = WithKeys().StartFetch(Fetch(at: 1_100)),
        ["with keys, download for an unknown key in flight"] = WithKeys().StartFetch(Fetch(at: 1_100, unknownKeyId: "x")),
        ["first download was for an unknown key that it did not bring"] = Succeed(KeySetState.Initial, Fetch(unknownKeyId: "x")),
        ["first download was for the key that it brought"] = Succeed(KeySetState.Initial, Fetch(unknownKeyId: TestKey.Access.Id)),
        ["no keys, 1 failure"] = Fail(KeySetState.Initial, 1),
        ["no keys, 2 failures"] = Fail(KeySetState.Initial, 2),
        ["no keys, 3 failures"] = Fail(KeySetState.Initial, 3),
        ["no keys, 4 failures"] = Fail(KeySetState.Initial, 4),
        ["no keys, 5 failures"] = Fail(KeySetState.Initial, 5),
        ["no keys, 40 failures"] = Fail(KeySetState.Initial, 40),
        ["keys, 1 failure at 2,000"] = WithKeys().FailFetch("down", TimeSpan.FromSeconds(2_000)),
        ["keys, 2 failures, the last at 2,000"] = WithKeys().FailFetch("down", TimeSpan.FromSeconds(1_500)).FailFetch("down", TimeSpan.FromSeconds(2_000)),
        ["keys, recovered at 2,000"] = Succeed(WithKeys().FailFetch("down", TimeSpan.FromSeconds(1_995)), Fetch(at: 1_998), end: 2_000),
    };

    [Theory]
    [InlineData("before the first download", 1_000, "")]
    [InlineData("first download in flight", 1_000, "")]
    [InlineData("with keys", 1_002, "keys")]
    [InlineData("with keys", 1_901, "keys")]
    [InlineData("with keys", 1_902, "keys, refresh")]
    [InlineData("with keys", 91_001, "keys, refresh")]
    [InlineData("with keys", 91_002, "refresh")]
    [InlineData("with keys, refresh in flight", 1_902, "keys")]
    [InlineData("with keys, refresh in flight", 90_000, "keys")]
    [InlineData("with keys, refresh in flight", 91_002, "")]
    [InlineData("with keys, early download in flight", 1_901, "keys")]
    [InlineData("with keys, early download in flight", 1_902, "keys, refresh")]
    [InlineData("no keys, 1 failure", 100_000, "")]
    [InlineData("keys, 1 failure at 2,000", 2_009, "keys")]
    [InlineData("keys, 1 failure at 2,000", 2_010, "keys, refresh")]
    [InlineData("keys, 1 failure at 2,000", 91_999, "keys, refresh")]
    [InlineData("keys, 1 failure at 2,000", 92_000, "refresh")]
    [InlineData("keys, 2 failures, the last at 2,000", 2_009, "keys")]
    [InlineData("keys, 2 failures, the last at 2,000", 2_010, "keys, refresh")]
    [InlineData("keys, recovered at 2,000", 2_899, "keys")]
    [InlineData("keys, recovered at 2,000", 2_900, "keys, refresh")]
    public void State_says_whether_keys_are_usable_and_whether_a_refresh_is_due(string state, int second, string expected)
    {
        var now = TimeSpan.FromSeconds(second);

        string[] answers = [_states[state].HasKeysAt(now) ? "keys" : "", _states[state].IsRefreshDueAt(now) ? "refresh" : ""];

        Assert.Equal(expected, string.Join(", ", answers.Where(answer => answer.Length > 0)));
    }

    [Theory]
    [InlineData("before the first download", 1_000, true, true)]
    [InlineData("with keys", 1_002, true, true)]
    [InlineData("with keys, early download in flight", 1_101, true, true)]
    [InlineData("with keys, download for an unknown key in flight", 1_109, true, false)]
    [InlineData("with keys, download for an unknown key in flight", 1_110, true, true)]
    [InlineData("first download was for an unknown key that it did not bring", 1_009, true, false)]
    [InlineData("first download was for an unknown key that it did not bring", 1_010, true, true)]
    [InlineData("first download was for the key that it brought", 1_002, true, true)]
    [InlineData("no keys, 1 failure", 1_002, false, false)]
    [InlineData("no keys, 1 failure", 1_003, true, true)]
    [InlineData("no keys, 2 failures", 1_003, false, false)]
    [InlineData("no keys, 2 failures", 1_004, true, true)]
    [InlineData("no keys, 3 failures", 1_005, false, false)]
    [InlineData("no keys, 3 failures", 1_006, true, true)]
    [InlineData("no keys, 4 failures", 1_009, false, false)]
    [InlineData("no keys, 4 failures", 1_010, true, true)]
    [InlineData("no keys, 5 failures", 1_011, false, false)]
    [InlineData("no keys, 5 failures", 1_012, true, true)]
    [InlineData("no keys, 40 failures", 1_011, false, false)]
    [InlineData("no keys, 40 failures", 1_012, true, true)]
    [InlineData("keys, 1 failure at 2,000", 2_009, false, false)]
    [InlineData("keys, 1 failure at 2,000", 2_010, true, true)]
    [InlineData("keys, recovered at 2,000", 2_000, true, true)]
    public void State_says_when_the_next_download_is_allowed(string state, int second, bool forAnyKeys, bool forUnknownKey)
    {
        var now = TimeSpan.FromSeconds(second);

        Assert.Equal(forAnyKeys, _states[state].MayFetchAt(now));
        Assert.Equal(forUnknownKey, _states[state].MayFetchForUnknownKeyAt(now));
    }

    [Fact]
    public void Stale_keys_are_downloaded_for_an_unknown_key_even_within_ten_seconds_of_the_last_one()
    {
        var state = WithKeys().StartFetch(Fetch(at: 91_000, unknownKeyId: "x"));

        Assert.False(state.MayFetchForUnknownKeyAt(TimeSpan.FromSeconds(91_001)));
        Assert.True(state.MayFetchForUnknownKeyAt(TimeSpan.FromSeconds(91_002)));
    }

    [Fact]
    public void Download_of_the_same_keys_keeps_the_old_object_and_download_of_other_keys_replaces_it()
    {
        var state = WithKeys();

        var same = state.EndFetch(Fetch(), Parse(TestKey.Access), _freshFor, _end, _wallClock);
        var other = state.EndFetch(Fetch(), _otherKeys, _freshFor, _end, _wallClock);

        Assert.Same(state.Keys, same.Keys);
        Assert.Same(_otherKeys, other.Keys);
    }

    [Fact]
    public void Success_clears_a_problem_and_failure_keeps_the_time_of_the_last_success()
    {
        var failed = WithKeys().FailFetch("down", _end).FailFetch("still down", _end);
        var recovered = Succeed(failed, Fetch());

        Assert.Equal(("still down", 2, _wallClock), (failed.Problem, failed.Failures, failed.FetchedAt!.Value));
        Assert.Equal((null, 0), (recovered.Problem, recovered.Failures));
    }

    [Fact]
    public void Lookup_names_the_keys_that_were_searched_and_the_problem_of_the_last_download()
    {
        var found = WithKeys().FailFetch("down", _end).Find(TestKey.Access.Id);
        var missing = WithKeys().Find("x");
        var empty = KeySetState.Initial.Find("x");

        Assert.Equal((_keys, TestKey.Access.Id, "down"), (found.Keys, found.Key!.KeyId, found.Problem));
        Assert.Equal((_keys, null, null), (missing.Keys, missing.Key, missing.Problem));
        Assert.Equal((null, null, null), (empty.Keys, empty.Key, empty.Problem));
    }

    private static KeySetSnapshot Parse(TestKey key)
    {
        Assert.Null(KeySetParser.Parse(System.Text.Encoding.UTF8.GetBytes(TestKey.CreateKeySet(key)), out var keys));
        return keys!;
    }

    private static KeySetFetch Fetch(int at = 1_000, string? unknownKeyId = null) => new(TimeSpan.FromSeconds(at), unknownKeyId);

    private static KeySetState WithKeys() => Succeed(KeySetState.Initial, Fetch());

    private static KeySetState Succeed(KeySetState state, KeySetFetch fetch, int end = 1_002) =>
        state.StartFetch(fetch).EndFetch(fetch, _keys, _freshFor, TimeSpan.FromSeconds(end), _wallClock);

    private static KeySetState Fail(KeySetState state, int times) =>
        Enumerable.Range(0, times).Aggregate(state, (last, _) => last.StartFetch(Fetch()).FailFetch("down", _end));
}
