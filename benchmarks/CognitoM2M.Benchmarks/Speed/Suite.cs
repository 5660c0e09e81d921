using System.Net;
using CognitoM2M.Benchmarks.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>All benchmarks, with the servers and clients that they need.</summary>
internal sealed class Suite : IAsyncDisposable
{
    private static readonly int[] _callers = [2, 8, 32];

    private readonly List<CognitoM2MClient> _clients = [];
    private readonly List<WebApplication> _servers = [];

    private Suite()
    {
    }

    public List<Benchmark> Benchmarks { get; } = [];

    /// <summary>
    /// Benchmarks that are measured separately, because a container that was used continues to compile code in the background.
    /// </summary>
    public List<Benchmark> ColdBenchmarks { get; } = [];

    public static async Task<Suite> CreateAsync()
    {
        var suite = new Suite();
        suite.AddAttach();
        suite.AddFactory();
        suite.AddAcquire();
        suite.AddCold();
        suite.AddVerify();
        suite.AddScale();
        await suite.AddRequestsAsync();
        await suite.AddSocketsAsync("http1", HttpProtocols.Http1, HttpVersion.Version11);
        await suite.AddSocketsAsync("http2", HttpProtocols.Http2, HttpVersion.Version20);
        return suite;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var benchmark in Benchmarks.OfType<IDisposable>())
            benchmark.Dispose();
        _clients.ForEach(client => client.Dispose());
        foreach (var server in _servers)
            await server.DisposeAsync();
    }

    private void AddAttach()
    {
        Benchmarks.Add(new AttachBenchmark("attach.none", new CompletedHandler()));
        Benchmarks.Add(new AttachBenchmark("attach.constant", new ConstantTextHandler(new CompletedHandler())));
        Benchmarks.Add(new AttachBenchmark("attach.object", new ConstantObjectHandler(new CompletedHandler())));
        Benchmarks.Add(new AttachBenchmark("attach.ours", CreateOurHandler(new CompletedHandler())));
        foreach (var callers in _callers)
        {
            Benchmarks.Add(new AttachBenchmark($"attach.constant.{callers}", new ConstantTextHandler(new CompletedHandler()), callers));
            Benchmarks.Add(new AttachBenchmark($"attach.ours.{callers}", CreateOurHandler(new CompletedHandler()), callers));
        }

        Benchmarks.Add(new AttachBenchmark("attach.msal", new MsalHandler(new CompletedHandler())));
        Benchmarks.Add(new AzureBenchmark("azure.pipeline", hasBearerPolicy: false));
        Benchmarks.Add(new AzureBenchmark("azure.bearer", hasBearerPolicy: true));
    }

    private void AddFactory()
    {
        Benchmarks.Add(new FactoryBenchmark("factory.none", services => services.AddHttpClient("plain")));
        Benchmarks.Add(new FactoryBenchmark(
            "factory.constant",
            services => services.AddHttpClient("constant").AddHttpMessageHandler(() => new ConstantTextHandler())));
        Benchmarks.Add(new FactoryBenchmark("factory.ours", services => OurClient.AddStubbed(services)));
    }

    private void AddAcquire()
    {
        Benchmarks.Add(new ProviderBenchmark("provider.ours", request: null));
        Benchmarks.Add(new ProviderBenchmark("provider.scopes", new CognitoTokenRequest { Scopes = ["orders/read"] }));
        foreach (var callers in _callers)
            Benchmarks.Add(new ProviderBenchmark($"provider.ours.{callers}", request: null, callers));
    }

    private void AddCold()
    {
        ColdBenchmarks.AddRange(ColdBenchmark.CreateAll("handwritten", AddHandWritten, CallByHandAsync));
        ColdBenchmarks.Add(ColdBenchmark.CreateOnThreadPool("handwritten", AddHandWritten, CallByHandAsync));
        ColdBenchmarks.AddRange(ColdBenchmark.CreateAll(
            "ours",
            services => OurClient.AddStubbed(services).ConfigurePrimaryHttpMessageHandler(() => new CompletedHandler()),
            OurClient.CallAsync));

        static void AddHandWritten(IServiceCollection services) =>
            HandWrittenClient.Add(services, OurClient.Api, () => new StubTokenEndpoint(), () => new CompletedHandler());

        static Task CallByHandAsync(IServiceProvider services) => HandWrittenClient.CallAsync(services, OurClient.TokenEndpoint);
    }

    private void AddScale()
    {
        Benchmarks.Add(new CalculateBenchmark("scale.calculate"));
        Benchmarks.Add(new CalculateBenchmark("scale.calculate.2", callers: 2));
        Benchmarks.Add(new RequestBenchmark("scale.request"));
        Benchmarks.Add(new RequestBenchmark("scale.request.2", callers: 2));
    }

    private void AddVerify()
    {
        var tokens = new TokenRing();
        Benchmarks.Add(new BareVerifyBenchmark("verify.rsa", tokens, readsJson: false));
        Benchmarks.Add(new BareVerifyBenchmark("verify.rsa.json", tokens, readsJson: true));
        Benchmarks.Add(new OurVerifyBenchmark("verify.first", new TokenRing()));
        Benchmarks.Add(new OurVerifyBenchmark("verify.repeat", tokens: null));
        Benchmarks.Add(new IdentityModelVerifyBenchmark("verify.identitymodel", tokens));
    }

    private async Task AddRequestsAsync()
    {
        ApiProtection[] forOneToken =
            [ApiProtection.None, ApiProtection.Accepting, ApiProtection.Stock, ApiProtection.Bridge, ApiProtection.Ours, ApiProtection.OursWithoutSaving];
        foreach (var protection in forOneToken)
            Benchmarks.Add(await ApiBenchmark.CreateAsync(protection));
        Benchmarks.Add(await ApiBenchmark.CreateMeteredAsync(ApiProtection.Ours));
        foreach (var protection in (ApiProtection[])[ApiProtection.Stock, ApiProtection.BridgeForNewTokens, ApiProtection.OursForNewTokens])
            Benchmarks.Add(await ApiBenchmark.CreateForNewTokensAsync(protection, TokenRing.Tokens));
    }

    private async Task AddSocketsAsync(string protocol, HttpProtocols protocols, Version version)
    {
        var server = await SocketBenchmark.StartServerAsync(protocols);
        _servers.Add(server);
        var address = new Uri(server.Urls.Single());
        Benchmarks.Add(new SocketBenchmark($"socket.{protocol}.none", new SocketsHttpHandler(), address, version));
        Benchmarks.Add(new SocketBenchmark($"socket.{protocol}.constant", new ConstantTextHandler(new SocketsHttpHandler()), address, version));
        Benchmarks.Add(new SocketBenchmark($"socket.{protocol}.ours", CreateOurHandler(new SocketsHttpHandler(), address), address, version));
    }

    private DelegatingHandler CreateOurHandler(HttpMessageHandler inner, Uri? api = null)
    {
        var client = new CognitoM2MClient(OurClient.CreateOptions(api), tokenEndpointHandler: new StubTokenEndpoint());
        _clients.Add(client);
        return client.CreateHandler(inner);
    }
}
