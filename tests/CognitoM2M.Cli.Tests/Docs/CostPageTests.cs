using System.Globalization;
using CognitoM2M.Cli.Costs;
using CognitoM2M.Shared;
using CognitoM2M.Testing;

namespace CognitoM2M.Cli.Tests.Docs;

/// <summary>The command <c>cost</c> gives the figures in docs/cost.md.</summary>
public sealed class CostPageTests
{
    private static readonly string _page = Checkout.Read("docs/cost.md");

    [Fact]
    public void Page_has_the_prices_of_the_command()
    {
        Assert.Contains($"as of {Prices.AsOf}", _page, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"| {Prices.Default.PerTokenRequest} for each of the first 250,000 in a month"), _page, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"| an app client for machine tokens | {Prices.Default.PerAppClient} |"), _page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one worker", 1, 1, 60, false)]
    [InlineData("a service with 20 processes, a cache in each", 1, 20, 60, false)]
    [InlineData("the same with the [shared tier](fleet.md)", 1, 20, 60, true)]
    [InlineData("the same with tokens that live for a day, and the shared tier", 1, 20, 1440, true)]
    [InlineData("50 services with 4 processes each, a cache in each", 50, 4, 60, false)]
    [InlineData("the same with the shared tier", 50, 4, 60, true)]
    public void Example_has_the_figures_of_the_command(string setting, int appClients, int processes, int minutes, bool isShared)
    {
        var estimate = TokenRequests.Estimate(appClients, processes, TimeSpan.FromMinutes(minutes), calls: null);
        var requests = isShared ? estimate.WithSharedTier : estimate.WithoutSharedTier;

        var row = string.Create(CultureInfo.InvariantCulture, $"| {setting} | {requests:N0} | {Prices.Default.Calculate(requests, appClients):N2} |");

        Assert.Contains(row, _page, StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_without_a_cache_have_the_figures_of_the_command() =>
        Assert.Contains($"| 2,000,000 | up to {Prices.Default.Calculate(2_000_000, 1).ToString("N2", CultureInfo.InvariantCulture)} |", _page, StringComparison.Ordinal);
}
