using System.Net;
using CognitoM2M.Tests.Support;
using CognitoM2M.TokenEndpoint;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Tests.Registration;

/// <summary>When the HttpClient for token requests is created, and what is disposed together with it.</summary>
public sealed class TokenHttpClientLifetimeTests
{
    [Fact]
    public async Task Primary_handler_may_need_scoped_services()
    {
        var collection = new ServiceCollection();
        collection.AddScoped<ScopedProxy>();
        collection.AddCognitoM2MClient("orders", _ => { });
        collection.AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName)
            .ConfigurePrimaryHttpMessageHandler(services => new SocketsHttpHandler { Proxy = services.GetRequiredService<ScopedProxy>() });
        await using var services = collection.BuildServiceProvider(validateScopes: true);

        Assert.NotNull(services.GetRequiredService<TokenHttpClient>().Client);
    }

    [Fact]
    public async Task Primary_handler_that_cannot_be_made_is_made_again_for_the_next_request()
    {
        var made = 0;
        await using var service = new StubbedService(options => options.FirstFetchAttempts = 1, services => services
            .AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName)
            .ConfigureHttpClient(_ =>
            {
                if (++made == 1)
                    throw new IOException("no certificate yet");
            }));

        var failure = await service.FailToGetTokenAsync();
        service.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.IsType<IOException>(failure.InnerException);
        Assert.Equal("token-1", await service.GetTokenAsync());
    }

    [Fact]
    public void Handler_and_scope_of_a_first_attempt_that_failed_are_used_by_the_next_attempt()
    {
        var attempts = new List<(SocketsHttpHandler Handler, IServiceProvider Services)>();
        var collection = new ServiceCollection().AddCognitoM2MClient("orders", _ => { }).Services;
        collection.AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName).UseSocketsHttpHandler((own, services) =>
        {
            attempts.Add((own, services));
            if (attempts.Count == 1)
                throw new IOException("no certificate yet");
        });
        using var services = collection.BuildServiceProvider();
        var client = services.GetRequiredService<TokenHttpClient>();

        Assert.Throws<IOException>(() => client.Client);
        var made = client.Client;

        Assert.Same(made, client.Client);
        Assert.Equal(2, attempts.Count);
        Assert.Equal(attempts[0], attempts[1]);
    }

    [Fact]
    public async Task Disposal_ends_the_client_its_own_handler_and_its_scope()
    {
        SocketsHttpHandler? handler = null;
        ScopedProxy? proxy = null;
        var collection = new ServiceCollection().AddScoped<ScopedProxy>().AddCognitoM2MClient("orders", _ => { }).Services;
        collection.AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName)
            .UseSocketsHttpHandler((own, services) => (handler = own).Proxy = proxy = services.GetRequiredService<ScopedProxy>());
        await using var services = collection.BuildServiceProvider();
        var client = services.GetRequiredService<TokenHttpClient>().Client;

        await services.DisposeAsync();

        using var invoker = new HttpMessageInvoker(handler!, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://acme.example.com/");
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.GetAsync(request.RequestUri));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => invoker.SendAsync(request, CancellationToken.None));
        Assert.True(proxy!.IsDisposed);
    }

    private sealed class ScopedProxy : IWebProxy, IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;

        public ICredentials? Credentials { get; set; }

        public Uri? GetProxy(Uri destination) => null;

        public bool IsBypassed(Uri host) => true;
    }
}
