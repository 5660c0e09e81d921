namespace CognitoM2M.Cli.Tests.Commands;

public sealed class CostTests : ToolTestBase
{
    // A token of an hour is renewed after 48 minutes: 900 times in 30 days.
    [Theory]
    [InlineData("", null, 900, 900, 2.03)]
    [InlineData("--app-clients 3 --processes 20", null, 54_000, 2_700, 6.08)]
    [InlineData("--app-clients 3 --processes 20 --token-lifetime 1440", null, 2_280, 114, 0.26)]
    [InlineData("--processes 20 --calls 2000000", 2_000_000L, 18_000, 900, 2.03)]
    [InlineData("--processes 20 --calls 5000000000", 5_000_000_000, 18_000, 900, 2.03)]
    [InlineData("--app-clients 3 --processes 20 --calls 100", 100L, 100, 100, 0.23)]
    [InlineData("--requests 1000 --saved-requests 19000", null, 20_000, 1_000, 2.25)]
    [InlineData("--app-clients 2 --requests 1000 --usd-per-request 0.001 --usd-per-app-client 6", null, 1_000, 1_000, 13.0)]
    [InlineData("--app-clients 10000 --processes 100000 --token-lifetime 5", null, 10_800_000_000_000, 108_000_000, 243_000.0)]
    public async Task Token_requests_and_their_cost_follow_from_the_figures(
        string options, long? withoutCache, long withoutSharedTier, long withSharedTier, double usd)
    {
        var run = await RunAsync(["cost", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--json"]);

        Assert.Equal(ExitCode.Success, run.Code);
        var calls = run.Json.GetProperty("withoutCache");
        Assert.Equal(withoutCache, calls.ValueKind == System.Text.Json.JsonValueKind.Null ? null : calls.GetProperty("tokenRequests").GetInt64());
        Assert.Equal(withoutSharedTier, run.Json.GetProperty("withoutSharedTier").GetProperty("tokenRequests").GetInt64());
        Assert.Equal(withSharedTier, run.Json.GetProperty("withSharedTier").GetProperty("tokenRequests").GetInt64());
        Assert.Equal((decimal)usd, run.Json.GetProperty("withSharedTier").GetProperty("usd").GetDecimal());
    }

    [Fact]
    public async Task Text_shows_each_way_with_its_requests_and_cost()
    {
        var run = await RunAsync("cost", "--processes", "20", "--calls", "2000000");

        Assert.Equal(
            [
                "A month of 30 days                    token requests           USD",
                "a token request for each call              2,000,000      4,500.00",
                "a cache in each process                       18,000         40.50",
                "a shared tier                                    900          2.03",
            ],
            run.Output.TrimEnd().Split(Environment.NewLine));
        Assert.Contains("as of", (await RunAsync("cost", "--help")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--saved-requests 5", "--saved-requests has no effect without --requests.")]
    [InlineData("--requests 5 --calls 7", "--calls is for an estimate")]
    [InlineData("--requests 5 --processes 7", "--processes is for an estimate")]
    public async Task Figures_that_do_not_fit_together_are_refused(string options, string message)
    {
        var run = await RunAsync(["cost", .. options.Split(' ')]);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }
}
