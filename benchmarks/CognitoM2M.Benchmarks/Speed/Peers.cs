using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Identity.Client;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>Attaches a token of MSAL's cache to each request, as the documentation of MSAL shows.</summary>
internal sealed class MsalHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly string[] _scopes = ["https://api.example.com/.default"];

    private readonly IConfidentialClientApplication _application = ConfidentialClientApplicationBuilder
        .Create("11111111-2222-3333-4444-555555555555")
        .WithClientSecret("of-no-consequence")
        .WithAuthority("https://login.microsoftonline.com/66666666-7777-8888-9999-000000000000", validateAuthority: false)
        .WithInstanceDiscovery(enableInstanceDiscovery: false)
        .WithHttpClientFactory(new StubFactory())
        .Build();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var result = await _application.AcquireTokenForClient(_scopes).ExecuteAsync(cancellationToken).ConfigureAwait(false);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private sealed class StubFactory : IMsalHttpClientFactory
    {
        private static readonly HttpClient _client = new(new StubTokenEndpoint());

        public HttpClient GetHttpClient() => _client;
    }
}

/// <summary>Sends a request through a pipeline of Azure.Core that ends with a stub, with or without its bearer token policy.</summary>
internal sealed class AzureBenchmark : Benchmark
{
    private readonly HttpPipeline _pipeline;

    public AzureBenchmark(string name, bool hasBearerPolicy)
        : base(name) => _pipeline = HttpPipelineBuilder.Build(
            new PlainOptions { Transport = new StubTransport() },
            hasBearerPolicy ? [new BearerTokenAuthenticationPolicy(new StubCredential(), "https://api.example.com/.default")] : []);

    public override void Run(int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var message = _pipeline.CreateMessage();
            message.Request.Method = RequestMethod.Get;
            message.Request.Uri.Reset(OurClient.Api);
            _pipeline.SendAsync(message, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }
    }

    private sealed class PlainOptions : ClientOptions;

    private sealed class StubCredential : TokenCredential
    {
        private readonly AccessToken _token = new(SampleToken.Value, TimeProvider.System.GetUtcNow().AddHours(1));

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => _token;

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(_token);
    }

    private sealed class StubTransport : HttpPipelineTransport
    {
        private static readonly HttpClientTransport _requests = new();

        public override Request CreateRequest() => _requests.CreateRequest();

        public override void Process(HttpMessage message) => message.Response = new StubResponse();

        public override ValueTask ProcessAsync(HttpMessage message)
        {
            Process(message);
            return default;
        }
    }

    private sealed class StubResponse : Azure.Response
    {
        public override int Status => 200;

        public override string ReasonPhrase => "OK";

        public override Stream? ContentStream { get; set; }

        public override string ClientRequestId { get; set; } = "";

        public override void Dispose()
        {
        }

        protected override bool ContainsHeader(string name) => false;

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];

        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
        {
            value = null;
            return false;
        }

        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
        {
            values = null;
            return false;
        }
    }
}
