using CognitoM2M.Emulator;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CognitoM2M.Testing.Tests.Docs;

/// <summary>The parts of files that docs/testing.md shows. A test compares both. Whole files on the page are run by <c>.ci/getting-started</c>.</summary>
public sealed class CallingServiceTests
{
    private static IConfiguration CreateConfiguration() => new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["CognitoM2M:Clients:orders:Domain"] = "acme-m2m",
        ["CognitoM2M:Clients:orders:Region"] = "eu-west-1",
        ["CognitoM2M:Clients:orders:ClientId"] = "1example23456789abcdefghij",
        ["CognitoM2M:Clients:orders:BaseAddress"] = "https://api.example.com/",
    }).Build();

    [Fact]
    public async Task Client_gets_its_token_after_two_errors()
    {
        await using var cognito = await CognitoFixture.StartAsync();
        var configuration = CreateConfiguration();
        var services = new ServiceCollection();
        services.AddCognitoM2MClient("orders", configuration.GetSection("CognitoM2M:Clients:orders"));
        services.UseCognito(cognito);

        cognito.Emulator.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.Status(503) with { Times = 2 });

        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<ICognitoTokenProvider>().GetTokenAsync("orders");
        Assert.Equal(3, cognito.Emulator.TokenRequests.Total);
    }

    [Fact]
    public async Task Token_is_renewed_by_a_fake_clock()
    {
        var configuration = CreateConfiguration();
        var services = new ServiceCollection();
        services.AddCognitoM2MClient("orders", configuration.GetSection("CognitoM2M:Clients:orders"));

        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var cognito = await CognitoFixture.StartAsync(new() { TimeProvider = clock });
        await using var provider = services.UseCognito(cognito).BuildServiceProvider();
        var tokens = provider.GetRequiredService<ICognitoTokenProvider>();

        await tokens.GetTokenAsync("orders");
        clock.Advance(TimeSpan.FromHours(1));
        await tokens.GetTokenAsync("orders");

        Assert.Equal(2, cognito.Emulator.TokenRequests.Total);
    }

    [Fact]
    public async Task Fake_provider_gives_what_the_test_sets()
    {
        var tokens = new FakeCognitoTokenProvider();
        tokens.Token = new CognitoAccessToken("abc", DateTimeOffset.MaxValue, ["orders/read"]);
        tokens.Replacement = new CognitoAccessToken("def", DateTimeOffset.MaxValue);
        tokens.Failure = new CognitoTokenException("orders", "invalid_client", "The client secret is wrong.");

        await Assert.ThrowsAsync<CognitoTokenException>(async () => await tokens.GetTokenAsync("orders"));
        Assert.Equal("def", (await tokens.ReplaceRejectedTokenAsync("orders", tokens.Token))!.Value);
    }
}
