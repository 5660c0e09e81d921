using CognitoM2M.Cache;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Cache;

/// <summary>What the callers of one entry do when an API rejects the token, and when they demand a new one.</summary>
public sealed class TokenEntryReplacementTests : TokenEntryTest
{
    [Fact]
    public async Task Callers_that_reject_the_token_of_a_renewal_in_flight_share_one_further_fetch()
    {
        var held = await HoldTokenAsync();
        StartRenewal(after: TimeSpan.FromMinutes(52));
        var first = ReplaceAsync(held);
        var second = ReplaceAsync(held);

        await Fetcher.EndAsync(2, CreateToken("held"));
        Assert.Equal("held", (await Fetcher.WaitForAsync(3)).NotThis!.Value);
        await Fetcher.EndAsync(3, CreateToken("newer"));

        Assert.Equal("newer", (await first)!.Token.Value);
        Assert.Equal("newer", (await second)!.Token.Value);
        Assert.Equal(3, Fetcher.Count);
    }

    [Fact]
    public async Task Rejected_token_that_a_renewal_confirms_is_not_replaced_again_within_thirty_seconds()
    {
        var held = await ReplaceOnceAsync(lifetime: TimeSpan.FromSeconds(30));
        StartRenewal(after: TimeSpan.FromSeconds(25));
        var rejected = ReplaceAsync(held);

        await Fetcher.EndAsync(3, CreateToken("replacement"));

        Assert.Null(await rejected);
        Assert.Equal(3, Fetcher.Count);
    }

    [Fact]
    public async Task Forced_refresh_asks_again_if_the_renewal_in_flight_gets_the_same_token_within_thirty_seconds_of_a_replacement()
    {
        await ReplaceOnceAsync(lifetime: TimeSpan.FromSeconds(30));
        StartRenewal(after: TimeSpan.FromSeconds(25));
        var forced = RefreshAsync();

        await Fetcher.EndAsync(3, CreateToken("replacement"));
        await Fetcher.EndAsync(4, CreateToken("newest"));

        Assert.Equal("newest", (await forced).Token.Value);
    }

    [Fact]
    public async Task Forced_refresh_is_not_repeated_if_cognito_gives_the_same_token_again()
    {
        await HoldTokenAsync();
        var forced = RefreshAsync();

        await Fetcher.EndAsync(2, CreateToken("held"));
        await Task.WhenAny(forced, Fetcher.WaitForAsync(3));

        Assert.Equal(2, Fetcher.Count);
        Assert.Equal("held", (await forced).Token.Value);
    }

    [Fact]
    public async Task Rejected_token_that_cognito_gives_again_is_not_asked_for_again()
    {
        var rejected = ReplaceAsync(await HoldTokenAsync());

        await Fetcher.EndAsync(2, CreateToken("held"));
        await Task.WhenAny(rejected, Fetcher.WaitForAsync(3));

        Assert.Equal(2, Fetcher.Count);
        Assert.Null(await rejected);
    }

    [Fact]
    public async Task Newer_token_of_a_renewal_replaces_a_rejected_token_without_a_request()
    {
        var rejected = await HoldTokenAsync();
        StartRenewal(after: TimeSpan.FromMinutes(52));
        await Fetcher.EndAsync(2, CreateToken("renewed"));
        await WaitForFetchAsync();

        var newer = ReplaceAsync(rejected);

        Assert.True(newer.IsCompletedSuccessfully);
        Assert.Equal("renewed", (await newer)!.Token.Value);
        Assert.Null(Entry.Fetching);
    }

    private async Task<HeldToken> ReplaceOnceAsync(TimeSpan lifetime)
    {
        var replaced = ReplaceAsync(await HoldTokenAsync());
        await Fetcher.EndAsync(2, CreateToken("replacement", lifetime: lifetime));
        return (await replaced)!;
    }

    private void StartRenewal(TimeSpan after)
    {
        Clock.Advance(after);
        Assert.True(GetAsync(TimeSpan.Zero).IsCompletedSuccessfully);
        Assert.NotNull(Entry.Fetching);
    }

    private Task<HeldToken> RefreshAsync() => Entry.RefreshAsync(CreateCaller(TimeSpan.Zero)).AsTask();

    private Task<HeldToken?> ReplaceAsync(HeldToken rejected) => Entry.ReplaceAsync(rejected.Token, "api", CreateCaller(TimeSpan.Zero)).AsTask();

    private async Task WaitForFetchAsync()
    {
        while (Entry.Fetching is { } fetching)
            await fetching;
    }
}
