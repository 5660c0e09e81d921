using CognitoM2M.UserSessions.Tests.Support;

namespace CognitoM2M.UserSessions.Tests.Authorization;

/// <summary>Where a browser may be sent after a sign-in.</summary>
public sealed class ReturnUrlTests : IDisposable
{
    private readonly StubHandler _handler = new("{}");
    private readonly CognitoUserSessions _sessions;

    public ReturnUrlTests() => _sessions = _handler.CreateSessions(
        options => (options.ReturnOrigins, options.PlainHttpHosts) = (["https://shop.example.com", "https://shop.example.com:8443/", "http://localhost:3000", "http://intern:80"], ["intern"]));

    [Theory]
    [InlineData("/")]
    [InlineData("/orders")]
    [InlineData("/orders?page=2&next=//evil.example.com#top")]
    [InlineData("/%2F%2Fevil.example.com")]
    [InlineData("https://shop.example.com")]
    [InlineData("https://SHOP.example.com/orders?x=1")]
    [InlineData("https://shop.example.com:443/orders")]
    [InlineData("https://shop.example.com:8443/orders")]
    [InlineData("http://localhost:3000/orders")]
    [InlineData("http://intern/orders")]
    public void Paths_and_addresses_with_a_configured_origin_are_allowed(string address)
    {
        Assert.True(_sessions.IsAllowedReturnUrl(address));
        Assert.NotNull(_sessions.CreateAuthorization(new() { ReturnUrl = address }));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("orders")]
    [InlineData("//evil.example.com")]
    [InlineData("///evil.example.com")]
    [InlineData("/\\evil.example.com")]
    [InlineData("\\\\evil.example.com")]
    [InlineData("/orders\\x")]
    [InlineData("/\t/evil.example.com")]
    [InlineData("/\n/evil.example.com")]
    [InlineData("\t//evil.example.com")]
    [InlineData(" //evil.example.com")]
    [InlineData("/orders\r\nSet-Cookie: a=b")]
    [InlineData("/orders /x")]
    [InlineData("/örders")]
    [InlineData("/orders\u007F")]
    [InlineData("https://evil.example.com/")]
    [InlineData("https://shop.example.com.evil.example.com/")]
    [InlineData("https://shop.example.com@evil.example.com/")]
    [InlineData("https://user@shop.example.com/")]
    [InlineData("https://evil.example.com#@shop.example.com/")]
    [InlineData("https:\\\\shop.example.com")]
    [InlineData("https://shop.example.com:444/")]
    [InlineData("http://shop.example.com/")]
    [InlineData("http://localhost:3001/")]
    [InlineData("https:shop.example.com")]
    [InlineData("https:/shop.example.com/")]
    [InlineData("https:///shop.example.com/")]
    [InlineData("https://shop.example.com%2Eevil.example.com/")]
    [InlineData("https://@shop.example.com/")]
    [InlineData("https://?https://shop.example.com/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("file:///etc/passwd")]
    public void Every_other_return_address_is_refused(string? address)
    {
        Assert.False(_sessions.IsAllowedReturnUrl(address));
        var failure = Assert.Throws<CognitoUserSessionException>(() => _sessions.CreateAuthorization(new() { ReturnUrl = address! }));
        Assert.Equal(CognitoUserSessionErrors.InvalidReturnUrl, failure.Error);
    }

    [Fact]
    public void Longest_address_has_1000_characters()
    {
        Assert.True(_sessions.IsAllowedReturnUrl("/" + new string('x', 999)));
        Assert.False(_sessions.IsAllowedReturnUrl("/" + new string('x', 1000)));
    }

    public void Dispose()
    {
        _sessions.Dispose();
        _handler.Dispose();
    }
}
