using System.Net;
using CognitoM2M.Emulator;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CognitoM2M.Testing.Tests.Docs;

/// <summary>The code of docs/testing.md, so that the compiler checks it. A test compares both.</summary>
public sealed class OrdersTests(CognitoFixture cognito) : IClassFixture<CognitoFixture>
{
    [Fact]
    public async Task Orders_need_the_scope_to_read()
    {
        Assert.Equal(HttpStatusCode.OK, await GetAsync("/orders", cognito.Token("orders/read")));
        Assert.Equal(HttpStatusCode.Forbidden, await GetAsync("/orders", cognito.Token("orders/write")));
    }

    [Fact]
    public async Task Bad_tokens_get_401()
    {
        foreach (var (name, token) in cognito.BadTokens.All("orders/read"))
            Assert.Equal((name, HttpStatusCode.Unauthorized), (name, await GetAsync("/orders", token)));
    }

    private async Task<HttpStatusCode> GetAsync(string path, string token)
    {
        await using var factory = new WebApplicationFactory<Program>();
        await using var api = factory.WithWebHostBuilder(host => host.ConfigureTestServices(services => services.UseCognito(cognito)));
        using var http = api.CreateClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        return response.StatusCode;
    }
}

/// <inheritdoc cref="OrdersTests"/>
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
