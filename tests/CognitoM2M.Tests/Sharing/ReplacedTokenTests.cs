using CognitoM2M.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Tests.Sharing;

/// <summary>A token that was rejected, or that a caller wants replaced, never comes back from the store as its own replacement.</summary>
[Collection(QuietThreadPool.Name)]
public sealed class ReplacedTokenTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Renewal_that_only_confirms_the_token_is_followed_by_a_fetch(bool forced)
    {
        await using var fleet = new StubbedFleet();
        await fleet.GetAsync(fleet.Start());
        fleet.Advance(TimeSpan.FromMinutes(5));
        var process = fleet.Start();
        await fleet.GetAsync(process);
        var token = await process.Provider.GetTokenAsync("orders");
        // The token of the other process is due to be confirmed. The store answers later.
        fleet.Advance(TimeSpan.FromMinutes(3));
        var answer = new TaskCompletionSource();
        fleet.Store.Before = _ => answer.Task;
        await process.Provider.GetTokenAsync("orders");
        Assert.NotNull(process.Entry.Fetching);

        var replacing = forced
            ? ForceAsync(process.Provider)
            : process.Provider.ReplaceRejectedTokenAsync("orders", token).AsTask();
        answer.SetResult();
        var newer = await fleet.RunAsync(replacing);

        Assert.NotNull(newer);
        Assert.NotEqual(token.Value, newer.Value);
    }

    [Fact]
    public async Task Token_of_former_settings_is_not_taken_from_the_store_after_it_was_rejected()
    {
        await using var fleet = new StubbedFleet();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["orders:FirstFetchAttempts"] = "3" }).Build();
        var process = fleet.Start(services: services => services.AddCognitoM2MClient("orders", configuration.GetSection("orders")));
        await fleet.GetAsync(process);
        var token = await process.Provider.GetTokenAsync("orders");
        configuration["orders:FirstFetchAttempts"] = "2";
        configuration.Reload();
        Assert.Equal(token.Value, await fleet.GetAsync(process));

        var newer = await fleet.RunAsync(process.Provider.ReplaceRejectedTokenAsync("orders", token).AsTask());

        Assert.NotNull(newer);
        Assert.NotEqual(token.Value, newer.Value);
    }

    private static async Task<CognitoAccessToken?> ForceAsync(ICognitoTokenProvider provider) =>
        await provider.GetTokenAsync("orders", new CognitoTokenRequest { ForceRefresh = true });
}
