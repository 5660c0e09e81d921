using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using CognitoM2M.AspNetCore;
using CognitoM2M.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProtectedApi;

namespace CognitoM2M.EndToEnd.Tests;

/// <summary>A caller and the sample API, both on the emulator, over real sockets.</summary>
public sealed class ProtectingTests : IAsyncLifetime
{
    private readonly List<CognitoM2MClient> _callers = [];
    private CognitoEmulator _cognito = null!;
    private EmulatedUserPool _pool = null!;
    private EmulatedAppClient _appClient = null!;
    private WebApplication _api = null!;

    private Uri ApiAddress => new(_api.Urls.Single());

    public async Task InitializeAsync()
    {
        _cognito = await CognitoEmulator.StartAsync();
        (_pool, _appClient) = CreatePool();
        _api = await StartApiAsync(options => options.UserPoolId = _pool.Id);
    }

    public async Task DisposeAsync()
    {
        _callers.ForEach(caller => caller.Dispose());
        await _api.DisposeAsync();
        await _cognito.DisposeAsync();
    }

    [Fact]
    public async Task Token_with_the_scope_is_accepted_by_the_endpoint()
    {
        using var client = Caller(_appClient, "orders/read", "orders/write");

        using var added = await client.PostAsJsonAsync(new Uri("orders", UriKind.Relative), new Order("tea", PlacedBy: "somebody else"));
        var orders = await client.GetFromJsonAsync<Order[]>(new Uri("orders", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NoContent, added.StatusCode);
        Assert.Equal(new Order("tea", _appClient.ClientId), Assert.Single(orders!));
    }

    [Fact]
    public async Task Response_to_a_token_without_the_scope_names_the_missing_scope()
    {
        using var client = Caller(_appClient, "orders/read");

        using var response = await client.PostAsJsonAsync(new Uri("orders", UriKind.Relative), new Order("tea"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        var challenge = Challenge(response);
        Assert.Contains("error=\"insufficient_scope\"", challenge, StringComparison.Ordinal);
        Assert.Contains("scope=\"orders/write\"", challenge, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_without_a_token_gets_a_challenge_without_an_error()
    {
        using var client = new HttpClient { BaseAddress = ApiAddress };

        using var response = await client.GetAsync(new Uri("orders", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.DoesNotContain("error", Challenge(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_of_another_pool_is_rejected()
    {
        var (_, stranger) = CreatePool();
        using var client = Caller(stranger);

        using var response = await client.GetAsync(new Uri("orders", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("error=\"invalid_token\"", Challenge(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_of_another_app_client_of_the_pool_is_rejected()
    {
        using var client = Caller(_pool.CreateAppClient("another", "orders/read"));

        using var response = await client.GetAsync(new Uri("orders", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Key_rotation_needs_no_restart()
    {
        using var before = Caller(_appClient);
        using var first = await before.GetAsync(new Uri("orders", UriKind.Relative));

        _pool.RotateSigningKey(withdrawOldKeys: false);
        using var after = Caller(_appClient);
        using var withNewKey = await after.GetAsync(new Uri("orders", UriKind.Relative));
        using var withOldKey = await before.GetAsync(new Uri("orders", UriKind.Relative));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK], [first.StatusCode, withNewKey.StatusCode, withOldKey.StatusCode]);
        Assert.Equal(2, _cognito.TokenRequests.Total);
    }

    [Fact]
    public async Task Caller_recovers_from_a_key_that_was_withdrawn()
    {
        using var before = Caller(_appClient);
        using var first = await before.GetAsync(new Uri("orders", UriKind.Relative));

        _pool.RotateSigningKey(withdrawOldKeys: true);
        using var newcomer = Caller(_appClient);
        using var withNewKey = await newcomer.GetAsync(new Uri("orders", UriKind.Relative));
        using var withOldKey = await before.GetAsync(new Uri("orders", UriKind.Relative));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK], [first.StatusCode, withNewKey.StatusCode, withOldKey.StatusCode]);
        Assert.Equal(3, _cognito.TokenRequests.Total);
    }

    [Fact]
    public async Task Token_whose_issuer_is_the_address_of_the_emulator_is_accepted_if_the_API_trusts_that_issuer()
    {
        await using var cognito = await CognitoEmulator.StartAsync(new CognitoEmulatorOptions { Issuer = EmulatedIssuer.Loopback });
        var pool = cognito.CreateUserPool("acme");
        pool.CreateResourceServer("orders", "read");
        var appClient = pool.CreateAppClient("caller", "orders/read");
        await using var api = await StartApiAsync(options =>
        {
            options.Issuer = pool.Issuer;
            options.ClientIds = [appClient.ClientId];
            options.JwksUri = null;
        });
        using var client = Caller(appClient, cognito, new Uri(api.Urls.Single()));

        using var response = await client.GetAsync(new Uri("orders", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Health_check_is_healthy_while_keys_are_held()
    {
        using var client = new HttpClient { BaseAddress = ApiAddress };

        Assert.Equal("Healthy", await client.GetStringAsync(new Uri("health", UriKind.Relative)));
    }

    private static string Challenge(HttpResponseMessage response)
    {
        var challenge = Assert.Single(response.Headers.WwwAuthenticate);
        Assert.Equal("Bearer", challenge.Scheme);
        return Assert.IsType<AuthenticationHeaderValue>(challenge).Parameter ?? "";
    }

    private (EmulatedUserPool Pool, EmulatedAppClient AppClient) CreatePool()
    {
        var pool = _cognito.CreateUserPool("acme");
        pool.CreateResourceServer("orders", "read", "write");
        return (pool, pool.CreateAppClient("caller", "orders/read", "orders/write"));
    }

    private async Task<WebApplication> StartApiAsync(Action<CognitoM2MAuthenticationOptions> configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAuthentication().AddCognitoM2M(options =>
        {
            options.ClientIds = [_appClient.ClientId];
            options.JwksUri = _pool.JwksUri;
            configure(options);
        });
        var api = OrdersApi.Build(builder);
        await api.StartAsync();
        return api;
    }

    private HttpClient Caller(EmulatedAppClient appClient, params string[] scopes) => Caller(appClient, _cognito, ApiAddress, scopes);

    private HttpClient Caller(EmulatedAppClient appClient, CognitoEmulator cognito, Uri api, params string[] scopes)
    {
        var caller = new CognitoM2MClient(new CognitoM2MClientOptions
        {
            TokenEndpoint = cognito.TokenEndpoint,
            ClientId = appClient.ClientId,
            ClientSecret = appClient.ClientSecret,
            Scopes = [.. scopes],
            BaseAddress = api,
        });
        _callers.Add(caller);
        return caller.CreateHttpClient();
    }
}
