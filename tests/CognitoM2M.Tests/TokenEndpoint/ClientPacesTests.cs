using CognitoM2M.Settings;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using CognitoM2M.Time;
using CognitoM2M.TokenEndpoint;

namespace CognitoM2M.Tests.TokenEndpoint;

/// <summary>Which clients set the pace of token requests to a host.</summary>
public sealed class ClientPacesTests
{
    private static readonly Uri _endpoint = new(StubbedService.TokenEndpoint);

    [Fact]
    public void Limits_of_clients_of_equal_names_in_two_providers_count_separately()
    {
        var clock = new ManualClock();
        using var slow = CreateClient(clock, limit: 1);
        using var fast = CreateClient(clock, limit: 120);

        Assert.Equal(1, CountAtOnce(clock));
    }

    [Fact]
    public void Limit_of_a_client_of_a_disposed_provider_does_not_count()
    {
        var clock = new ManualClock();
        using var fast = CreateClient(clock, limit: 120);
        CreateClient(clock, limit: 1).Dispose();

        Assert.Equal(24, CountAtOnce(clock));
    }

    [Fact]
    public async Task Changed_limit_of_a_client_counts_instead_of_its_former_limit()
    {
        await using var billing = CreateConfigured();
        billing.Change("MaxTokenRequestsPerSecond", "1");
        await billing.GetTokenAsync();

        billing.Change("MaxTokenRequestsPerSecond", "60");
        await billing.GetTokenAsync();

        Assert.Equal(12, CountAtOnce(billing.Service.Clock));
    }

    [Fact]
    public async Task Limit_of_a_client_that_moved_to_another_host_counts_for_that_host()
    {
        await using var billing = CreateConfigured();
        billing.Change("MaxTokenRequestsPerSecond", "1");
        await billing.GetTokenAsync();

        billing.Change("Domain", "other");
        await billing.GetTokenAsync();

        Assert.Equal(24, CountAtOnce(billing.Service.Clock));
        Assert.Equal(1, CountAtOnce(billing.Service.Clock, new Uri("https://other.auth.eu-west-1.amazoncognito.com/")));
    }

    [Fact]
    public async Task Limit_of_a_removed_client_does_not_count()
    {
        await using var billing = CreateConfigured();
        billing.Change("MaxTokenRequestsPerSecond", "1");
        await billing.GetTokenAsync();

        await billing.RemoveForGoodAsync();

        Assert.Equal(24, CountAtOnce(billing.Service.Clock));
    }

    [Fact]
    public async Task Limit_of_a_client_that_comes_back_counts_again()
    {
        await using var billing = CreateConfigured();
        await billing.GetTokenAsync();
        await billing.RemoveForGoodAsync();

        billing.Restore();
        billing.Service.Clock.Advance(TimeSpan.FromSeconds(1));
        billing.Change("MaxTokenRequestsPerSecond", "1");
        await billing.GetTokenAsync();

        Assert.Equal(1, CountAtOnce(billing.Service.Clock));
    }

    [Fact]
    public void Limit_counts_again_after_all_limits_were_taken_away_and_never_after_disposal()
    {
        var clock = new ManualClock();
        using var paces = new ClientPaces(RequestPacers.GetOfProcess(MonotonicClock.Find(clock)));
        using var fast = CreateClient(clock, limit: 120);
        paces.Set(CreateSettings(limit: 1));

        paces.Clear();
        Assert.Equal(24, CountAtOnce(clock));
        paces.Set(CreateSettings(limit: 1));
        Assert.Equal(1, CountAtOnce(clock));
        paces.Dispose();
        paces.Set(CreateSettings(limit: 1));

        Assert.Equal(24, CountAtOnce(clock));
    }

    [Fact]
    public void Client_that_moves_to_a_host_of_other_clients_leaves_no_limit_behind()
    {
        var clock = new ManualClock();
        var elsewhere = new Uri("https://other.auth.eu-west-1.amazoncognito.com/oauth2/token");
        using var paces = new ClientPaces(RequestPacers.GetOfProcess(MonotonicClock.Find(clock)));
        using var fast = CreateClient(clock, limit: 120);
        paces.Set(CreateSettings(limit: 2, elsewhere, name: "reports"));
        paces.Set(CreateSettings(limit: 1));

        paces.Set(CreateSettings(limit: 1, elsewhere));

        Assert.Equal(24, CountAtOnce(clock));
        Assert.Equal(1, CountAtOnce(clock, elsewhere));
    }

    private static AppClientSettings CreateSettings(int limit, Uri? endpoint = null, string name = "orders") => new(
        name, new() { TokenEndpoint = endpoint ?? _endpoint, ClientId = "orders", ClientSecret = StubbedService.Secret, MaxTokenRequestsPerSecond = limit });

    /// <summary>The client "billing" beside the client "orders", which has the limit 120.</summary>
    private static ConfiguredClient CreateConfigured()
    {
        var billing = new ConfiguredClient();
        billing.Service.Clients.GetClient("orders");
        return billing;
    }

    private static CognitoM2MClient CreateClient(ManualClock clock, int limit) => new(
        new() { TokenEndpoint = _endpoint, ClientId = "orders", ClientSecret = StubbedService.Secret, MaxTokenRequestsPerSecond = limit }, timeProvider: clock);

    /// <summary>How many requests may be sent to the host at one instant.</summary>
    private static int CountAtOnce(ManualClock clock, Uri? endpoint = null)
    {
        clock.Advance(TimeSpan.FromMinutes(1));
        var pacer = RequestPacers.GetOfProcess(MonotonicClock.Find(clock)).Find(endpoint ?? _endpoint);
        var count = 0;
        while (pacer.WaitForTurnAsync(CancellationToken.None).IsCompleted)
            count++;
        return count;
    }
}
