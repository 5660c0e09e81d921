using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>Sets the library up as its users do.</summary>
internal static class OurClient
{
    public const string Name = "orders";

    public static readonly Uri Api = new("https://api.example.com/");

    public static readonly Uri TokenEndpoint = new("https://acme.auth.eu-west-1.amazoncognito.com/oauth2/token");

    public static CognitoM2MClientOptions CreateOptions(Uri? api = null)
    {
        var options = new CognitoM2MClientOptions();
        Configure(options, api ?? Api, TokenEndpoint);
        return options;
    }

    /// <summary>Registers the client with a stub in the place of Cognito.</summary>
    public static IHttpClientBuilder AddStubbed(IServiceCollection services, HttpMessageHandler? tokenEndpoint = null)
    {
        services.AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName)
            .ConfigurePrimaryHttpMessageHandler(() => tokenEndpoint ?? new StubTokenEndpoint());
        return Add(services, Api, TokenEndpoint);
    }

    public static IHttpClientBuilder Add(IServiceCollection services, Uri api, Uri tokenEndpoint) =>
        services.AddCognitoM2MClient(Name, options => Configure(options, api, tokenEndpoint));

    public static async Task CallAsync(IServiceProvider services)
    {
        using var client = services.GetRequiredService<IHttpClientFactory>().CreateClient(Name);
        using var response = await client.GetAsync(new Uri("orders", UriKind.Relative));
    }

    private static void Configure(CognitoM2MClientOptions options, Uri api, Uri tokenEndpoint)
    {
        options.TokenEndpoint = tokenEndpoint;
        options.ClientId = SampleToken.ClientId;
        options.ClientSecret = SampleToken.ClientSecret;
        options.Scopes = ["orders/read", "orders/write"];
        options.BaseAddress = api;
        // A cold start is measured in a new container each time. All of them share the pace of token requests of this process.
        options.MaxTokenRequestsPerSecond = 100_000;
    }
}
