using System.Text;
using CognitoM2M.Tests.Support;
using CognitoM2M.Tokens;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

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
            lock (_credentials)
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

        Change("Domain", "NOT VALID");
        var after = await _world.Provider.GetTokenAsync("billing");
        await _world.Provider.GetTokenAsync("billing");

        Assert.Equal(before.Value, after.Value);
        var error = Assert.Single(_log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
        Assert.Contains("Domain 'NOT VALID'", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_limits_hold_for_the_next_fetch_and_keep_the_token()
    {
        await _world.Provider.GetTokenAsync("billing");
        Change("MaxAttempts", "1");
        _world.OnTokenRequest = (_, _) => Task.FromResult(World.Status(System.Net.HttpStatusCode.ServiceUnavailable));

        await _world.Provider.GetTokenAsync("billing");
        Assert.Equal(1, _world.TokenRequests);
        _world.Clock.Advance(TimeSpan.FromHours(1));
        await Assert.ThrowsAsync<CognitoTokenException>(async () => await _world.Provider.GetTokenAsync("billing"));

        Assert.Equal(2, _world.TokenRequests);
    }

    [Fact]
    public async Task Message_sent_again_across_a_change_of_the_secret_takes_the_new_token()
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://billing.example.com/x");
        using var invoker = new HttpMessageInvoker(new CognitoM2M.Http.CognitoTokenHandler(
            _world.Services.GetRequiredService<CachingTokenProvider>().GetClient("billing"))
        { InnerHandler = _world.Api });

        using var first = await invoker.SendAsync(message, CancellationToken.None);
        Change("ClientSecret", "second2secret");
        using var second = await invoker.SendAsync(message, CancellationToken.None);

        Assert.Equal(["Bearer token-1", "Bearer token-2"], _world.ApiCalls);
    }

    [Fact]
    public async Task New_secret_that_does_not_work_yet_fails_no_call()
    {
        var before = await _world.Provider.GetTokenAsync("billing");
        Refuse();

        Change("ClientSecret", "mistyped2secret");
        var after = await _world.Provider.GetTokenAsync("billing");

        Assert.Equal(before.Value, after.Value);
        Assert.Single(_log.Lines, line => line.StartsWith("Warning 11", StringComparison.Ordinal));

        _world.OnTokenRequest = (n, _) => Task.FromResult(World.TokenAnswer($"token-{n}"));
        _world.Clock.Advance(TimeSpan.FromMinutes(2));
        await CallAndSettleAsync();
        Assert.NotEqual(before.Value, (await _world.Provider.GetTokenAsync("billing")).Value);
    }

    [Fact]
    public async Task New_secret_that_does_not_work_is_tried_again_with_the_back_off_of_any_failure()
    {
        await _world.Provider.GetTokenAsync("billing");
        Refuse();
        Change("ClientSecret", "mistyped2secret");

        for (var second = 0; second < 60; second++)
        {
            await CallAndSettleAsync();
            _world.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        // The pauses are 1, 2, 4, 8, 16 and 32 seconds, each by up to a half longer.
        Assert.InRange(_world.TokenRequests - 1, 5, 6);
    }

    [Fact]
    public async Task New_secret_that_is_throttled_is_left_alone_as_long_as_asked()
    {
        await _world.Provider.GetTokenAsync("billing");
        _world.OnTokenRequest = (_, _) => Task.FromResult(World.Status(System.Net.HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(200)));
        Change("ClientSecret", "second2secret");

        await CallAndSettleAsync();
        _world.Clock.Advance(TimeSpan.FromSeconds(199));
        await CallAndSettleAsync();
        await Assert.ThrowsAsync<CognitoTokenException>(async () => await _world.Provider.GetTokenAsync("billing", new() { ForceRefresh = true }));

        Assert.Equal(2, _world.TokenRequests);
    }

    [Fact]
    public async Task Forced_refresh_that_fails_by_the_new_secret_leaves_the_other_calls_their_token()
    {
        var before = await _world.Provider.GetTokenAsync("billing");
        Refuse();
        Change("ClientSecret", "mistyped2secret");

        await Assert.ThrowsAsync<CognitoTokenException>(async () => await _world.Provider.GetTokenAsync("billing", new() { ForceRefresh = true }));

        Assert.Equal(before.Value, (await _world.Provider.GetTokenAsync("billing")).Value);
    }

    [Fact]
    public async Task Secret_that_is_changed_twice_before_a_fetch_ends_costs_no_call_its_token()
    {
        var before = await _world.Provider.GetTokenAsync("billing");
        var hanging = new TaskCompletionSource<HttpResponseMessage>();
        _world.OnTokenRequest = (_, _) => hanging.Task;
        Change("ClientSecret", "mistyped2secret");
        var during = _world.Provider.GetTokenAsync("billing");

        Refuse();
        Change("ClientSecret", "mistyped3secret");
        var after = await _world.Provider.GetTokenAsync("billing");
        hanging.SetResult(Refusal());

        Assert.Equal(before.Value, after.Value);
        Assert.Equal(before.Value, (await during).Value);
    }

    [Fact]
    public async Task Token_that_the_former_secret_brings_late_serves_the_new_one()
    {
        var late = new TaskCompletionSource<HttpResponseMessage>();
        _world.OnTokenRequest = (n, _) => n == 1 ? late.Task : Task.FromResult(Refusal());
        var before = _world.Provider.GetTokenAsync("billing").AsTask();
        while (_world.TokenRequests == 0)
            await Task.Yield();

        Change("ClientSecret", "mistyped2secret");
        await Assert.ThrowsAsync<CognitoTokenException>(async () => await _world.Provider.GetTokenAsync("billing"));
        late.SetResult(World.TokenAnswer("late"));

        Assert.Equal("late", (await before).Value);
        Assert.Equal("late", (await _world.Provider.GetTokenAsync("billing")).Value);
        Assert.Equal(2, _world.TokenRequests);
    }

    [Fact]
    public async Task Scopes_per_call_keep_their_token_as_well()
    {
        var request = new CognitoTokenRequest { Scopes = ["billing/write"] };
        var before = await _world.Provider.GetTokenAsync("billing", request);
        Refuse();
        Change("ClientSecret", "mistyped2secret");

        Assert.Equal(before.Value, (await _world.Provider.GetTokenAsync("billing", request)).Value);
        await Assert.ThrowsAsync<CognitoTokenException>(async () => await _world.Provider.GetTokenAsync("billing"));
    }

    [Fact]
    public async Task Secret_that_is_wrong_for_the_second_time_costs_no_call_its_token_either()
    {
        _world.OnTokenRequest = (n, request) =>
        {
            var used = Encoding.ASCII.GetString(Convert.FromBase64String(request.Headers.Authorization!.Parameter!));
            return Task.FromResult(used == "abc123:first1secret" ? World.TokenAnswer($"token-{n}") : Refusal());
        };

        for (var time = 0; time < 3; time++)
        {
            Change("ClientSecret", "first1secret");
            var before = await _world.Provider.GetTokenAsync("billing");
            _world.Clock.Advance(TimeSpan.FromMinutes(30));
            Change("ClientSecret", "mistyped2secret");
            Assert.Equal(before.Value, (await _world.Provider.GetTokenAsync("billing")).Value);
            _world.Clock.Advance(TimeSpan.FromMinutes(20));
            Assert.Equal(before.Value, (await _world.Provider.GetTokenAsync("billing")).Value);
        }
    }

    [Fact]
    public async Task Rejected_token_of_a_former_secret_is_replaced_by_what_the_new_one_has()
    {
        var clients = _world.Services.GetRequiredService<CachingTokenProvider>();
        using var invoker = new HttpMessageInvoker(
            new CognitoM2M.Http.CognitoTokenHandler(clients.GetClient("billing")) { InnerHandler = _world.Api });
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        _world.OnApiCall = _ => _world.ApiCalls.Count == 1 ? answer.Task : Task.FromResult(new HttpResponseMessage());
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://billing.example.com/x");
        var call = invoker.SendAsync(message, CancellationToken.None);
        while (_world.ApiCalls.IsEmpty)
            await Task.Yield();

        Change("ClientSecret", "second2secret");
        await _world.Provider.GetTokenAsync("billing");
        answer.SetResult(new HttpResponseMessage(System.Net.HttpStatusCode.Unauthorized));
        using var response = await call;

        Assert.Equal(["Bearer token-1", "Bearer token-2"], _world.ApiCalls);
        Assert.Equal(2, _world.TokenRequests);
    }

    [Fact]
    public async Task Message_sent_again_after_two_changes_of_the_secret_takes_the_new_token()
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://billing.example.com/x");
        var client = _world.Services.GetRequiredService<CachingTokenProvider>().GetClient("billing");
        using var invoker = new HttpMessageInvoker(new CognitoM2M.Http.CognitoTokenHandler(client) { InnerHandler = _world.Api });

        using var first = await invoker.SendAsync(message, CancellationToken.None);
        Change("ClientSecret", "second2secret");
        client.Refresh();
        Change("ClientSecret", "third3secret");
        using var second = await invoker.SendAsync(message, CancellationToken.None);

        Assert.Equal(["Bearer token-1", "Bearer token-2"], _world.ApiCalls);
    }

    [Fact]
    public async Task Removed_client_loses_its_tokens_and_its_calls_say_why()
    {
        await _world.Provider.GetTokenAsync("billing");

        foreach (var setting in _configuration.GetSection("billing").GetChildren().ToList())
            _configuration[setting.Path] = null;
        _configuration.Reload();

        await Assert.ThrowsAsync<OptionsValidationException>(async () => await _world.Provider.GetTokenAsync("billing"));
        Assert.Single(_log.Lines, line => line.StartsWith("Warning 12", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sixty_four_callers_notice_nothing_of_reloads_good_and_bad()
    {
        using var ended = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 64).Select(_ => Task.Run(async () =>
        {
            var calls = 0;
            while (!ended.IsCancellationRequested)
            {
                await _world.Provider.GetTokenAsync("billing");
                await Task.Yield();
                calls++;
            }

            return calls;
        })).ToList();

        for (var change = 0; change < 20; change++)
        {
            Change("ClientSecret", $"secret{change}");
            Change("MaxAttempts", change % 2 == 0 ? "2" : "none");
            await _world.Provider.GetTokenAsync("billing");
        }

        await ended.CancelAsync();
        await Task.WhenAll(callers);
        Assert.InRange(_world.TokenRequests, 1, 22);
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

    private static HttpResponseMessage Refusal() => World.Json("""{"error":"invalid_client"}""", System.Net.HttpStatusCode.BadRequest);

    private void Refuse() => _world.OnTokenRequest = (_, _) => Task.FromResult(Refusal());

    private async Task CallAndSettleAsync()
    {
        await _world.Provider.GetTokenAsync("billing");
        var entry = _world.Clients.GetClient("billing").Current.EntryOf(null);
        while (entry.Fetching is { } fetching)
            await fetching;
    }

    private void Change(string setting, string value)
    {
        _configuration[$"billing:{setting}"] = value;
        _configuration.Reload();
    }
}
