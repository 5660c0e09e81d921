using System.Net;
using CognitoM2M.Http;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Tests.Http;

/// <summary>The hot path, gated by bytes: they do not depend on how busy the machine is.</summary>
[Collection(EveryMeter.Name)]
public sealed class AllocationTests : IAsyncDisposable
{
    private static readonly Uri _address = new("https://api.example.com/orders");

    private readonly World _world = new();

    [Fact]
    public async Task Handler_with_a_held_token_allocates_what_the_header_write_itself_does()
    {
        await _world.GetTokenAsync();
        using var ours = new HttpMessageInvoker(new CognitoTokenHandler(_world.Clients.GetClient("orders")) { InnerHandler = new Answering() });
        using var constant = new HttpMessageInvoker(new ConstantHeader { InnerHandler = new Answering() });

        var expected = BytesPerCall(constant);
        var actual = BytesPerCall(ours);

        Assert.True(expected > 0);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public async Task Handler_with_scopes_of_its_own_allocates_no_more()
    {
        var client = _world.Clients.CreateClient("orders", new CognitoTokenRequest { Scopes = ["orders/write"] });
        await client.GetAsync(null, CancellationToken.None);
        using var ours = new HttpMessageInvoker(new CognitoTokenHandler(client) { InnerHandler = new Answering() });
        using var constant = new HttpMessageInvoker(new ConstantHeader { InnerHandler = new Answering() });

        Assert.Equal(BytesPerCall(constant), BytesPerCall(ours));
    }

    [Fact]
    public async Task Handler_allocates_no_more_while_a_due_token_cannot_be_renewed()
    {
        await _world.GetTokenAsync();
        _world.OnTokenRequest = (_, _) => Task.FromResult(World.Status(HttpStatusCode.ServiceUnavailable));
        _world.Clock.Advance(TimeSpan.FromMinutes(52));
        await _world.GetTokenAsync();
        await _world.SettleAsync();
        using var ours = new HttpMessageInvoker(new CognitoTokenHandler(_world.Clients.GetClient("orders")) { InnerHandler = new Answering() });
        using var constant = new HttpMessageInvoker(new ConstantHeader { InnerHandler = new Answering() });

        Assert.Equal(BytesPerCall(constant), BytesPerCall(ours));
    }

    [Fact]
    public async Task HttpClient_of_the_factory_allocates_what_one_with_a_constant_header_does()
    {
        await using var world = new World(services: services =>
        {
            services.AddHttpClient("ours").AddCognitoM2MToken("orders").ConfigurePrimaryHttpMessageHandler(() => new Answering());
            services.AddHttpClient("constant").AddHttpMessageHandler(() => new ConstantHeader()).ConfigurePrimaryHttpMessageHandler(() => new Answering());
        });
        await world.GetTokenAsync();
        var clients = world.Services.GetRequiredService<IHttpClientFactory>();
        using var ours = clients.CreateClient("ours");
        using var constant = clients.CreateClient("constant");

        Assert.Equal(BytesPerCall(constant), BytesPerCall(ours));
    }

    [Fact]
    public async Task Provider_with_a_held_token_allocates_nothing()
    {
        await _world.GetTokenAsync();
        var provider = _world.Provider;

        var bytes = Measure(() => _ = provider.GetTokenAsync("orders").Result.Value);

        Assert.Equal(0, bytes);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private static long BytesPerCall(HttpMessageInvoker invoker) => Measure(() =>
    {
        var request = new HttpRequestMessage(HttpMethod.Get, _address);
        _ = invoker.SendAsync(request, CancellationToken.None).Result;
    });

    private static long Measure(Action action)
    {
        const int Rounds = 10_000;
        for (var i = 0; i < Rounds; i++)
            action();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
            action();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;
    }

    private sealed class Answering : HttpMessageHandler
    {
        private static readonly Task<HttpResponseMessage> _ok = Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _ok;
    }

    private sealed class ConstantHeader : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer constant");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
