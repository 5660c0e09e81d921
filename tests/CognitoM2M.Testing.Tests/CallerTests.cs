using CognitoM2M.Emulator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CognitoM2M.Testing.Tests;

/// <summary>A service under test that calls an API with tokens.</summary>
public sealed class CallerTests
{
    [Theory]
    [InlineData(CognitoTokenRoute.OAuth2)]
    [InlineData(CognitoTokenRoute.GetClientToken)]
    public async Task Client_with_production_settings_gets_its_tokens_from_the_fixture(CognitoTokenRoute route)
    {
        await using var cognito = await CognitoFixture.StartAsync();
        await using var services = CreateServices(cognito, options => options.Route = route);

        var token = await services.GetRequiredService<ICognitoTokenProvider>().GetTokenAsync("orders");

        Assert.Equal(["orders/read", "https://api.example.com/orders/write"], token.Scopes);
        Assert.Equal(1, cognito.Emulator.TokenRequests.Count("1example23456789abcdefghij", route == CognitoTokenRoute.OAuth2 ? EmulatedTokenRoute.OAuth2 : EmulatedTokenRoute.GetClientToken));
    }

    [Fact]
    public async Task Secrets_of_the_settings_are_not_used()
    {
        await using var cognito = await CognitoFixture.StartAsync();
        await using var services = CreateServices(cognito, options =>
        {
            options.ClientSecret = null;
            options.ClientSecretFile = "/run/secrets/that-does-not-exist";
        });

        await services.GetRequiredService<ICognitoTokenProvider>().GetTokenAsync("orders");
    }

    [Fact]
    public async Task User_of_the_settings_is_signed_in_without_the_password_of_production()
    {
        await using var cognito = await CognitoFixture.StartAsync();
        cognito.UserPool.CreateGroup("robots");
        cognito.UserPool.CreateUser("robot", new EmulatedUserOptions { Groups = ["robots"] });
        await using var services = CreateServices(cognito, Configure);
        await using var other = CreateServices(cognito, Configure);

        foreach (var service in new[] { services, other })
        {
            var token = await service.GetRequiredService<ICognitoTokenProvider>().GetTokenAsync("orders");
            Assert.Equal(["aws.cognito.signin.user.admin"], token.Scopes);
        }

        Assert.Equal(["robots"], cognito.UserPool.FindUser("robot")!.Groups);

        static void Configure(CognitoM2MClientOptions options)
        {
            options.Route = CognitoTokenRoute.UserPassword;
            options.Scopes = [];
            options.ClientSecret = null;
            options.Username = "robot";
            options.PasswordFile = "/run/secrets/that-does-not-exist";
        }
    }

    [Fact]
    public async Task Services_that_share_a_fixture_share_the_app_client()
    {
        await using var cognito = await CognitoFixture.StartAsync();
        await using var first = CreateServices(cognito);
        await using var second = CreateServices(cognito, options => options.Scopes = ["orders/delete"]);

        await first.GetRequiredService<ICognitoTokenProvider>().GetTokenAsync("orders");
        var token = await second.GetRequiredService<ICognitoTokenProvider>().GetTokenAsync("orders");

        Assert.Equal(["orders/delete"], token.Scopes);
        Assert.Equal(2, cognito.UserPool.AppClients.Count);
    }

    [Fact]
    public async Task Client_without_id_and_with_an_unusual_name_gets_a_token()
    {
        await using var cognito = await CognitoFixture.StartAsync();
        var services = new ServiceCollection();
        services.AddCognitoM2MClient("tenant/ä: 1", options => options.BaseAddress = new Uri("https://api.example.com/"));
        await using var provider = services.UseCognito(cognito).BuildServiceProvider();

        Assert.Equal(["tests/any"], (await provider.GetRequiredService<ICognitoTokenProvider>().GetTokenAsync("tenant/ä: 1")).Scopes);
    }

    [Fact]
    public async Task Unregistered_name_fails_as_in_production()
    {
        await using var cognito = await CognitoFixture.StartAsync();
        await using var services = CreateServices(cognito);

        await Assert.ThrowsAsync<OptionsValidationException>(async () =>
            await services.GetRequiredService<ICognitoTokenProvider>().GetTokenAsync("other"));
    }

    [Fact]
    public async Task Scope_of_a_single_request_is_refused_until_it_is_allowed()
    {
        await using var cognito = await CognitoFixture.StartAsync();
        await using var services = CreateServices(cognito);
        var tokens = services.GetRequiredService<ICognitoTokenProvider>();
        var refusal = await Assert.ThrowsAsync<CognitoTokenException>(async () =>
            await tokens.GetTokenAsync("orders", new CognitoTokenRequest { Scopes = ["orders/archive"] }));
        Assert.Equal("invalid_scope", refusal.Error);

        cognito.AllowScopes("orders/archive", "stock/read");

        Assert.Equal(["stock/read"], (await tokens.GetTokenAsync("orders", new CognitoTokenRequest { Scopes = ["stock/read"] })).Scopes);
    }

    [Fact]
    public async Task Renewal_is_seen_with_a_fake_clock()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60));
        await using var cognito = await CognitoFixture.StartAsync(new() { TimeProvider = clock });
        await using var services = CreateServices(cognito);
        var tokens = services.GetRequiredService<ICognitoTokenProvider>();
        var first = await tokens.GetTokenAsync("orders");

        clock.Advance(TimeSpan.FromHours(1));
        var second = await tokens.GetTokenAsync("orders");

        Assert.NotEqual(first.Value, second.Value, StringComparer.Ordinal);
        Assert.Equal(clock.GetUtcNow().AddHours(1), second.ExpiresAt, TimeSpan.FromSeconds(1));
        Assert.Equal(2, cognito.Emulator.TokenRequests.Total);
    }

    [Fact]
    public async Task Faults_of_the_emulator_reach_the_service()
    {
        await using var cognito = await CognitoFixture.StartAsync();
        await using var services = CreateServices(cognito);
        cognito.Emulator.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.OAuthError("invalid_client"));

        var refusal = await Assert.ThrowsAsync<CognitoTokenException>(async () =>
            await services.GetRequiredService<ICognitoTokenProvider>().GetTokenAsync("orders"));

        Assert.Equal("invalid_client", refusal.Error);
    }

    private static ServiceProvider CreateServices(CognitoFixture cognito, Action<CognitoM2MClientOptions>? change = null)
    {
        var services = new ServiceCollection().UseCognito(cognito);
        services.AddCognitoM2MClient("orders", options =>
        {
            options.Domain = "acme-m2m";
            options.Region = "eu-central-1";
            options.ClientId = "1example23456789abcdefghij";
            options.ClientSecret = "a-secret-of-production";
            options.Scopes = ["orders/read", "https://api.example.com/orders/write"];
            options.BaseAddress = new Uri("https://api.example.com/");
            // A busy machine may take long for a token.
            options.AttemptTimeout = TimeSpan.FromMinutes(1);
            change?.Invoke(options);
        });
        return services.BuildServiceProvider();
    }
}
