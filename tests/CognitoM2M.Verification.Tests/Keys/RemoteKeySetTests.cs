using System.Collections.Concurrent;
using System.Net;
using CognitoM2M.Verification.Keys;
using CognitoM2M.Verification.Tests.Support;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Verification.Tests.Keys;

/// <summary>Fetching, looking again, outages and rotation, on a clock that the test moves.</summary>
public sealed class RemoteKeySetTests : IDisposable
{
    private static readonly string _accessId = TestKey.Access.Id;

    private static readonly (string Name, Func<HttpRequestMessage, HttpResponseMessage> Answer, string Problem)[] _badAnswers =
    [
        ("redirect", _ => new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new Uri("https://evil.example/") } }, "its address answered 302"),
        ("redirect that was followed", _ => Answered("https://evil.example/keys?x=1"), "its address redirected to another one, 'https://evil.example/keys'"),
        ("404", _ => new HttpResponseMessage(HttpStatusCode.NotFound), "its address answered 404"),
        ("500", _ => new HttpResponseMessage(HttpStatusCode.InternalServerError), "its address answered 500"),
        ("204", _ => new HttpResponseMessage(HttpStatusCode.NoContent), "its address answered 204"),
        ("206", _ => new HttpResponseMessage(HttpStatusCode.PartialContent) { Content = new StringContent(TestKey.Set(TestKey.Access)) }, "its address answered 206"),
        ("HTML", _ => KeySetServer.Json("<html>Sign in</html>"), "it is text that is not JSON, or an object with a name twice"),
        ("nothing", _ => KeySetServer.Json(""), "it is text that is not JSON, or an object with a name twice"),
        ("an array", _ => KeySetServer.Json("[]"), "it is JSON that is not an object but an array"),
        ("other bytes", _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([0x1F, 0x8B, 0xFF, 0]) }, "it is text that is not UTF-8"),
        ("no keys", _ => KeySetServer.Json("""{"keys":[]}"""), "it holds no RSA key for RS256 signatures that has a kid and 2,048 bits or more"),
        ("no array", _ => KeySetServer.Json("{}"), "it has no array 'keys' of objects"),
        ("too long, and says so", _ => KeySetServer.Json(new string(' ', 256 * 1024) + TestKey.Set(TestKey.Access)), "it is longer than 256 KiB"),
        ("endless", _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new Endless(spaces: true)) }, "it is longer than 256 KiB"),
        ("a handler that fails", _ => throw new InvalidOperationException("mark"), "its address could not be reached (InvalidOperationException)"),
        ("a handler without an answer", _ => null!, "its address could not be reached (InvalidOperationException)"),
    ];

    public static TheoryData<string> BadAnswers { get; } = [.. _badAnswers.Select(bad => bad.Name)];

    private readonly World _world = new();
    private readonly RemoteKeySet _keys;

    public RemoteKeySetTests() => _keys = _world.CreateKeySet();

    [Fact]
    public async Task Many_callers_share_the_first_fetch()
    {
        var release = _world.Server.Hold();

        var callers = Enumerable.Range(0, 100).Select(_ => FindAsync(_accessId)).ToList();
        release.SetResult();

        Assert.All(await Task.WhenAll(callers), lookup => Assert.NotNull(lookup.Key));
        Assert.Equal(1, _world.Server.Requests);
    }

    [Fact]
    public async Task A_caller_who_gives_up_ends_nobody_elses_fetch()
    {
        var release = _world.Server.Hold();
        using var cancellation = new CancellationTokenSource();
        var impatient = FindAsync(_accessId, cancellation.Token);
        var patient = FindAsync(_accessId);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        release.SetResult();
        Assert.NotNull((await patient).Key);
        Assert.Equal(1, _world.Server.Requests);
    }

    [Theory]
    [InlineData(null, null, 3600)]
    [InlineData("max-age=900", null, 900)]
    [InlineData("public, max-age=900", null, 900)]
    [InlineData("max-age=900", 300, 600)]
    [InlineData("max-age=10", null, 300)]
    [InlineData("max-age=0", null, 300)]
    [InlineData("max-age=900", 899, 300)]
    [InlineData("max-age=900", 2_000_000_000, 300)]
    [InlineData("max-age=2147483647", null, 86_400)]
    [InlineData("no-store", null, 300)]
    [InlineData("no-cache", null, 300)]
    [InlineData("no-store, max-age=900", null, 300)]
    [InlineData("max-age=soon", null, 3600)]
    [InlineData("max-age=-5", null, 3600)]
    [InlineData("max-age=99999999999999999999", null, 3600)]
    public async Task Keys_are_looked_at_again_when_their_time_is_over_and_not_before(string? cacheControl, int? ageSeconds, int expectedSeconds)
    {
        var age = ageSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        _world.Server.OnRequest = (_, _) => Task.FromResult(KeySetServer.Json(_world.Server.KeySet, cacheControl, age));
        await FindAsync(_accessId);

        _world.Clock.Advance(TimeSpan.FromSeconds(expectedSeconds - 1));
        Assert.True(_keys.TryFind(_accessId, out _));
        Assert.Null(_keys.Fetching);

        _world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_keys.TryFind(_accessId, out _));
        await SettleAsync();
        Assert.Equal(2, _world.Server.Requests);
    }

    [Fact]
    public async Task Nobody_waits_for_the_second_look()
    {
        await FindAsync(_accessId);
        var release = _world.Server.Hold();
        _world.Clock.Advance(TimeSpan.FromHours(1));

        for (var i = 0; i < 100; i++)
            Assert.True(_keys.TryFind(_accessId, out var lookup) && lookup.Key is not null);

        Assert.NotNull(_keys.Fetching);
        release.SetResult();
        await SettleAsync();
        Assert.Equal(2, _world.Server.Requests);
    }

    [Fact]
    public async Task A_jump_of_the_wall_clock_makes_keys_neither_old_nor_young()
    {
        await FindAsync(_accessId);

        _world.Clock.JumpWallClock(TimeSpan.FromDays(400));

        Assert.True(_keys.TryFind(_accessId, out _));
        Assert.Null(_keys.Fetching);
    }

    [Fact]
    public async Task Known_keys_stay_in_use_through_an_outage_with_a_pause_between_attempts_and_one_line_in_the_log()
    {
        await FindAsync(_accessId);
        _world.Server.Fail();
        _world.Clock.Advance(TimeSpan.FromHours(1));

        List<double> attempts = [];
        for (var second = 0; second < 60; second++)
        {
            var before = _world.Server.Requests;
            Assert.True(_keys.TryFind(_accessId, out var lookup) && lookup.Key is not null);
            await SettleAsync();
            if (_world.Server.Requests > before)
                attempts.Add(second);
            _world.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([0, 10, 20, 30, 40, 50], attempts);
        Assert.Contains("Key set https://cognito-idp", Assert.Single(_world.Logged(LogLevel.Warning)), StringComparison.Ordinal);
        Assert.Equal("its address answered 503", _keys.Status.Problem);
        Assert.Equal(1, _keys.Status.UsableKeys);
    }

    [Fact]
    public async Task After_an_outage_all_is_as_before_and_the_next_outage_is_said_again()
    {
        await FindAsync(_accessId);
        for (var outage = 0; outage < 2; outage++)
        {
            _world.Server.Fail();
            _world.Clock.Advance(TimeSpan.FromHours(1));
            _keys.TryFind(_accessId, out _);
            await SettleAsync();
            Assert.NotNull(_keys.Status.Problem);

            _world.Server.Recover();
            _world.Clock.Advance(TimeSpan.FromSeconds(10));
            _keys.TryFind(_accessId, out _);
            await SettleAsync();
            Assert.Null(_keys.Status.Problem);
            Assert.Equal(_world.Clock.GetUtcNow(), _keys.Status.FetchedAt);
        }

        Assert.Equal(2, _world.Logged(LogLevel.Warning).Count());
        Assert.Equal(2, _world.Logged(LogLevel.Information).Count(line => line.Contains("was read again", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task After_a_day_and_an_hour_without_a_look_the_next_token_waits_for_one()
    {
        await FindAsync(_accessId);
        _world.Server.KeySet = TestKey.Set(TestKey.Next);
        _world.Clock.Advance(TimeSpan.FromHours(25));

        Assert.False(_keys.TryFind(_accessId, out _));
        Assert.Null(_keys.Current);
        Assert.Null((await FindAsync(_accessId)).Key);
    }

    [Fact]
    public async Task Keys_without_a_look_for_days_stay_in_use_if_the_look_fails()
    {
        await FindAsync(_accessId);
        _world.Server.Fail();
        _world.Clock.Advance(TimeSpan.FromDays(3));

        Assert.NotNull((await FindAsync(_accessId)).Key);
        Assert.True(_keys.TryFind(_accessId, out _));
        Assert.NotNull(_keys.Current);
    }

    [Fact]
    public async Task Failed_look_for_an_unknown_key_is_made_good_by_the_next_token()
    {
        await FindAsync(_accessId);
        _world.Server.Fail();
        await FindAsync("unknown");
        Assert.NotNull(_keys.Status.Problem);

        _world.Server.Recover();
        _world.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.True(_keys.TryFind(_accessId, out _));
        await SettleAsync();

        Assert.Null(_keys.Status.Problem);
    }

    [Fact]
    public async Task Without_keys_an_outage_is_answered_at_once_between_attempts_and_said_once_as_an_error()
    {
        _world.Server.Fail(HttpStatusCode.NotFound);

        List<double> attempts = [];
        for (var second = 0; second < 40; second++)
        {
            var before = _world.Server.Requests;
            var lookup = await FindAsync(_accessId);
            Assert.Null(lookup.Keys);
            Assert.Equal("its address answered 404", lookup.Problem);
            if (_world.Server.Requests > before)
                attempts.Add(second);
            _world.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([0, 1, 3, 7, 15, 25, 35], attempts);
        Assert.Single(_world.Logged(LogLevel.Error));
        Assert.Empty(_world.Logged(LogLevel.Warning));
    }

    [Fact]
    public async Task After_a_failed_first_fetch_keys_are_had_as_soon_as_the_pause_is_over()
    {
        _world.Server.Fail();
        await FindAsync(_accessId);
        _world.Server.Recover();

        Assert.Null((await FindAsync(_accessId)).Key);
        _world.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.NotNull((await FindAsync(_accessId)).Key);
    }

    [Fact]
    public async Task Loading_keys_ahead_keeps_to_the_pause_after_a_failure_too()
    {
        _world.Server.Fail(HttpStatusCode.NotFound);
        Assert.False(await _keys.LoadAsync(default));
        Assert.False(await _keys.LoadAsync(default));
        Assert.Equal(1, _world.Server.Requests);

        _world.Server.Recover();
        _world.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(await _keys.LoadAsync(default));
        Assert.True(await _keys.LoadAsync(default));
        Assert.Equal(2, _world.Server.Requests);
    }

    [Fact]
    public async Task A_fleeting_error_of_the_first_fetch_is_tried_once_more_for_those_who_wait()
    {
        _world.Server.OnRequest = (_, _) => _world.Server.Requests == 1
            ? throw new HttpRequestException("connection reset")
            : Task.FromResult(KeySetServer.Json(_world.Server.KeySet));

        Assert.NotNull((await FindAsync(_accessId)).Key);

        Assert.Equal(2, _world.Server.Requests);
        Assert.Empty(_world.Logged(LogLevel.Error));
    }

    [Fact]
    public async Task A_flood_of_unknown_key_ids_causes_one_fetch_in_ten_seconds()
    {
        await FindAsync(_accessId);
        _world.Clock.Advance(TimeSpan.FromMinutes(1));

        ConcurrentQueue<double> fetches = new();
        for (var tenth = 0; tenth < 600; tenth++)
        {
            var before = _world.Server.Requests;
            await Task.WhenAll(Enumerable.Range(0, 20).Select(i => FindAsync($"unknown-{tenth}-{i}")));
            if (_world.Server.Requests > before)
                fetches.Enqueue(tenth / 10.0);
            Assert.InRange(_world.Server.Requests - before, 0, 1);
            _world.Clock.Advance(TimeSpan.FromSeconds(0.1));
        }

        Assert.Equal([0, 10, 20, 30, 40, 50], fetches);
    }

    [Fact]
    public async Task A_flood_that_meets_a_verifier_without_keys_has_the_first_fetch_and_no_other_for_ten_seconds()
    {
        var release = _world.Server.Hold();
        var callers = Enumerable.Range(0, 200).Select(i => Task.Run(() => FindAsync($"unknown-{i}"))).ToList();
        release.SetResult();
        await Task.WhenAll(callers);

        await FindAsync("another");

        Assert.Equal(1, _world.Server.Requests);
        _world.Clock.Advance(TimeSpan.FromSeconds(10));
        await FindAsync("another");
        Assert.Equal(2, _world.Server.Requests);
    }

    [Fact]
    public async Task An_unknown_key_id_whose_sender_gives_up_counts_all_the_same()
    {
        var release = _world.Server.Hold();
        using var cancellation = new CancellationTokenSource();
        var impatient = FindAsync("unknown", cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        release.SetResult();
        await SettleAsync();

        await FindAsync("unknown");

        Assert.Equal(1, _world.Server.Requests);
    }

    [Fact]
    public async Task A_flood_in_an_outage_causes_one_fetch_in_ten_seconds_and_leaves_known_keys_alone()
    {
        await FindAsync(_accessId);
        _world.Server.Fail();

        List<double> attempts = [];
        for (var second = 0; second < 30; second++)
        {
            var before = _world.Server.Requests;
            Assert.Null((await FindAsync($"unknown-{second}")).Key);
            Assert.True(_keys.TryFind(_accessId, out var lookup) && lookup.Key is not null);
            await SettleAsync();
            if (_world.Server.Requests > before)
                attempts.Add(second);
            _world.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([0, 10, 20], attempts);
        Assert.Equal(4, _world.Server.Requests);
        Assert.Single(_world.Logged(LogLevel.Warning));
    }

    [Fact]
    public async Task Keys_that_fall_due_during_a_fetch_that_fails_wait_for_the_pause()
    {
        await FindAsync(_accessId);
        _world.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        var release = new TaskCompletionSource();
        _world.Server.OnRequest = async (_, cancellationToken) =>
        {
            await release.Task.WaitAsync(cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        };
        var stranger = FindAsync("unknown");
        _world.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(_keys.TryFind(_accessId, out _));
        release.SetResult();
        await stranger;

        Assert.True(_keys.TryFind(_accessId, out _));
        Assert.Null(_keys.Fetching);
        _world.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.True(_keys.TryFind(_accessId, out _));
        await SettleAsync();

        Assert.Equal(3, _world.Server.Requests);
    }

    [Fact]
    public async Task A_key_that_was_just_published_is_found_without_waiting_for_the_second_look()
    {
        await FindAsync(_accessId);
        _world.Server.KeySet = TestKey.Set(TestKey.Access, TestKey.Next);

        Assert.False(_keys.TryFind(TestKey.Next.Id, out _));
        Assert.NotNull((await FindAsync(TestKey.Next.Id)).Key);

        Assert.True(_keys.TryFind(_accessId, out _));
        Assert.Equal(2, _world.Server.Requests);
    }

    [Fact]
    public async Task A_caller_who_comes_while_others_fetch_what_lacks_his_key_causes_a_fetch_of_his_own()
    {
        await FindAsync(_accessId);
        _world.Clock.Advance(TimeSpan.FromHours(1));
        var release = _world.Server.Hold();
        _keys.TryFind(_accessId, out _);
        var newcomer = FindAsync(TestKey.Next.Id);
        _world.Server.OnRequest = (_, _) => Task.FromResult(KeySetServer.Json(TestKey.Set(TestKey.Access, TestKey.Next)));

        release.SetResult();

        Assert.NotNull((await newcomer).Key);
        Assert.Equal(1, _world.Server.MostAtOnce);
    }

    [Fact]
    public async Task A_slow_server_is_given_five_seconds()
    {
        _world.Server.Hold();
        var caller = FindAsync(_accessId);
        while (_world.Server.Requests == 0)
            await Task.Yield();

        _world.Clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.NotNull(_keys.Fetching);
        _world.Clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal("its address did not answer in time", (await caller).Problem);
        Assert.Equal(1, _world.Server.Requests);
    }

    [Fact]
    public async Task A_server_that_stops_in_the_middle_of_its_answer_is_given_five_seconds()
    {
        _world.Server.OnRequest = (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new Endless()) });
        var caller = FindAsync(_accessId);
        while (_world.Clock.NextTimerIn > TimeSpan.FromSeconds(5) || _world.Server.Requests == 0)
            await Task.Yield();

        _world.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("its address did not answer in time", (await caller).Problem);
    }

    [Fact]
    public async Task A_handler_that_does_not_notice_cancellation_is_left_behind()
    {
        var never = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _world.Server.OnRequest = (_, _) => never.Task;
        var caller = FindAsync(_accessId);
        while (_world.Server.Requests == 0)
            await Task.Yield();

        _world.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("its address did not answer in time", (await caller).Problem);
        _world.Server.Recover();
        _world.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.NotNull((await FindAsync(_accessId)).Key);
        never.SetResult(new HttpResponseMessage());
    }

    [Theory]
    [MemberData(nameof(BadAnswers))]
    public async Task What_is_no_key_set_is_not_used_and_the_keys_held_are(string name)
    {
        var (_, answer, problem) = _badAnswers.Single(bad => bad.Name == name);
        await FindAsync(_accessId);
        _world.Server.OnRequest = (request, _) => Task.FromResult(answer(request));
        _world.Clock.Advance(TimeSpan.FromHours(1));

        _keys.TryFind(_accessId, out _);
        await SettleAsync();

        Assert.True(_keys.TryFind(_accessId, out var lookup) && lookup.Key is not null);
        Assert.Equal(problem, _keys.Status.Problem);
    }

    [Fact]
    public async Task A_key_set_as_long_as_may_be_is_read()
    {
        var keySet = TestKey.Set(TestKey.Access);
        _world.Server.KeySet = keySet + new string(' ', (256 * 1024) - keySet.Length);

        Assert.NotNull((await FindAsync(_accessId)).Key);
    }

    [Fact]
    public async Task A_factory_that_gives_no_client_is_a_failed_fetch()
    {
        var keys = new RemoteKeySet(
            new KeySetDownload(new Uri("https://x.example/"), () => throw new InvalidOperationException("no client"), _world.Clock), isUsual: true, _world.Clock, _world.Log, default);

        var lookup = await keys.FindAsync(_accessId, default);

        Assert.Equal("its address could not be reached (InvalidOperationException)", lookup.Problem);
    }

    [Fact]
    public async Task A_logger_that_throws_leaves_nobody_waiting()
    {
        var keys = new RemoteKeySet(
            new KeySetDownload(new Uri("https://x.example/"), _world.Server.CreateClient, _world.Clock), isUsual: true, _world.Clock, new Throwing(), default);

        Assert.NotNull((await keys.FindAsync(_accessId, default)).Key);
    }

    [Fact]
    public async Task A_key_set_that_is_the_same_stays_the_same_object_whatever_its_order()
    {
        _world.Server.KeySet = TestKey.Set(TestKey.Access, TestKey.Next);
        await FindAsync(_accessId);
        var before = _keys.Current;
        _world.Server.KeySet = TestKey.Set(TestKey.Next.Jwk.With("note", "1"), TestKey.Access);
        _world.Clock.Advance(TimeSpan.FromHours(1));
        _keys.TryFind(_accessId, out _);
        await SettleAsync();

        Assert.Same(before, _keys.Current);
        Assert.Equal(2, _world.Server.Requests);
        Assert.Single(_world.Logged(LogLevel.Information));
    }

    [Fact]
    public async Task A_key_that_changed_under_its_kid_or_was_withdrawn_makes_another_object()
    {
        await FindAsync(_accessId);
        var before = _keys.Current;
        foreach (var keySet in (string[])[TestKey.Set(TestKey.Access.Jwk.WithText("e", "Aw")), TestKey.Set(TestKey.Attacker.Jwk.WithText("kid", _accessId)), TestKey.Set(TestKey.Next)])
        {
            _world.Server.KeySet = keySet;
            _world.Clock.Advance(TimeSpan.FromHours(1));
            _ = _keys.Current;
            await SettleAsync();

            Assert.NotSame(before, _keys.Current);
            before = _keys.Current;
        }

        Assert.Null((await FindAsync(_accessId)).Key);
    }

    [Fact]
    public async Task The_end_of_the_verifier_ends_a_fetch_under_way()
    {
        using var stopping = new CancellationTokenSource();
        var keys = _world.CreateKeySet(stopping.Token);
        _world.Server.Hold();
        var caller = keys.FindAsync(_accessId, default).AsTask();

        await stopping.CancelAsync();

        Assert.Null((await caller).Keys);
        Assert.Empty(_world.Log.Lines);
    }

    [Fact]
    public async Task Whatever_many_threads_do_at_once_there_is_one_fetch_at_a_time_and_an_answer_for_each()
    {
        _world.Server.OnRequest = async (_, _) =>
        {
            await Task.Yield();
            var n = _world.Server.Requests;
            return n % 3 == 0 ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) : KeySetServer.Json(TestKey.Set(TestKey.Access, TestKey.Next.Jwk.WithText("kid", $"k{n}")));
        };
        var answers = 0;

        await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(async () =>
        {
            var random = new Random(worker);
            for (var i = 0; i < 300; i++)
            {
                using var cancellation = new CancellationTokenSource();
                if (random.Next(10) == 0)
                    await cancellation.CancelAsync();
                if (random.Next(20) == 0)
                    _world.Clock.Advance(TimeSpan.FromMilliseconds(random.Next(4_000)));
                try
                {
                    var wanted = random.Next(3) == 0 ? $"k{random.Next(300)}" : _accessId;
                    if (random.Next(2) == 0)
                        _keys.TryFind(wanted, out _);
                    else
                        await _keys.FindAsync(wanted, cancellation.Token);
                }
                catch (OperationCanceledException)
                {
                }

                Interlocked.Increment(ref answers);
            }
        })));

        await SettleAsync();
        Assert.Equal(16 * 300, answers);
        Assert.Equal(1, _world.Server.MostAtOnce);
    }

    public void Dispose() => _world.Dispose();

    private static HttpResponseMessage Answered(string address)
    {
        var response = KeySetServer.Json(TestKey.Set(TestKey.Access));
        response.RequestMessage = new HttpRequestMessage(HttpMethod.Get, address);
        return response;
    }

    private Task<KeyLookup> FindAsync(string keyId, CancellationToken cancellationToken = default) => _keys.FindAsync(keyId, cancellationToken).AsTask();

    private async Task SettleAsync()
    {
        while (_keys.Fetching is { } fetching)
            await fetching;
    }

    /// <summary>A body that never ends: with spaces at once, else with nothing at all until it is cancelled.</summary>
    private sealed class Endless(bool spaces = false) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!spaces)
                await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            buffer.Span.Fill((byte)' ');
            return buffer.Length;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    private sealed class Throwing : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException("The disk is full.");
    }
}
