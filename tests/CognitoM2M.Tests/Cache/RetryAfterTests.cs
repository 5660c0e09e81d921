using System.Net;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Cache;

/// <summary>Cognito names in Retry-After when the next request may come.</summary>
public sealed class RetryAfterTests : IAsyncDisposable
{
    private readonly StubbedService _service = new();

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Retry_after_date_is_compared_with_the_date_of_the_response(int days)
    {
        var serverTime = _service.Clock.GetUtcNow() + TimeSpan.FromDays(days);
        _service.OnTokenRequest = (_, _) =>
        {
            var response = StubbedResponse.CreateStatus(HttpStatusCode.TooManyRequests);
            response.Headers.Date = serverTime;
            response.Headers.RetryAfter = new(serverTime + TimeSpan.FromSeconds(30));
            return Task.FromResult(response);
        };

        Assert.Equal(TimeSpan.FromSeconds(30), (await _service.FailToGetTokenAsync()).RetryAfter);
    }

    [Fact]
    public async Task Retry_after_delays_the_next_attempt()
    {
        _service.OnTokenRequest = (n, _) => Task.FromResult(
            n == 1 ? StubbedResponse.CreateStatus(HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(30)) : StubbedResponse.CreateToken("good"));

        var first = await _service.FailToGetTokenAsync();
        _service.Clock.Advance(TimeSpan.FromSeconds(29));
        var second = await _service.FailToGetTokenAsync();
        _service.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(TimeSpan.FromSeconds(30), first.RetryAfter);
        Assert.InRange(second.RetryAfter!.Value, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1));
        Assert.Equal("good", await _service.GetTokenAsync());
        Assert.Equal(2, _service.TokenRequests);
    }

    [Fact]
    public async Task Retry_after_of_a_failed_renewal_still_applies_after_the_token_ended()
    {
        await _service.GetTokenAsync();
        _service.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateStatus(HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(300)));
        _service.Clock.Advance(TimeSpan.FromSeconds(3500));
        await _service.GetTokenAsync();
        await _service.WaitForFetchAsync();

        _service.Clock.Advance(TimeSpan.FromSeconds(100));
        var failure = await _service.FailToGetTokenAsync();

        Assert.Equal(2, _service.TokenRequests);
        Assert.Equal(TimeSpan.FromSeconds(200), failure.RetryAfter);
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();
}
