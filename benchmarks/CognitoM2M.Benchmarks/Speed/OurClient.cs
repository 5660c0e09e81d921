using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>The library as its users set it up, with a stub for Cognito.</summary>
internal static class OurClient
{
    public const string Name = "orders";

    public static readonly Uri Api = new("https://api.example.com/");

    public static CognitoM2MClientOptions Options(Uri? api = null)
    {
        var options = new CognitoM2MClientOptions();
        Configure(options, api ?? Api);
        return options;
    }

    public static IHttpClientBuilder Add(IServiceCollection services, Uri? api = null, HttpMessageHandler? tokenEndpoint = null)
    {
        services.AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName)
            .ConfigurePrimaryHttpMessageHandler(() => tokenEndpoint ?? new StubTokenEndpoint());
        return services.AddCognitoM2MClient(Name, options => Configure(options, api ?? Api));
    }

    private static void Configure(CognitoM2MClientOptions options, Uri api)
    {
        options.TokenEndpoint = new Uri("https://acme.auth.eu-west-1.amazoncognito.com/oauth2/token");
        options.ClientId = SampleToken.ClientId;
        options.ClientSecret = "1example2secret3of4no5consequence";
        options.Scopes = ["orders/read", "orders/write"];
        options.BaseAddress = api;
    }
}
