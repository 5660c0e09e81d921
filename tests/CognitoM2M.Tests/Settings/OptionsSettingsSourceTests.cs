using CognitoM2M.Settings;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using CognitoM2M.Time;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Tests.Settings;

/// <summary>How changed options are read.</summary>
public sealed class OptionsSettingsSourceTests
{
    [Fact]
    public async Task Client_that_was_restored_with_errors_keeps_its_token_for_30_seconds_after_the_next_removal()
    {
        await using var billing = new ConfiguredClient();
        await billing.GetTokenAsync();
        billing.Remove();
        await billing.GetTokenAsync();
        billing.Service.Clock.Advance(TimeSpan.FromSeconds(20));

        billing.Restore();
        billing.Change("Domain", "NOT VALID");
        await billing.GetTokenAsync();
        billing.Remove();
        await billing.GetTokenAsync();
        billing.Service.Clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal("token-1", await billing.GetTokenAsync());
    }

    [Fact]
    public async Task Errors_of_a_change_are_logged_one_after_the_other()
    {
        await using var billing = new ConfiguredClient();
        await billing.GetTokenAsync();

        billing.Change("FirstFetchAttempts", "9");
        billing.Change("MaxTokenRequestsPerSecond", "0");
        await billing.GetTokenAsync();

        Assert.Contains(billing.Log.Lines, line => line.Contains("between 1 and 5. Client 'billing'", StringComparison.Ordinal));
    }

    [Fact]
    public void Changes_are_not_followed_after_the_end()
    {
        var configuration = new ConfigurationBuilder().Build();
        var source = new OptionsSettingsSource(
            new OptionsFactory<CognitoM2MClientOptions>([], []),
            [new ConfigurationChangeTokenSource<CognitoM2MClientOptions>("orders", configuration)],
            new MonotonicClock(new ManualClock()), NullLogger.Instance);
        configuration.Reload();
        Assert.Equal(1, source.Version);

        source.Dispose();
        configuration.Reload();

        Assert.Equal(1, source.Version);
    }
}
