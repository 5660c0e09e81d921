using System.Net;
using System.Text;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Sharing;

/// <summary>Processes that share a store use each other's tokens.</summary>
[Collection(QuietThreadPool.Name)]
public sealed class SharingTests : IAsyncDisposable
{
    private readonly StubbedFleet _fleet = new();

    [Fact]
    public async Task Process_that_starts_later_takes_the_token_of_the_first_process()
    {
        var first = await _fleet.GetAsync(_fleet.Start());
        _fleet.Advance(TimeSpan.FromMinutes(20));

        var second = _fleet.Start();

        Assert.Equal(first, await _fleet.GetAsync(second));
        Assert.Equal(1, _fleet.TokenRequests);
        Assert.Equal(second.Clock.GetUtcNow() + TimeSpan.FromMinutes(40), (await second.Provider.GetTokenAsync("orders")).ExpiresAt, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Fresh_token_is_returned_without_a_look_in_the_store()
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
        var processes = Enumerable.Range(0, 10).Select(_ => _fleet.Start()).ToList();
        for (var minute = 0; minute < 600; minute += 2)
        {
            foreach (var process in processes)
                await _fleet.GetRenewedAsync(process);
            _fleet.Advance(TimeSpan.FromMinutes(2));
        }

        // Ten hours, and tokens of one hour that are each renewed after 85 % of their lifetime.
        Assert.InRange(_fleet.TokenRequests, 10, 12);
    }

    [Fact]
    public async Task Process_that_renews_first_shares_the_new_token()
    {
        var process = _fleet.Start();
        await _fleet.GetAsync(process);

        _fleet.Advance(TimeSpan.FromMinutes(54));

        Assert.Equal("token-2", await _fleet.GetRenewedAsync(process));
        Assert.Equal("token-2", await _fleet.GetAsync(_fleet.Start()));
    }

    [Fact]
    public async Task Forced_refresh_always_asks_cognito_and_shares_the_new_token()
    {
        var process = _fleet.Start();
        await _fleet.GetAsync(process);

        Assert.Equal("token-2", await _fleet.GetAsync(process, new CognitoTokenRequest { ForceRefresh = true }));

        Assert.Equal("token-2", await _fleet.GetAsync(_fleet.Start()));
    }

    [Fact]
    public async Task Token_that_the_api_rejected_is_not_taken_from_the_store_again()
    {
        var one = _fleet.Start();
        var another = _fleet.Start();
        await _fleet.GetAsync(one);
        await _fleet.GetAsync(another);
        foreach (var process in (StubbedService[])[one, another])
        {
            process.OnApiCall = request => Task.FromResult(new HttpResponseMessage(
                request.Headers.Authorization!.Parameter == "token-1" ? HttpStatusCode.Unauthorized : HttpStatusCode.OK));
        }

        Assert.Equal(HttpStatusCode.OK, await _fleet.RunAsync(one.CallApiAsync()));
        Assert.Equal(HttpStatusCode.OK, await _fleet.RunAsync(another.CallApiAsync()));

        Assert.Equal(["Bearer token-1", "Bearer token-2"], another.ApiCalls);
        Assert.Equal(2, _fleet.TokenRequests);
    }

    [Fact]
    public async Task Processes_with_the_old_and_the_new_secret_share_tokens_among_themselves()
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
    public async Task Store_holds_no_readable_token_secret_client_or_scope()
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
    public async Task Wrong_wall_clock_never_prolongs_the_life_of_a_token(int aheadByMinutes)
    {
        var right = _fleet.Start();
        var wrong = _fleet.Start(TimeSpan.FromMinutes(aheadByMinutes));
        var issuedAt = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);

        for (var minute = 0; minute < 300; minute += 2)
        {
            foreach (var process in (StubbedService[])[right, wrong])
            {
                // A call does not wait for the renewal that it starts. The process with the wrong clock does not call for long times.
                if (process == wrong && minute % 50 > 30)
                    continue;
                var token = await _fleet.GetAsync(process);
                issuedAt.TryAdd(token, _fleet.Now);
                Assert.InRange(_fleet.Now - issuedAt[token], TimeSpan.Zero, TimeSpan.FromMinutes(60));
                await _fleet.GetRenewedAsync(process);
            }

            _fleet.Advance(TimeSpan.FromMinutes(2));
        }

        // A process that shares nothing makes six or seven requests.
        Assert.InRange(_fleet.TokenRequests, 5, 20);
    }

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();
}
