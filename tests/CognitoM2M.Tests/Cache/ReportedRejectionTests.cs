using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Cache;

/// <summary>A caller that is not an HttpClient reports a rejected token, with the rules of the HTTP handler.</summary>
public sealed class ReportedRejectionTests : IAsyncDisposable
{
    private readonly StubbedService _service = new();

    [Fact]
    public async Task Reported_token_is_replaced_with_one_token_request_for_all_callers()
    {
        var rejected = await _service.Provider.GetTokenAsync("orders");

        var newer = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _service.Provider.ReplaceRejectedTokenAsync("orders", rejected).AsTask()));

        Assert.All(newer, token => Assert.Equal("token-2", token!.Value));
        Assert.Equal(2, _service.TokenRequests);
    }

    [Fact]
    public async Task Newer_token_that_is_held_already_is_returned_without_a_request()
    {
        var rejected = await _service.Provider.GetTokenAsync("orders");
        await _service.Provider.ReplaceRejectedTokenAsync("orders", rejected);

        var newer = await _service.Provider.ReplaceRejectedTokenAsync("orders", rejected);

        Assert.Equal("token-2", newer!.Value);
        Assert.Equal(2, _service.TokenRequests);
    }

    [Fact]
    public async Task Token_made_from_the_same_text_counts_as_the_rejected_token()
    {
        var held = await _service.Provider.GetTokenAsync("orders");
        var copy = new CognitoAccessToken(new string(held.Value), held.ExpiresAt);

        Assert.Equal("token-2", (await _service.Provider.ReplaceRejectedTokenAsync("orders", copy))!.Value);
    }

    [Fact]
    public async Task Receiver_that_rejects_every_token_causes_one_request_in_thirty_seconds()
    {
        var rejected = await _service.Provider.GetTokenAsync("orders");
        for (var second = 0; second < 60; second++)
        {
            rejected = await _service.Provider.ReplaceRejectedTokenAsync("orders", rejected) ?? rejected;
            _service.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(3, _service.TokenRequests);
    }

    [Fact]
    public async Task Failed_replacement_returns_null_and_throws_nothing()
    {
        var rejected = await _service.Provider.GetTokenAsync("orders");
        _service.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateStatus(System.Net.HttpStatusCode.ServiceUnavailable));

        Assert.Null(await _service.Provider.ReplaceRejectedTokenAsync("orders", rejected));
        Assert.Equal(rejected.Value, await _service.GetTokenAsync());
    }

    [Fact]
    public async Task Token_for_other_scopes_is_replaced_for_these_scopes_only()
    {
        var request = new CognitoTokenRequest { Scopes = ["orders/write"] };
        var usual = await _service.GetTokenAsync();
        var rejected = await _service.Provider.GetTokenAsync("orders", request);

        var newer = await _service.Provider.ReplaceRejectedTokenAsync("orders", rejected, request);

        Assert.Equal("token-3", newer!.Value);
        Assert.Equal(usual, await _service.GetTokenAsync());
    }

    [Fact]
    public async Task Report_that_is_cancelled_already_sends_no_token_request()
    {
        var rejected = await _service.Provider.GetTokenAsync("orders");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _service.Provider.ReplaceRejectedTokenAsync("orders", rejected, request: null, cancelled.Token).AsTask());

        Assert.Equal(1, _service.TokenRequests);
    }

    [Fact]
    public async Task Client_without_a_container_replaces_reported_tokens()
    {
        using var stub = new TokenStub();
        using var client = new CognitoM2MClient(
            new CognitoM2MClientOptions { Domain = "acme-m2m", Region = "eu-west-1", ClientId = "abc123", ClientSecret = StubbedService.Secret }, tokenEndpointHandler: stub);
        var rejected = await client.GetTokenAsync();

        var newer = await client.ReplaceRejectedTokenAsync(rejected);

        Assert.Equal(("1", "2"), (rejected.Value, newer!.Value));
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    private sealed class TokenStub : HttpMessageHandler
    {
        private int _requests;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(StubbedResponse.CreateToken($"{Interlocked.Increment(ref _requests)}"));
    }
}
