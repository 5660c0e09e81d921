using System.Net;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Http;

/// <summary>An API that always answers 401 causes few token requests.</summary>
public sealed class RejectedTokenLimitTests : IAsyncDisposable
{
    private readonly StubbedService _service = new();

    [Fact]
    public async Task Api_that_always_answers_401_causes_one_token_request_in_thirty_seconds()
    {
        await _service.GetTokenAsync();
        _service.OnApiCall = _ => Task.FromResult(Unauthorized("from the API"));

        for (var call = 0; call < 40; call++)
        {
            using var client = _service.CreateHttpClient();
            using var response = await client.GetAsync(new Uri("orders", UriKind.Relative));
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal("from the API", await response.Content.ReadAsStringAsync());
            _service.Clock.Advance(TimeSpan.FromMilliseconds(25));
        }

        Assert.Equal(2, _service.TokenRequests);
        Assert.Equal(41, _service.ApiCalls.Count);

        _service.Clock.Advance(TimeSpan.FromSeconds(30));
        await _service.CallApiAsync();
        Assert.Equal(3, _service.TokenRequests);
    }

    [Fact]
    public async Task Successful_fetch_after_a_failed_replacement_starts_the_thirty_second_limit()
    {
        await _service.GetTokenAsync();
        _service.OnApiCall = _ => Task.FromResult(Unauthorized("from the API"));
        _service.OnTokenRequest = (n, _) => Task.FromResult(n == 2 ? StubbedResponse.CreateStatus(HttpStatusCode.ServiceUnavailable) : StubbedResponse.CreateToken($"token-{n}"));
        await _service.CallApiAsync();
        _service.Clock.Advance(TimeSpan.FromSeconds(2));
        await _service.GetTokenAsync();
        await _service.WaitForFetchAsync();
        Assert.Equal("token-3", await _service.GetTokenAsync());

        await _service.CallApiAsync();

        Assert.Equal(3, _service.TokenRequests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_failed_fetches_after_a_401_keep_the_thirty_second_limit(bool secondIsReplacement)
    {
        _service.OnTokenRequest = (n, _) => Task.FromResult(n is 2 or 3 ? StubbedResponse.CreateStatus(HttpStatusCode.ServiceUnavailable) : StubbedResponse.CreateToken($"token-{n}"));
        var first = await _service.Provider.GetTokenAsync("orders");
        Assert.Null(await _service.Provider.ReplaceRejectedTokenAsync("orders", first));
        _service.Clock.Advance(TimeSpan.FromSeconds(2));
        if (secondIsReplacement)
            Assert.Null(await _service.Provider.ReplaceRejectedTokenAsync("orders", first));
        else
            await Assert.ThrowsAsync<CognitoTokenException>(() => _service.GetTokenAsync(new CognitoTokenRequest { ForceRefresh = true }));
        _service.Clock.Advance(TimeSpan.FromSeconds(4));
        await _service.GetTokenAsync();
        await _service.WaitForFetchAsync();
        var second = await _service.Provider.GetTokenAsync("orders");
        Assert.Equal("token-4", second.Value);

        _service.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Null(await _service.Provider.ReplaceRejectedTokenAsync("orders", second));
        Assert.Equal(4, _service.TokenRequests);

        _service.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("token-5", (await _service.Provider.ReplaceRejectedTokenAsync("orders", second))!.Value);
    }

    [Fact]
    public async Task Concurrent_calls_get_the_401_of_an_api_that_always_answers_401()
    {
        await _service.GetTokenAsync();
        _service.OnApiCall = _ => Task.FromResult(Unauthorized("no"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => _service.CallApiAsync()));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Unauthorized, answer));
        Assert.Equal(2, _service.TokenRequests);
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    private static HttpResponseMessage Unauthorized(string body) => new(HttpStatusCode.Unauthorized) { Content = new StringContent(body) };
}
