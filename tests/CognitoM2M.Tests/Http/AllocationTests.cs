using System.Net;
using CognitoM2M.Http;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Tests.Http;

/// <summary>How many bytes a call allocates while the token is fresh. Unlike durations, bytes do not depend on the load of the machine.</summary>
[Collection(ProcessWideMeasurements.Name)]
public sealed class AllocationTests : IAsyncDisposable
{
    private static readonly Uri _address = new("https://api.example.com/orders");

    private readonly StubbedService _service = new();

    [Fact]
    public async Task Handler_with_a_fresh_token_allocates_only_the_header()
    {
        await _service.GetTokenAsync();
        using var ours = new HttpMessageInvoker(new CognitoTokenHandler(_service.Clients.GetClient("orders")) { InnerHandler = new OkHandler() });
        using var constant = new HttpMessageInvoker(new ConstantHeaderHandler { InnerHandler = new OkHandler() });

        var expected = MeasureBytesPerCall(constant);
        var actual = MeasureBytesPerCall(ours);

        Assert.True(expected > 0);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public async Task Handler_made_with_other_scopes_allocates_only_the_header()
    {
        var client = _service.Clients.GetClient("orders", new CognitoTokenRequest { Scopes = ["orders/write"] });
        await client.GetAsync(null, callerBlocks: false, CancellationToken.None);
        using var ours = new HttpMessageInvoker(new CognitoTokenHandler(client) { InnerHandler = new OkHandler() });
        using var constant = new HttpMessageInvoker(new ConstantHeaderHandler { InnerHandler = new OkHandler() });

        Assert.Equal(MeasureBytesPerCall(constant), MeasureBytesPerCall(ours));
    }

    [Fact]
    public async Task Handler_allocates_only_the_header_while_a_renewal_backs_off()
    {
        await _service.GetTokenAsync();
        _service.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateStatus(HttpStatusCode.ServiceUnavailable));
        _service.Clock.Advance(TimeSpan.FromMinutes(52));
        await _service.GetTokenAsync();
        await _service.WaitForFetchAsync();
        using var ours = new HttpMessageInvoker(new CognitoTokenHandler(_service.Clients.GetClient("orders")) { InnerHandler = new OkHandler() });
        using var constant = new HttpMessageInvoker(new ConstantHeaderHandler { InnerHandler = new OkHandler() });

        Assert.Equal(MeasureBytesPerCall(constant), MeasureBytesPerCall(ours));
    }

    [Fact]
    public async Task HttpClient_from_the_factory_allocates_as_much_as_an_HttpClient_with_a_constant_header()
    {
        await using var service = new StubbedService(services: services =>
        {
            services.AddHttpClient("ours").AddCognitoM2MToken("orders").ConfigurePrimaryHttpMessageHandler(() => new OkHandler());
            services.AddHttpClient("constant").AddHttpMessageHandler(() => new ConstantHeaderHandler()).ConfigurePrimaryHttpMessageHandler(() => new OkHandler());
        });
        await service.GetTokenAsync();
        var clients = service.Services.GetRequiredService<IHttpClientFactory>();
        using var ours = clients.CreateClient("ours");
        using var constant = clients.CreateClient("constant");

        Assert.Equal(MeasureBytesPerCall(constant), MeasureBytesPerCall(ours));
    }

    [Fact]
    public async Task Provider_with_a_fresh_token_allocates_nothing()
    {
        await _service.GetTokenAsync();
        var provider = _service.Provider;

        var bytes = MeasureBytes(() => _ = provider.GetTokenAsync("orders").Result.Value);

        Assert.Equal(0, bytes);
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    private static long MeasureBytesPerCall(HttpMessageInvoker invoker) => MeasureBytes(() =>
    {
        var request = new HttpRequestMessage(HttpMethod.Get, _address);
        _ = invoker.SendAsync(request, CancellationToken.None).Result;
    });

    private static long MeasureBytes(Action action)
    {
        const int Rounds = 10_000;
        for (var i = 0; i < Rounds; i++)
            action();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
            action();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;
    }

    private sealed class OkHandler : HttpMessageHandler
    {
        private static readonly Task<HttpResponseMessage> _ok = Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _ok;
    }

    private sealed class ConstantHeaderHandler : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer constant");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
