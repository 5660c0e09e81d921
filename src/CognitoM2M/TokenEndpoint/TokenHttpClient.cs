using System.Diagnostics.Metrics;
using CognitoM2M.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace CognitoM2M.TokenEndpoint;

/// <summary>
/// The HttpClient that sends token requests in a container. It takes what was registered for an HttpClient of its own name: the primary
/// handler, the time-out, the headers. It takes nothing that was registered for all HttpClients. A logger would write the secret, a retry
/// handler would repeat requests that this library counts and paces, and another primary handler could follow redirects.
/// </summary>
/// <remarks>
/// IHttpClientFactory is not used, because filters and defaults of others can change every client that it makes. Nothing needs its rotation
/// of handlers: the connections of the handler have a limited lifetime.
/// </remarks>
internal sealed class TokenHttpClient(IServiceProvider services) : IDisposable
{
    private readonly Lock _gate = new();
    private IServiceScope? _scope;
    private SocketsHttpHandler? _ownHandler;
    private HttpMessageHandler? _primaryHandler;
    private volatile HttpClient? _client;

    /// <summary>The client. Made at the first call.</summary>
    public HttpClient Client => _client ?? CreateOnce();

    /// <summary>Checks that the client can be made, and can be used for an endpoint.</summary>
    /// <exception cref="InvalidOperationException">The primary handler of the user could give the secret away.</exception>
    public void Check(Uri endpoint)
    {
        _ = Client;
        ProxyGuard.Check(_primaryHandler!, endpoint);
    }

    public void Dispose()
    {
        _client?.Dispose();
        // A handler of the user may be shared with other clients.
        _ownHandler?.Dispose();
        _scope?.Dispose();
    }

    private HttpClient CreateOnce()
    {
        lock (_gate)
            return _client ??= Create();
    }

    private HttpClient Create()
    {
        var options = ReadOptions();
        _ownHandler ??= CreateHandler();
        _scope ??= services.CreateScope();
        var handlers = new HandlerBuilder(_ownHandler, _scope.ServiceProvider);
        foreach (var configure in options.HttpMessageHandlerBuilderActions)
            configure(handlers);

        _primaryHandler = handlers.PrimaryHandler;
        var client = PrimaryHandlers.CreateTokenClient(_primaryHandler, disposeHandler: false);
        foreach (var configure in options.HttpClientActions)
            configure(client);
        return client;
    }

    private SocketsHttpHandler CreateHandler()
    {
        var handler = PrimaryHandler.Create();
        handler.MeterFactory = services.GetService<IMeterFactory>();
        return handler;
    }

    /// <summary>Reads the options that were registered for the name of this client. A registration for all clients has no name.</summary>
    private HttpClientFactoryOptions ReadOptions()
    {
        var options = new HttpClientFactoryOptions();
        foreach (var configuration in services.GetServices<IConfigureOptions<HttpClientFactoryOptions>>().OfType<ConfigureNamedOptions<HttpClientFactoryOptions>>())
        {
            if (configuration.Name == CognitoM2MDiagnostics.TokenHttpClientName)
                configuration.Configure(configuration.Name, options);
        }

        return options;
    }

    /// <summary>What a registration of a primary handler works on. Additional handlers are left out.</summary>
    private sealed class HandlerBuilder(HttpMessageHandler primaryHandler, IServiceProvider services) : HttpMessageHandlerBuilder
    {
        public override string? Name { get; set; } = CognitoM2MDiagnostics.TokenHttpClientName;

        public override HttpMessageHandler PrimaryHandler { get; set; } = primaryHandler;

        public override IList<DelegatingHandler> AdditionalHandlers { get; } = [];

        public override IServiceProvider Services { get; } = services;

        public override HttpMessageHandler Build() => PrimaryHandler;
    }
}
