using System.Net;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.TokenEndpoint;

/// <summary>How responses with a token are read, and responses that hold none although their status is 200.</summary>
public sealed class TokenResponseTests
{
    [Theory]
    [InlineData("""{"access_token":"a.b.c","expires_in":3600,"token_type":"Bearer"}""")]
    [InlineData("""{"access_token":"a.b.c","expires_in":3600,"token_type":"bearer","scope":"x","more":[1,{}]}""")]
    [InlineData("""  {"token_type":"BEARER","expires_in":1,"access_token":"a.b.c"}  """)]
    [InlineData("""{"access_token":"a.b.c","expires_in":99999999999,"token_type":"Bearer"}""")]
    public async Task Valid_token_response_gives_the_token(string body)
    {
        await using var service = CreateService(() => StubbedResponse.CreateJson(body));

        Assert.Equal("a.b.c", await service.GetTokenAsync());
    }

    [Theory]
    [InlineData("""<html>sign in</html>""", "not JSON")]
    [InlineData("", "not JSON")]
    [InlineData("""{"access_token":"a","expires_in":3600,""", "not JSON")]
    [InlineData("""{"access_token":"a","access_token":"b","expires_in":3600,"token_type":"Bearer"}""", "not JSON")]
    [InlineData("""["a"]""", "not an object")]
    [InlineData("null", "not an object")]
    [InlineData("""{"expires_in":3600,"token_type":"Bearer"}""", "no access_token")]
    [InlineData("""{"access_token":null,"expires_in":3600,"token_type":"Bearer"}""", "access_token is not a string")]
    [InlineData("""{"access_token":"","expires_in":3600,"token_type":"Bearer"}""", "access_token cannot be sent in a header")]
    [InlineData("""{"access_token":"a\r\nX-Evil: 1","expires_in":3600,"token_type":"Bearer"}""", "access_token cannot be sent in a header")]
    [InlineData("""{"access_token":"\ud800","expires_in":3600,"token_type":"Bearer"}""", "not JSON")]
    [InlineData("""{"\ud800":1,"access_token":"a","expires_in":0,"token_type":"Bearer"}""", "not")]
    [InlineData("""{"access_token":"a","token_type":"Bearer"}""", "no expires_in")]
    [InlineData("""{"access_token":"a","expires_in":0,"token_type":"Bearer"}""", "expires_in is not a positive whole number")]
    [InlineData("""{"access_token":"a","expires_in":-5,"token_type":"Bearer"}""", "expires_in is not a positive whole number")]
    [InlineData("""{"access_token":"a","expires_in":"3600","token_type":"Bearer"}""", "expires_in is not a positive whole number")]
    [InlineData("""{"access_token":"a","expires_in":0.5,"token_type":"Bearer"}""", "expires_in is not a positive whole number")]
    [InlineData("""{"access_token":"a","expires_in":1e99,"token_type":"Bearer"}""", "expires_in is not a positive whole number")]
    [InlineData("""{"access_token":"a","expires_in":3600}""", "no token_type")]
    [InlineData("""{"access_token":"a","expires_in":3600,"token_type":"mac"}""", "token_type is not Bearer")]
    public async Task Invalid_token_response_fails_with_a_message_that_says_what_is_wrong(string body, string named)
    {
        await using var service = CreateService(() => StubbedResponse.CreateJson(body));

        var failure = await service.FailToGetTokenAsync();

        Assert.Equal(CognitoTokenErrors.InvalidResponse, failure.Error);
        Assert.Equal(HttpStatusCode.OK, failure.TokenEndpointStatusCode);
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        Assert.Contains("acme-m2m.auth.eu-west-1.amazoncognito.com/oauth2/token", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, service.TokenRequests);
    }

    [Fact]
    public async Task Second_attempt_waits_for_the_pause_by_the_clock_of_the_provider()
    {
        await using var service = new StubbedService(options => options.FirstFetchAttempts = 2);
        service.OnTokenRequest = (n, _) => Task.FromResult(n == 1 ? StubbedResponse.CreateStatus(HttpStatusCode.ServiceUnavailable) : StubbedResponse.CreateToken($"token-{n}"));

        var call = service.GetTokenAsync();
        while (service.Clock.NextTimerIn > StubbedService.PauseBetweenAttempts)
            await Task.Yield();

        Assert.Equal(1, service.TokenRequests);
        Assert.Equal("token-2", await service.Clock.RunAsync(call, skip: StubbedService.PauseBetweenAttempts));
    }

    [Fact]
    public async Task Token_longer_than_64_KiB_is_refused()
    {
        await using var service = CreateService(() => StubbedResponse.CreateToken(new string('a', 65 * 1024)));

        Assert.Contains("longer than 64 KiB", (await service.FailToGetTokenAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Response_longer_than_1_MiB_is_refused()
    {
        await using var service = CreateService(() => StubbedResponse.CreateJson("{\"access_token\":\"" + new string('a', 2 * 1024 * 1024) + "\",\"expires_in\":3600,\"token_type\":\"Bearer\"}"));

        Assert.Contains("longer than 1 MiB", (await service.FailToGetTokenAsync()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(long.MaxValue)]
    [InlineData(86_401)]
    public async Task Lifetime_of_more_than_a_day_ends_after_a_day(long expiresIn)
    {
        await using var service = CreateService(() => StubbedResponse.CreateToken("token", expiresIn));

        var token = await service.Provider.GetTokenAsync("orders");

        Assert.Equal(service.Clock.GetUtcNow() + TimeSpan.FromDays(1), token.ExpiresAt);
        service.Clock.Advance(TimeSpan.FromDays(1));
        Assert.NotSame(token, await service.Provider.GetTokenAsync("orders"));
    }

    private static StubbedService CreateService(Func<HttpResponseMessage> answer, Action<CognitoM2MClientOptions>? configure = null) =>
        new(configure) { OnTokenRequest = (_, _) => Task.FromResult(answer()) };
}
