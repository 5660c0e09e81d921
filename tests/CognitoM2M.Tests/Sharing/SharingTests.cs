using System.Net;
using System.Text;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Sharing;

/// <summary>What processes that share a store make of each other's tokens.</summary>
public sealed class SharingTests : IAsyncDisposable
{
    private readonly SharedWorlds _fleet = new();

    [Fact]
    public async Task Process_that_starts_later_takes_the_token_of_the_first()
    {
        var first = await _fleet.GetAsync(_fleet.Start());
        _fleet.Advance(TimeSpan.FromMinutes(20));

        var second = _fleet.Start();

        Assert.Equal(first, await _fleet.GetAsync(second));
        Assert.Equal(1, _fleet.TokenRequests);
        Assert.Equal(second.Clock.GetUtcNow() + TimeSpan.FromMinutes(40), (await second.Provider.GetTokenAsync("orders")).ExpiresAt, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Fresh_token_is_handed_out_without_a_look_at_the_store()
    {
        var one = _fleet.Start();
        await _fleet.GetAsync(one);
        var another = _fleet.Start();
        await _fleet.GetAsync(another);
        var operations = _fleet.Store.Operations;

        for (var call = 0; call < 100; call++)
        {
            await one.GetTokenAsync();
            await another.GetTokenAsync();
        }

        Assert.Equal(operations, _fleet.Store.Operations);
    }

    [Fact]
    public async Task Ten_processes_that_call_all_the_time_make_one_request_for_each_token()
    {
        var worlds = Enumerable.Range(0, 10).Select(_ => _fleet.Start()).ToList();
        for (var minute = 0; minute < 600; minute++)
        {
            foreach (var world in worlds)
                await _fleet.GetSettledAsync(world);
            _fleet.Advance(TimeSpan.FromMinutes(1));
        }

        // Ten hours of tokens of one hour, each renewed at 85 % of its life.
        Assert.InRange(_fleet.TokenRequests, 10, 12);
    }

    [Fact]
    public async Task Process_that_finds_no_token_at_its_renewal_is_the_one_that_asks()
    {
        var world = _fleet.Start();
        await _fleet.GetAsync(world);

        _fleet.Advance(TimeSpan.FromMinutes(54));

        Assert.Equal("token-2", await _fleet.GetSettledAsync(world));
        Assert.Equal("token-2", await _fleet.GetAsync(_fleet.Start()));
    }

    [Fact]
    public async Task Forced_refresh_is_never_answered_from_the_store_and_the_others_get_what_it_brought()
    {
        var world = _fleet.Start();
        await _fleet.GetAsync(world);

        Assert.Equal("token-2", await _fleet.GetAsync(world, new CognitoTokenRequest { ForceRefresh = true }));

        Assert.Equal("token-2", await _fleet.GetAsync(_fleet.Start()));
    }

    [Fact]
    public async Task Token_that_the_api_rejected_does_not_come_back_from_the_store()
    {
        var one = _fleet.Start();
        var another = _fleet.Start();
        await _fleet.GetAsync(one);
        await _fleet.GetAsync(another);
        foreach (var world in (StubbedService[])[one, another])
        {
            world.OnApiCall = request => Task.FromResult(new HttpResponseMessage(
                request.Headers.Authorization!.Parameter == "token-1" ? HttpStatusCode.Unauthorized : HttpStatusCode.OK));
        }

        Assert.Equal(HttpStatusCode.OK, await _fleet.RunAsync(one.CallApiAsync()));
        Assert.Equal(HttpStatusCode.OK, await _fleet.RunAsync(another.CallApiAsync()));

        Assert.Equal(["Bearer token-1", "Bearer token-2"], another.ApiCalls);
        Assert.Equal(2, _fleet.TokenRequests);
    }

    [Fact]
    public async Task Old_and_new_secret_live_side_by_side()
    {
        var old = _fleet.Start();
        var withNew = _fleet.Start(configure: options => options.ClientSecret = "the2new3secret");
        await _fleet.GetAsync(old);
        await _fleet.GetAsync(withNew);

        Assert.Equal("token-1", await _fleet.GetAsync(_fleet.Start()));
        Assert.Equal("token-2", await _fleet.GetAsync(_fleet.Start(configure: options => options.ClientSecret = "the2new3secret")));
        Assert.Equal(2, _fleet.TokenRequests);
    }

    [Fact]
    public async Task Store_shows_neither_token_nor_secret_nor_client_nor_scopes()
    {
        await _fleet.GetAsync(_fleet.Start());

        Assert.NotEmpty(_fleet.Store.Entries);
        Assert.All(_fleet.Store.Entries, entry => Assert.All(
            ["token-1", StubbedService.Secret, "abc123", "orders", "acme-m2m"],
            text => Assert.DoesNotContain(text, entry.Key + Encoding.Latin1.GetString(entry.Value.Value), StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Entry_leaves_the_store_before_its_token_expires()
    {
        await _fleet.GetAsync(_fleet.Start());

        Assert.All(_fleet.Store.Entries.Values, entry => Assert.InRange(entry.ExpiresAt, TimeSpan.Zero, TimeSpan.FromMinutes(53)));
    }

    [Theory]
    [InlineData(-61)]
    [InlineData(-20)]
    [InlineData(-5)]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(61)]
    public async Task Wrong_clock_never_prolongs_the_life_of_a_token(int aheadByMinutes)
    {
        var right = _fleet.Start();
        var wrong = _fleet.Start(TimeSpan.FromMinutes(aheadByMinutes));
        var issuedAt = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);

        for (var minute = 0; minute < 300; minute += 2)
        {
            foreach (var world in (StubbedService[])[right, wrong])
            {
                // As calls see it, without waiting for what they set off; one of the two is idle for long at times.
                if (world == wrong && minute % 50 > 30)
                    continue;
                var token = await _fleet.GetAsync(world);
                issuedAt.TryAdd(token, _fleet.Clock.GetElapsedTime(0));
                Assert.InRange(_fleet.Clock.GetElapsedTime(0) - issuedAt[token], TimeSpan.Zero, TimeSpan.FromMinutes(60));
                await _fleet.GetSettledAsync(world);
            }

            _fleet.Advance(TimeSpan.FromMinutes(2));
        }

        // A process by itself makes six or seven.
        Assert.InRange(_fleet.TokenRequests, 5, 20);
    }

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();
}
