using System.Net;
using System.Text;
using CognitoM2M.Cache;
using CognitoM2M.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

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

    private readonly ReplacedSettings _settings = new();

    public ConfiguredClient(Action<IServiceCollection>? services = null)
    {
        Restore();
        var configuration = new ConfigurationBuilder().Add(_settings).Build();
        Service = new StubbedService(services: collection =>
        {
            collection.AddLogging(logging => logging.AddProvider(Log)).AddCognitoM2MClient("billing", configuration.GetSection("billing"));
            services?.Invoke(collection);
        });
    }

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

    public void Change(string setting, string value) => _settings.Replace(settings => settings[$"billing:{setting}"] = value);

    /// <summary>Removes all settings of the client from the configuration.</summary>
    public void Remove() => _settings.Replace(settings => settings.Clear());

    /// <summary>Removes all settings of the client, and waits until the client is gone.</summary>
    public async Task RemoveForGoodAsync()
    {
        Remove();
        // The client keeps its settings for half a minute, in case a file is being replaced.
        _ = Client.Current;
        Service.Clock.Advance(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAsync<OptionsValidationException>(() => GetTokenAsync());
    }

    /// <summary>Puts the initial settings back into the configuration.</summary>
    public void Restore() => _settings.Replace(settings =>
    {
        foreach (var (path, value) in _initialSettings)
            settings[path] = value;
    });

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    /// <summary>Settings that are replaced as a whole, as the file provider does it. The in-memory provider must not be changed while another thread reads it.</summary>
    private sealed class ReplacedSettings : ConfigurationProvider, IConfigurationSource
    {
        public void Replace(Action<Dictionary<string, string?>> change)
        {
            var changed = new Dictionary<string, string?>(Data, StringComparer.OrdinalIgnoreCase);
            change(changed);
            Data = changed;
            OnReload();
        }

        IConfigurationProvider IConfigurationSource.Build(IConfigurationBuilder builder) => this;
    }
}
