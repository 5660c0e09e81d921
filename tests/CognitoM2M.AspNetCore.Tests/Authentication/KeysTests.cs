using System.Net;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.Tests.Authentication;

/// <summary>Requests are served while keys are late, missing, or change.</summary>
public sealed class KeysTests : IDisposable
{
    private readonly KeyServer _keys = new();

    public void Dispose() => _keys.Dispose();

    [Fact]
    public async Task Keys_are_downloaded_while_the_host_starts_and_the_host_does_not_wait()
    {
        _keys.HoldsBack = true;
        await using var api = await StartAsync();

        var answer = api.GetAsync("/orders", Pool.Usual.Token());
        Assert.False(answer.IsCompleted);
        _keys.Release();
        using var response = await answer;

        response.Is(HttpStatusCode.OK);
        Assert.Equal(["https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123/.well-known/jwks.json"], _keys.Requests);
    }

    [Fact]
    public async Task Keys_are_not_downloaded_at_start_if_LoadKeysAtStart_is_false()
    {
        await using var api = await StartAsync(options => options.LoadKeysAtStart = false);
        using var anonymous = await api.GetAsync("/orders");
        Assert.Empty(_keys.Requests);

        using var response = await api.GetAsync("/orders", Pool.Usual.Token());

        response.Is(HttpStatusCode.OK);
        Assert.Single(_keys.Requests);
    }

    [Fact]
    public async Task Request_gets_503_with_Retry_After_until_the_keys_are_downloaded()
    {
        _keys.KeySet = null;
        await using var api = await StartAsync();

        using var first = await api.GetAsync("/orders", Pool.Usual.Token());
        using var second = await api.GetAsync("/orders", Pool.Usual.Token());
        using var withoutToken = await api.GetAsync("/orders");
        _keys.KeySet = Pool.Usual.KeySet;
        api.Clock.Advance(TimeSpan.FromSeconds(int.Parse(first.Headers.GetValues("Retry-After").Single())));
        using var third = await api.GetAsync("/orders", Pool.Usual.Token());

        first.Is(HttpStatusCode.ServiceUnavailable);
        second.Is(HttpStatusCode.ServiceUnavailable);
        withoutToken.Is(HttpStatusCode.Unauthorized, "Bearer realm=\"CognitoM2M\", scope=\"orders/read\"");
        third.Is(HttpStatusCode.OK);
        Assert.Equal(TimeSpan.FromSeconds(10), first.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task Rotated_key_is_accepted_without_a_restart()
    {
        await using var api = await StartAsync();
        var rotated = new Pool(keyId: "key-2");
        using var before = await api.GetAsync("/orders", Pool.Usual.Token());
        using var unknown = await api.GetAsync("/orders", rotated.Token());

        _keys.KeySet = rotated.KeySet;
        api.Clock.Advance(TimeSpan.FromSeconds(10));
        using var after = await api.GetAsync("/orders", rotated.Token());
        using var withdrawn = await api.GetAsync("/orders", Pool.Usual.Token());

        before.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        after.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, withdrawn.StatusCode);
    }

    [Fact]
    public async Task Token_that_expires_is_rejected_at_its_next_use()
    {
        await using var api = await StartAsync();
        var token = Pool.Usual.Token();

        using var before = await api.GetAsync("/orders", token);
        api.Clock.Advance(TimeSpan.FromHours(1));
        using var after = await api.GetAsync("/orders", token);

        before.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
        Assert.Contains("The access token expired.", after.Challenges().Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_request_does_not_end_the_download_of_keys()
    {
        _keys.HoldsBack = true;
        await using var api = await StartAsync();
        using var leaving = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/orders") { Headers = { Authorization = new("Bearer", Pool.Usual.Token()) } };

        var left = api.Http.SendAsync(request, leaving.Token);
        var stayed = api.GetAsync("/orders", Pool.Usual.Token());
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        _keys.Release();
        using var response = await stayed;

        response.Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Many_requests_at_once_cause_one_download_of_keys()
    {
        await using var api = await StartAsync(options => options.LoadKeysAtStart = false);
        var tokens = Enumerable.Range(0, 8).Select(i => Pool.Usual.Token(i % 2 == 0 ? "orders/read" : "orders/write")).ToArray();

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
        {
            using var response = await api.GetAsync("/orders", tokens[i % tokens.Length]);
            return response.StatusCode;
        })));

        Assert.All(answers, (status, i) => Assert.Equal(i % 2 == 0 ? HttpStatusCode.OK : HttpStatusCode.Forbidden, status));
        Assert.Single(_keys.Requests);
    }

    [Fact]
    public async Task Scopes_that_PostConfigure_adds_are_required()
    {
        await using var api = await StartAsync(services: services => services.PostConfigure<CognitoM2MAuthenticationOptions>(
            "CognitoM2M", options => options.Verification.AllOfScopes = ["orders/admin"]));

        using var response = await api.GetAsync("/orders", Pool.Usual.Token());

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Download_in_flight_ends_when_the_host_is_disposed()
    {
        _keys.HoldsBack = true;
        var api = await StartAsync();
        var started = api.GetAsync("/orders", Pool.Usual.Token());

        await api.DisposeAsync();

        await Assert.ThrowsAnyAsync<Exception>(async () => (await started).EnsureSuccessStatusCode());
    }

    private Task<Api> StartAsync(Action<CognitoM2MAuthenticationOptions>? options = null, Action<IServiceCollection>? services = null) => Api.StartAsync(
        app => app.MapGet("/orders", () => "orders").RequireCognitoScope("orders/read"),
        o =>
        {
            o.Jwks = null;
            o.CreateKeySetHttpClient = _keys.Client;
            options?.Invoke(o);
        },
        services);
}
