using System.Net;
using CognitoM2M.Shared;

namespace CognitoM2M.Tests.SharedSources;

public sealed class LoopbackBypassTests
{
    private static readonly Uri _proxy = new("http://proxy.example:3128/");

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://127.0.0.1:9229/oauth2/token")]
    [InlineData("http://127.8.9.10/")]
    [InlineData("http://localhost:9229/oauth2/token")]
    [InlineData("http://LOCALHOST/")]
    [InlineData("http://[::1]:9229/")]
    [InlineData("https://localhost/")]
    public void Loopback_address_goes_to_no_proxy(string address)
    {
        var bypass = new LoopbackBypass(new WebProxy(_proxy));

        Assert.True(bypass.IsBypassed(new Uri(address)));
        Assert.Null(bypass.GetProxy(new Uri(address)));
    }

    [Theory]
    [InlineData("https://acme-m2m.auth.eu-west-1.amazoncognito.com/oauth2/token")]
    [InlineData("http://cognito:9229/oauth2/token")]
    [InlineData("http://localhost.example.com/")]
    [InlineData("http://128.0.0.1/")]
    public void Every_other_address_goes_to_the_proxy(string address)
    {
        var bypass = new LoopbackBypass(new WebProxy(_proxy));

        Assert.False(bypass.IsBypassed(new Uri(address)));
        Assert.Equal(_proxy, bypass.GetProxy(new Uri(address)));
    }

    [Fact]
    public void Exceptions_and_credentials_of_the_proxy_stay_in_force()
    {
        var credentials = new NetworkCredential("user", "word");
        var bypass = new LoopbackBypass(new WebProxy(_proxy, BypassOnLocal: false, BypassList: ["internal"], credentials));

        Assert.Same(credentials, bypass.Credentials);
        Assert.True(bypass.IsBypassed(new Uri("http://internal/")));
    }

    [Fact]
    public void Without_a_proxy_the_one_of_the_process_is_used() =>
        Assert.Equal(
            HttpClient.DefaultProxy.IsBypassed(new Uri("https://api.example.com/")),
            new LoopbackBypass().IsBypassed(new Uri("https://api.example.com/")));
}
