using System.Text;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Tests.Registration;

/// <summary>A change of configuration takes effect without a restart, and never without a token.</summary>
public sealed class ReloadTests : IAsyncDisposable
{
    private readonly IConfigurationRoot _configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["billing:Domain"] = "acme-m2m",
        ["billing:Region"] = "eu-west-1",
        ["billing:ClientId"] = "abc123",
        ["billing:ClientSecret"] = "first1secret",
        ["billing:BaseAddress"] = "https://billing.example.com/",
    }).Build();

    private readonly Recorder _log = new();
    private readonly World _world;
    private readonly List<string> _credentials = [];

    public ReloadTests()
    {
        _world = new World(services: services => services
            .AddLogging(logging => logging.AddProvider(_log))
            .AddCognitoM2MClient("billing", _configuration.GetSection("billing")));
        _world.OnTokenRequest = (n, request) =>
        {
            _credentials.Add(Encoding.ASCII.GetString(Convert.FromBase64String(request.Headers.Authorization!.Parameter!)));
            return Task.FromResult(World.TokenAnswer($"token-{n}"));
        };
    }

    [Fact]
    public async Task New_secret_is_used_with_the_next_call()
    {
        var before = await _world.Provider.GetTokenAsync("billing");

        Change("ClientSecret", "second2secret");
        var after = await _world.Provider.GetTokenAsync("billing");

        Assert.NotEqual(before.Value, after.Value);
        Assert.Equal(["abc123:first1secret", "abc123:second2secret"], _credentials);
    }

    [Fact]
    public async Task Change_of_something_else_keeps_the_token()
    {
        var before = await _world.Provider.GetTokenAsync("billing");

        Change("AllowedHosts", "other.example.com");
        var after = await _world.Provider.GetTokenAsync("billing");

        Assert.Equal(before.Value, after.Value);
        Assert.Equal(1, _world.TokenRequests);
    }

    [Fact]
    public async Task Change_that_is_not_valid_is_logged_once_and_the_former_settings_stay()
    {
        var before = await _world.Provider.GetTokenAsync("billing");

        Assert.ThrowsAny<Exception>(() => Change("Domain", "NOT VALID"));
        var after = await _world.Provider.GetTokenAsync("billing");
        await _world.Provider.GetTokenAsync("billing");

        Assert.Equal(before.Value, after.Value);
        var error = Assert.Single(_log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
        Assert.Contains("Domain 'NOT VALID'", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clients_that_ask_for_the_same_share_one_token()
    {
        await using var world = new World(services: services => services.AddCognitoM2MClient("same-again", options =>
        {
            options.Domain = "acme-m2m";
            options.Region = "eu-west-1";
            options.ClientId = "abc123";
            options.ClientSecret = World.Secret;
            options.Scopes = ["orders/read"];
        }));

        Assert.Equal(await world.GetTokenAsync(), (await world.Provider.GetTokenAsync("same-again")).Value);
        Assert.Equal(1, world.TokenRequests);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    // The options monitor, where the host's own validation has made one, throws out of Reload when the new options are not valid.
    private void Change(string setting, string value)
    {
        _ = _world.Services.GetRequiredService<Microsoft.Extensions.Options.IOptionsMonitor<CognitoM2MClientOptions>>().Get("billing");
        _configuration[$"billing:{setting}"] = value;
        _configuration.Reload();
    }
}
