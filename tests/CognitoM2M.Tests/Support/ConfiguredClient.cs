using System.Net;
using System.Text;
using CognitoM2M.Cache;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Tests.Support;

/// <summary>A client, "billing", in a <see cref="World"/>, from configuration that the test changes.</summary>
internal sealed class ConfiguredClient : IAsyncDisposable
{
    public const string FirstSecret = "first1secret";

    private readonly IConfigurationRoot _configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["billing:Domain"] = "acme-m2m",
        ["billing:Region"] = "eu-west-1",
        ["billing:ClientId"] = "abc123",
        ["billing:ClientSecret"] = FirstSecret,
        ["billing:BaseAddress"] = "https://billing.example.com/",
    }).Build();

    public ConfiguredClient() => World = new World(services: services => services
        .AddLogging(logging => logging.AddProvider(Log))
        .AddCognitoM2MClient("billing", _configuration.GetSection("billing")));

    public World World { get; }

    public Recorder Log { get; } = new();

    public AppClient Client => World.Clients.GetClient("billing");

    public static HttpResponseMessage Refusal() => World.Json("""{"error":"invalid_client"}""", HttpStatusCode.BadRequest);

    public static string SecretOf(HttpRequestMessage tokenRequest) =>
        Encoding.ASCII.GetString(Convert.FromBase64String(tokenRequest.Headers.Authorization!.Parameter!)).Split(':')[1];

    public void Refuse() => World.OnTokenRequest = (_, _) => Task.FromResult(Refusal());

    public async Task<string> GetTokenAsync(CognitoTokenRequest? request = null) => (await World.Provider.GetTokenAsync("billing", request)).Value;

    /// <summary>Takes a token, and waits until no fetch is in flight.</summary>
    public async Task GetTokenAndSettleAsync()
    {
        await GetTokenAsync();
        await SettleAsync();
    }

    /// <summary>Waits until no fetch is in flight.</summary>
    public async Task SettleAsync()
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

    /// <summary>Leaves nothing of its section.</summary>
    public void Remove()
    {
        foreach (var setting in _configuration.GetSection("billing").GetChildren().ToList())
            _configuration[setting.Path] = null;
        _configuration.Reload();
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
