using CognitoM2M.Tests.Support;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Tests.Sharing;

/// <summary>How the cache of the container becomes the cache of a client.</summary>
[Collection(QuietThreadPool.Name)]
public sealed class DistributedCacheRegistrationTests
{
    private readonly FakeStore _store = new(new CognitoM2M.Testing.ManualClock());

    [Theory]
    [InlineData(null)]
    [InlineData("tokens")]
    public void Client_uses_the_cache_of_the_container(string? key)
    {
        var services = new ServiceCollection();
        if (key is null)
            services.AddSingleton<IDistributedCache>(_store);
        else
            services.AddKeyedSingleton<IDistributedCache>(key, _store);
        services.AddCognitoM2MClient("orders", Configure).UseDistributedCache(key);
        services.AddCognitoM2MClient("billing", Configure);
        using var provider = services.BuildServiceProvider();

        Assert.Same(_store, Options(provider, "orders").DistributedCache);
        Assert.Null(Options(provider, "billing").DistributedCache);
    }

    [Fact]
    public void All_clients_use_the_cache_except_a_client_that_has_another_cache()
    {
        var another = new FakeStore(new CognitoM2M.Testing.ManualClock());
        var services = new ServiceCollection();
        services.AddSingleton<IDistributedCache>(_store);
        services.AddCognitoM2MDistributedCache();
        services.AddCognitoM2MClient("orders", Configure);
        services.AddCognitoM2MClient("billing", options =>
        {
            Configure(options);
            options.DistributedCache = another;
        });
        using var provider = services.BuildServiceProvider();

        Assert.Same(_store, Options(provider, "orders").DistributedCache);
        Assert.Same(another, Options(provider, "billing").DistributedCache);
    }

    [Fact]
    public async Task Client_without_a_container_shares_tokens_too()
    {
        await using var fleet = new StubbedFleet();
        await fleet.GetAsync(fleet.Start());
        var options = new CognitoM2MClientOptions { Scopes = ["orders/read"], DistributedCache = fleet.Store };
        Configure(options);
        using var client = new CognitoM2MClient(options, timeProvider: fleet.Clock);

        Assert.Equal("token-1", (await client.GetTokenAsync()).Value);
    }

    private static void Configure(CognitoM2MClientOptions options)
    {
        options.Domain = "acme-m2m";
        options.Region = "eu-west-1";
        options.ClientId = "abc123";
        options.ClientSecret = StubbedService.Secret;
    }

    private static CognitoM2MClientOptions Options(IServiceProvider services, string name) =>
        services.GetRequiredService<IOptionsFactory<CognitoM2MClientOptions>>().Create(name);
}
