using System.Net;
using System.Text;
using CognitoM2M.Emulator;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.EndToEnd.Tests;

/// <summary>The library against the emulator and an API, over real sockets.</summary>
public sealed class CallingTests
{
    [Theory]
    [InlineData(CognitoTokenRoute.OAuth2, EmulatorEndpoint.Token)]
    [InlineData(CognitoTokenRoute.GetClientToken, EmulatorEndpoint.GetClientToken)]
    public async Task Ten_thousand_callers_on_a_cold_start_cause_one_token_request(CognitoTokenRoute route, EmulatorEndpoint endpoint)
    {
        await using var service = await EmulatedService.StartAsync(route);
        service.Cognito.Faults.Set(endpoint, EmulatorFault.Slow(TimeSpan.FromMilliseconds(50)));

        var tokens = await Task.WhenAll(Enumerable.Range(0, 10_000).Select(_ => service.Provider.GetTokenAsync("orders").AsTask()));

        Assert.Single(tokens.Select(token => token.Value).Distinct());
        Assert.Equal(["orders/read", "orders/write"], tokens[0].Scopes.Order(StringComparer.Ordinal));
        Assert.Equal(1, service.Cognito.TokenRequests.Total);
    }

    [Theory]
    [InlineData(CognitoTokenRoute.OAuth2, false)]
    [InlineData(CognitoTokenRoute.OAuth2, true)]
    [InlineData(CognitoTokenRoute.GetClientToken, false)]
    public async Task Call_carries_a_token_of_the_pool(CognitoTokenRoute route, bool synchronous)
    {
        await using var service = await EmulatedService.StartAsync(route);
        using var client = service.CreateClient();

        using var request = new HttpRequestMessage(HttpMethod.Get, "orders");
        using var response = synchronous ? client.Send(request) : await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var claims = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(Assert.Single(service.Calls)["Bearer ".Length..].Split('.')[1]));
        Assert.Contains(service.AppClient.ClientId, claims, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CognitoTokenRoute.OAuth2, "invalid_client")]
    [InlineData(CognitoTokenRoute.GetClientToken, "NotAuthorizedException")]
    public async Task Error_for_a_wrong_secret_names_the_app_client_and_the_call_is_not_sent(CognitoTokenRoute route, string error)
    {
        await using var service = await EmulatedService.StartAsync(
            route, services: services => services.Configure<CognitoM2MClientOptions>("orders", options => options.ClientSecret = "not1the2secret3of4this5client"));
        using var client = service.CreateClient();

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => client.GetAsync(new Uri("orders", UriKind.Relative)));

        Assert.Equal(error, failure.Error);
        Assert.Contains(service.AppClient.ClientId, failure.Hint, StringComparison.Ordinal);
        Assert.Empty(service.Calls);
    }

    [Fact]
    public async Task Error_for_an_app_client_without_the_oauth_flag_names_the_flag()
    {
        await using var service = await EmulatedService.StartAsync(appClient: client => client.AllowedOAuthFlowsUserPoolClient = false);

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(async () => await service.Provider.GetTokenAsync("orders"));

        Assert.Equal("invalid_grant", failure.Error);
        Assert.Contains("AllowedOAuthFlowsUserPoolClient", failure.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CognitoTokenRoute.OAuth2, "invalid_scope")]
    [InlineData(CognitoTokenRoute.GetClientToken, "InvalidParameterException")]
    public async Task Error_for_a_scope_that_is_not_allowed_names_the_scope(CognitoTokenRoute route, string error)
    {
        await using var service = await EmulatedService.StartAsync(route);

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(
            async () => await service.Provider.GetTokenAsync("orders", new CognitoTokenRequest { Scopes = ["orders/delete"] }));

        Assert.Equal(error, failure.Error);
        Assert.Contains("[orders/delete]", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Caller_gets_a_token_although_the_endpoint_drops_the_first_connection()
    {
        await using var service = await EmulatedService.StartAsync();
        service.Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.Drop() with { Times = 1 });

        await service.Provider.GetTokenAsync("orders");

        Assert.Equal(2, service.Cognito.TokenRequests.Total);
    }

    [Fact]
    public async Task Error_for_an_html_page_instead_of_a_token_response_suggests_checking_WAF()
    {
        await using var service = await EmulatedService.StartAsync();
        service.Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.Html(403));

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(async () => await service.Provider.GetTokenAsync("orders"));

        Assert.Equal(CognitoTokenErrors.HttpError, failure.Error);
        Assert.Equal(HttpStatusCode.Forbidden, failure.TokenEndpointStatusCode);
        Assert.Contains("WAF", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_connection_is_explained_and_the_next_call_fails_at_once_with_the_same_error()
    {
        await using var service = await EmulatedService.StartAsync();
        await service.Cognito.DisposeAsync();

        var first = await Assert.ThrowsAsync<CognitoTokenException>(async () => await service.Provider.GetTokenAsync("orders"));
        var second = await Assert.ThrowsAsync<CognitoTokenException>(async () => await service.Provider.GetTokenAsync("orders"));

        Assert.Equal(CognitoTokenErrors.RequestFailed, first.Error);
        Assert.Contains("No connection", first.Hint, StringComparison.Ordinal);
        Assert.Equal(first.Message, second.Message);
        Assert.Same(first.InnerException, second.InnerException);
    }

    [Fact]
    public async Task Redirect_by_the_api_to_another_origin_does_not_carry_the_token()
    {
        await using var service = await EmulatedService.StartAsync();
        await using var elsewhere = await EmulatedService.StartAsync();
        service.OnCall = context =>
        {
            context.Response.Redirect(new Uri(elsewhere.ApiAddress, "orders").AbsoluteUri);
            return Task.CompletedTask;
        };
        elsewhere.OnCall = context =>
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        };
        using var client = service.CreateClient();

        using var response = await client.GetAsync(new Uri("orders", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal([""], elsewhere.Calls);
        Assert.Equal(1, service.Cognito.TokenRequests.Total);
    }

    [Fact]
    public async Task Synchronous_callers_on_many_threads_share_one_token_request()
    {
        await using var service = await EmulatedService.StartAsync();
        using var client = service.CreateClient();

        var calls = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Factory.StartNew(
            () =>
            {
                using var response = client.Send(new HttpRequestMessage(HttpMethod.Get, "orders"));
                return response.StatusCode;
            },
            CancellationToken.None,
            // Threads of their own: the emulator and the API need the threads of the pool.
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Assert.All(calls, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(1, service.Cognito.TokenRequests.Total);
    }

    [Fact]
    public async Task Withdrawn_key_causes_one_token_request_and_no_failed_call()
    {
        await using var service = await EmulatedService.StartAsync();
        var first = (await service.Provider.GetTokenAsync("orders")).Value;
        service.OnCall = context =>
        {
            if (context.Request.Headers.Authorization == $"Bearer {first}")
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        };
        service.Pool.RotateSigningKey(withdrawOldKeys: true);
        using var client = service.CreateClient();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            using var response = await client.PostAsync(new Uri("orders", UriKind.Relative), new StringContent("{}"));
            return response.StatusCode;
        }));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer));
        Assert.Equal(2, service.Cognito.TokenRequests.Total);
    }

    [Fact]
    public async Task Tokens_are_issued_throughout_a_rotation_of_the_secret()
    {
        await using var service = await EmulatedService.StartAsync();
        var old = service.AppClient.ClientSecret!;
        var next = service.AppClient.AddSecret();
        using var withNext = new CognitoM2MClient(new CognitoM2MClientOptions
        {
            TokenEndpoint = service.Cognito.TokenEndpoint,
            ClientId = service.AppClient.ClientId,
            ClientSecret = next,
        });

        await service.Provider.GetTokenAsync("orders");
        await withNext.GetTokenAsync();
        service.AppClient.DeleteSecret(old);
        await withNext.GetTokenAsync(new CognitoTokenRequest { ForceRefresh = true });

        Assert.Equal(3, service.Cognito.TokenRequests.IssuedTokens);
    }

    [Fact]
    public async Task Token_handler_on_every_http_client_does_not_handle_its_own_token_requests()
    {
        await using var service = await EmulatedService.StartAsync(
            services: services => services.ConfigureHttpClientDefaults(builder => builder.AddCognitoM2MToken("orders")));
        using var client = service.CreateClient("another");

        using var response = await client.GetAsync(new Uri(service.ApiAddress, "orders"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(1, service.Cognito.TokenRequests.Total);
    }
}
