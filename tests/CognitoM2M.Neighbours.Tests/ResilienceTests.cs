using System.Net;
using CognitoM2M.Emulator;
using CognitoM2M.Neighbours.Tests.Docs;
using CognitoM2M.Neighbours.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Time.Testing;
using Polly;

namespace CognitoM2M.Neighbours.Tests;

/// <summary>Microsoft.Extensions.Http.Resilience outside the token handler.</summary>
public sealed class ResilienceTests
{
    [Fact]
    public async Task Standard_handler_repeats_a_call_for_which_Cognito_gave_no_token()
    {
        var clock = new FakeTimeProvider();
        await using var service = await StartAsync(
            http => http.AddStandardResilienceHandler(options =>
            {
                RetryAtOnce(options);
                // By default the handler waits two seconds or more.
                options.Retry.OnRetry = _ =>
                {
                    clock.Advance(TimeSpan.FromSeconds(2));
                    return default;
                };
            }),
            firstFetchAttempts: 1, clock);
        service.Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.Status(503) with { Times = 1 });

        using var response = await service.CreateClient().GetAsync(new Uri("orders/1", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(2, service.TokenRequests);
    }

    [Fact]
    public async Task Code_of_the_documentation_does_not_repeat_a_call_for_which_the_client_is_refused()
    {
        await using var service = await CallingService.StartAsync((builder, _) =>
        {
            BesideOtherLibraries.AddResilience(builder);
            builder.Services.Configure<CognitoM2MClientOptions>("orders", options => options.ClientSecret = "not1the2secret3of4this5client");
        });

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => service.CreateClient().GetAsync(new Uri("orders/1", UriKind.Relative)));

        Assert.Equal("invalid_client", failure.Error);
        Assert.DoesNotContain(service.Log.Lines, line => line.Contains("OnRetry", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Code_of_the_documentation_repeats_a_call_for_which_Cognito_gave_no_token()
    {
        var clock = new FakeTimeProvider();
        await using var service = await CallingService.StartAsync((builder, _) =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            BesideOtherLibraries.AddResilience(builder);
            builder.Services.Configure<CognitoM2MClientOptions>("orders", options => options.FirstFetchAttempts = 1);
            builder.Services.ConfigureHttpClientDefaults(http => http.Services.PostConfigureAll<HttpStandardResilienceOptions>(options =>
            {
                RetryAtOnce(options);
                // By default the handler waits two seconds or more.
                options.Retry.OnRetry = _ =>
                {
                    clock.Advance(TimeSpan.FromSeconds(2));
                    return default;
                };
            }));
        });
        service.Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.Status(503) with { Times = 1 });

        using var response = await service.CreateClient().GetAsync(new Uri("orders/1", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(2, service.TokenRequests);
    }

    [Fact]
    public async Task Pipeline_of_the_documentation_does_not_repeat_a_call_for_which_the_client_is_refused()
    {
        await using var service = await StartPipelineAsync(options => options.ClientSecret = "not1the2secret3of4this5client");

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => service.CreateClient("reports").GetAsync(new Uri(service.Api.Address, "orders/1")));

        Assert.Equal("invalid_client", failure.Error);
        Assert.DoesNotContain(service.Log.Lines, line => line.Contains("OnRetry", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pipeline_of_the_documentation_leaves_a_rejected_token_to_the_token_handler()
    {
        await using var service = await StartPipelineAsync(_ => { });
        using var client = service.CreateClient("reports");
        (await client.GetAsync(new Uri(service.Api.Address, "orders/1"))).Dispose();
        service.Api.RejectSeenTokens();

        using var response = await client.GetAsync(new Uri(service.Api.Address, "orders/2"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(3, service.Api.Calls.Count);
        Assert.Equal(2, service.TokenRequests);
    }

    [Fact]
    public async Task Standard_handler_and_token_handler_each_repeat_a_call_for_their_own_reason()
    {
        await using var service = await StartAsync(http => http.AddStandardResilienceHandler(RetryAtOnce));
        using var client = service.CreateClient();
        (await client.GetAsync(new Uri("orders/1", UriKind.Relative))).Dispose();
        service.Api.RejectSeenTokens();
        var failures = 1;
        service.Api.OnCall = context =>
        {
            context.Response.StatusCode = Interlocked.Decrement(ref failures) >= 0 ? 503 : 200;
            return Task.CompletedTask;
        };

        using var response = await client.GetAsync(new Uri("orders/2", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        // The call that was accepted before; 401; the replay, 503; the retry.
        Assert.Equal(4, service.Api.Calls.Count);
        Assert.Equal(2, service.TokenRequests);
    }

    [Fact]
    public async Task Hedging_handler_sends_each_attempt_with_a_token()
    {
        await using var service = await StartAsync(http => http.AddStandardHedgingHandler());
        var failures = 1;
        service.Api.OnCall = context =>
        {
            context.Response.StatusCode = Interlocked.Decrement(ref failures) >= 0 ? 503 : 200;
            return Task.CompletedTask;
        };

        using var response = await service.CreateClient().GetAsync(new Uri("orders/1", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(2, service.Api.Calls.Count);
        Assert.Single(service.Api.Calls.Select(call => call.Authorization).Distinct());
        Assert.Equal(1, service.TokenRequests);
    }

    [Fact]
    public async Task Hedged_attempts_keep_the_scopes_that_the_call_asks_for()
    {
        await using var service = await StartAsync(http => http.AddStandardHedgingHandler());
        var failures = 1;
        service.Api.OnCall = context =>
        {
            context.Response.StatusCode = Interlocked.Decrement(ref failures) >= 0 ? 503 : 200;
            return Task.CompletedTask;
        };

        using var request = new HttpRequestMessage(HttpMethod.Get, "orders/1").WithCognitoScopes("orders/read");
        using var response = await service.CreateClient().SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var token = await service.Provider.GetTokenAsync("orders", new CognitoTokenRequest { Scopes = ["orders/read"] });
        Assert.All(service.Api.Calls, call => Assert.Equal($"Bearer {token.Value}", call.Authorization));
        Assert.Equal(1, service.TokenRequests);
    }

    private static Task<CallingService> StartPipelineAsync(Action<CognitoM2MClientOptions> configure) =>
        CallingService.StartAsync((builder, _) =>
        {
            builder.Services.AddCognitoM2MClients(builder.Configuration);
            builder.Services.Configure("orders", configure);
            BesideOtherLibraries.AddPipeline(builder);
        });

    private static void RetryAtOnce(HttpStandardResilienceOptions options)
    {
        options.Retry.Delay = TimeSpan.Zero;
        options.Retry.BackoffType = DelayBackoffType.Constant;
        options.Retry.UseJitter = false;
    }

    private static Task<CallingService> StartAsync(Action<IHttpClientBuilder> resilience, int? firstFetchAttempts = null, TimeProvider? clock = null) =>
        CallingService.StartAsync((builder, _) =>
        {
            if (clock is not null)
                builder.Services.AddSingleton(clock);
            builder.Services.ConfigureHttpClientDefaults(resilience);
            builder.Services.AddCognitoM2MClients(builder.Configuration);
            builder.Services.Configure<CognitoM2MClientOptions>("orders", options => options.FirstFetchAttempts = firstFetchAttempts ?? options.FirstFetchAttempts);
        });
}
