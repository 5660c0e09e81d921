using System.Net;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Tests.Registration;

/// <summary>A changed configuration takes effect without a restart.</summary>
public sealed class ConfigurationReloadTests : IAsyncDisposable
{
    private readonly ConfiguredClient _billing;

    public ConfigurationReloadTests()
    {
        ConfiguredClient? billing = null;
        billing = _billing = new ConfiguredClient(services => services.AddHttpClient("billing-behind-handlers")
            .AddHttpMessageHandler(() => new InlineHandler((request, next) => next(request)))
            .AddCognitoM2MToken("billing")
            .ConfigurePrimaryHttpMessageHandler(() => new InlineHandler((_, _) =>
            {
                billing!.Remove();
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
            })));
    }

    private StubbedService Service => _billing.Service;

    [Fact]
    public async Task Changing_the_allowed_hosts_keeps_the_token()
    {
        var before = await _billing.GetTokenAsync();

        _billing.Change("AllowedHosts", "other.example.com");
        var after = await _billing.GetTokenAsync();

        Assert.Equal(before, after);
        Assert.Equal(1, Service.TokenRequests);
    }

    [Fact]
    public async Task Invalid_change_is_logged_once_and_the_former_settings_stay_in_force()
    {
        var before = await _billing.GetTokenAsync();

        _billing.Change("Domain", "NOT VALID");
        var after = await _billing.GetTokenAsync();
        await _billing.GetTokenAsync();

        Assert.Equal(before, after);
        var error = Assert.Single(_billing.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
        Assert.Contains("Domain 'NOT VALID'", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_limits_apply_to_the_next_fetch_and_keep_the_token()
    {
        await _billing.GetTokenAsync();
        _billing.Change("FirstFetchAttempts", "1");
        Service.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateStatus(HttpStatusCode.ServiceUnavailable));

        await _billing.GetTokenAsync();
        Assert.Equal(1, Service.TokenRequests);
        Service.Clock.Advance(TimeSpan.FromHours(1));
        await Assert.ThrowsAsync<CognitoTokenException>(() => _billing.GetTokenAsync());

        Assert.Equal(2, Service.TokenRequests);
    }

    [Fact]
    public async Task Calls_of_a_removed_client_fail_and_the_removal_is_logged()
    {
        await _billing.GetTokenAsync();

        await _billing.RemoveForGoodAsync();

        Assert.Single(_billing.Log.Lines, line => line.StartsWith("Warning 12", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Client_that_is_removed_and_added_again_does_not_use_its_former_token()
    {
        Assert.Equal("token-1", await _billing.GetTokenAsync());
        await _billing.RemoveForGoodAsync();

        _billing.Restore();

        Assert.Equal("token-2", await _billing.GetTokenAsync());
        Assert.Equal(2, Service.TokenRequests);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(29.9)]
    public async Task Client_that_is_missing_while_its_file_is_replaced_keeps_its_settings_and_its_token(double seconds)
    {
        Assert.Equal("token-1", await _billing.GetTokenAsync());

        _billing.Remove();
        Assert.Equal("token-1", await _billing.GetTokenAsync());
        Service.Clock.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal("token-1", await _billing.GetTokenAsync());
        _billing.Restore();
        Assert.Equal("token-1", await _billing.GetTokenAsync());
        Service.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal("token-1", await _billing.GetTokenAsync());
        Assert.Equal(1, Service.TokenRequests);
        Assert.Single(_billing.Log.Lines, line => line.StartsWith("Information 15", StringComparison.Ordinal));
        Assert.DoesNotContain(_billing.Log.Lines, line => line.StartsWith("Warning 12", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_replacement_of_a_file_has_half_a_minute()
    {
        await _billing.GetTokenAsync();

        for (var replacement = 0; replacement < 5; replacement++)
        {
            _billing.Remove();
            await _billing.GetTokenAsync();
            Service.Clock.Advance(TimeSpan.FromSeconds(20));
            _billing.Restore();
            await _billing.GetTokenAsync();
        }

        Assert.Equal(1, Service.TokenRequests);
    }

    [Fact]
    public async Task Client_that_nobody_calls_is_removed_after_half_a_minute()
    {
        await _billing.GetTokenAsync();

        _billing.Remove();
        while (!_billing.Log.Lines.Any(line => line.StartsWith("Information 15", StringComparison.Ordinal)))
            await Task.Yield();
        Service.Clock.Advance(TimeSpan.FromSeconds(30));

        while (!_billing.Log.Lines.Any(line => line.StartsWith("Warning 12", StringComparison.Ordinal)))
            await Task.Yield();
        Assert.DoesNotContain(Service.Clients.Statuses, status => status.ClientName == "billing");
    }

    [Fact]
    public async Task Call_of_a_removed_client_fails_in_its_task()
    {
        await _billing.GetTokenAsync();
        await _billing.RemoveForGoodAsync();

        var failed = Service.Provider.GetTokenAsync("billing");

        await Assert.ThrowsAsync<OptionsValidationException>(() => failed.AsTask());
    }

    [Fact]
    public async Task Answer_of_the_api_is_not_lost_if_the_client_is_removed_during_the_call()
    {
        using var handler = Service.Services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("billing-behind-handlers");
        using var http = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://billing.example.com/invoices");

        using var response = await http.SendAsync(request, CancellationToken.None);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Change_of_the_configured_scopes_keeps_the_tokens_of_requests_with_scopes_of_their_own()
    {
        var request = new CognitoTokenRequest { Scopes = ["billing/write"] };
        await _billing.GetTokenAsync();
        var before = await _billing.GetTokenAsync(request);

        _billing.Change("Scopes", "billing/read");
        await _billing.GetTokenAsync();

        Assert.Equal(before, await _billing.GetTokenAsync(request));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Change_or_removal_of_a_client_keeps_the_tokens_of_another_client_with_the_same_credentials(bool remove)
    {
        var settings = new[] { "billing", "reports" }.SelectMany(name => new Dictionary<string, string?>
        {
            [$"{name}:Domain"] = "acme-m2m",
            [$"{name}:Region"] = "eu-west-1",
            [$"{name}:ClientId"] = "abc123",
            [$"{name}:ClientSecret"] = "first1secret",
        });
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        await using var service = new StubbedService(services: services => services
            .AddCognitoM2MClient("billing", configuration.GetSection("billing")).Services
            .AddCognitoM2MClient("reports", configuration.GetSection("reports")));
        var request = new CognitoTokenRequest { Scopes = ["reports/read"] };
        await service.Provider.GetTokenAsync("billing");
        var before = await service.Provider.GetTokenAsync("reports", request);

        foreach (var key in remove ? configuration.GetSection("billing").GetChildren().Select(child => child.Path).ToList() : [])
            configuration[key] = null;
        configuration["billing:AttemptTimeout"] = remove ? null : "00:00:05";
        configuration.Reload();
        await Record.ExceptionAsync(async () => await service.Provider.GetTokenAsync("billing"));

        Assert.Equal(before.Value, (await service.Provider.GetTokenAsync("reports", request)).Value);
    }

    [Fact]
    public async Task Calls_of_sixty_four_callers_succeed_during_valid_and_invalid_reloads()
    {
        using var ended = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 64).Select(_ => Task.Run(async () =>
        {
            while (!ended.IsCancellationRequested)
            {
                await _billing.GetTokenAsync();
                await Task.Yield();
            }
        })).ToList();

        for (var change = 0; change < 20; change++)
        {
            _billing.Change("ClientSecret", $"secret{change}");
            _billing.Change("FirstFetchAttempts", change % 2 == 0 ? "2" : "none");
            await _billing.GetTokenAsync();
        }

        await ended.CancelAsync();
        await Task.WhenAll(callers);
        Assert.InRange(Service.TokenRequests, 1, 22);
    }

    public ValueTask DisposeAsync() => _billing.DisposeAsync();
}
