using System.Net;
using System.Net.Http.Headers;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Http;

/// <summary>An Authorization header that names the scheme Bearer and nothing else is no credential.</summary>
public sealed class SchemeAloneTests : IAsyncDisposable
{
    private readonly StubbedService _service = new();

    [Theory]
    [InlineData("Bearer")]
    [InlineData("bearer")]
    [InlineData("BEARER ")]
    [InlineData(" Bearer\t ")]
    [InlineData("")]
    [InlineData("  ")]
    public async Task Header_with_the_scheme_alone_gets_the_token(string header)
    {
        // The first call fetches the token, and the others find it fresh.
        for (var call = 0; call < 2; call++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "orders");
            request.Headers.TryAddWithoutValidation("Authorization", header);
            await _service.CallApiAsync(request);
        }

        using var client = _service.CreateHttpClient();
        using var synchronous = new HttpRequestMessage(HttpMethod.Get, "orders");
        synchronous.Headers.TryAddWithoutValidation("Authorization", header);
        using var response = client.Send(synchronous);

        Assert.Equal(["Bearer token-1", "Bearer token-1", "Bearer token-1"], _service.ApiCalls);
    }

    [Fact]
    public async Task Typed_header_and_default_header_with_the_scheme_alone_get_the_token()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "orders");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer");
        await _service.CallApiAsync(request);

        using var client = _service.CreateHttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer");
        using var response = await client.GetAsync(new Uri("orders", UriKind.Relative));

        Assert.Equal(["Bearer token-1", "Bearer token-1"], _service.ApiCalls);
    }

    [Fact]
    public async Task Rejected_token_is_replaced_in_a_header_that_had_the_scheme_alone()
    {
        _service.OnApiCall = request => Task.FromResult(
            new HttpResponseMessage(request.Headers.Authorization!.Parameter == "token-1" ? HttpStatusCode.Unauthorized : HttpStatusCode.OK));
        using var request = new HttpRequestMessage(HttpMethod.Get, "orders");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer");

        Assert.Equal(HttpStatusCode.OK, await _service.CallApiAsync(request));

        Assert.Equal(["Bearer token-1", "Bearer token-2"], _service.ApiCalls);
    }

    [Fact]
    public async Task Request_with_a_scheme_alone_can_ask_for_other_scopes()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "orders");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer");

        await _service.CallApiAsync(request.WithCognitoScopes("orders/write"));

        Assert.Equal(["Bearer token-1"], _service.ApiCalls);
        Assert.Equal("token-1", await _service.GetTokenAsync(new CognitoTokenRequest { Scopes = ["orders/write"] }));
    }

    [Fact]
    public async Task Scheme_alone_gets_no_token_at_an_address_that_is_not_allowed()
    {
        await _service.GetTokenAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://elsewhere.example/");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer");

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => _service.CallApiAsync(request));

        Assert.Equal(CognitoTokenErrors.DestinationNotAllowed, failure.Error);
        Assert.Empty(_service.ApiCalls);
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Negotiate")]
    [InlineData("Bearerx")]
    [InlineData("Bearer x")]
    [InlineData("Bearer, Bearer")]
    public async Task Everything_else_in_the_header_stays_as_it_is(string header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "orders");
        request.Headers.TryAddWithoutValidation("Authorization", header);

        await _service.CallApiAsync(request);

        Assert.Equal([header], _service.ApiCalls);
        Assert.Equal(0, _service.TokenRequests);
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();
}
