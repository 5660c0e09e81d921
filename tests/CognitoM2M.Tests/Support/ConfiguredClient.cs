using System.Net;
using System.Text;
using CognitoM2M.Cache;
using CognitoM2M.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Tests.Support;

/// <summary>A <see cref="StubbedService"/> with a second client, "billing", whose configuration the test changes.</summary>
internal sealed class ConfiguredClient : IAsyncDisposable
{
    public const string FirstSecret = "first1secret";

    private static readonly Dictionary<string, string?> _initialSettings = new()
    {
        ["billing:Domain"] = "acme-m2m",
        ["billing:Region"] = "eu-west-1",
        ["billing:ClientId"] = "abc123",
        ["billing:ClientSecret"] = FirstSecret,
        ["billing:BaseAddress"] = "https://billing.example.com/",
    };

    private readonly IConfigurationRoot _configuration = new ConfigurationBuilder().AddInMemoryCollection(_initialSettings).Build();

    public ConfiguredClient() => Service = new StubbedService(services: services => services
        .AddLogging(logging => logging.AddProvider(Log))
        .AddCognitoM2MClient("billing", _configuration.GetSection("billing")));

    public StubbedService Service { get; }

    public LogRecorder Log { get; } = new();

    public AppClient Client => Service.Clients.GetClient("billing");

    /// <summary>The response of Cognito to a wrong client secret.</summary>
    public static HttpResponseMessage CreateRefusal() => StubbedResponse.CreateJson("""{"error":"invalid_client"}""", HttpStatusCode.BadRequest);

    /// <summary>The client secret that a token request carries.</summary>
    public static string ReadSecret(HttpRequestMessage tokenRequest) =>
        Encoding.ASCII.GetString(Convert.FromBase64String(tokenRequest.Headers.Authorization!.Parameter!)).Split(':')[1];

    /// <summary>Lets Cognito refuse all token requests from now on.</summary>
    public void RefuseTokenRequests() => Service.OnTokenRequest = (_, _) => Task.FromResult(CreateRefusal());

    public async Task<string> GetTokenAsync(CognitoTokenRequest? request = null) => (await Service.Provider.GetTokenAsync("billing", request)).Value;

    /// <summary>Gets a token, and then waits until no fetch is in flight.</summary>
    public async Task GetTokenAndWaitForFetchAsync()
    {
        await GetTokenAsync();
        await WaitForFetchAsync();
    }

    /// <summary>Waits until no fetch is in flight.</summary>
    public async Task WaitForFetchAsync()
    {
        var entry = Client.Current.FindEntry(null);
        while (entry.Fetching is { } fetching)
            await fetching;
    }

    public void Change(string setting, string value)
    {
        _configuration[$"billing:{setting}"] = value;
        _configuration.Reload();
    }

    /// <summary>Removes all settings of the client from the configuration.</summary>
    public void Remove()
    {
        foreach (var setting in _configuration.GetSection("billing").GetChildren().ToList())
            _configuration[setting.Path] = null;
        _configuration.Reload();
    }

    /// <summary>Puts the initial settings back into the configuration.</summary>
    public void Restore()
    {
        foreach (var (path, value) in _initialSettings)
            _configuration[path] = value;
        _configuration.Reload();
    }

    public ValueTask DisposeAsync() => Service.DisposeAsync();
}
