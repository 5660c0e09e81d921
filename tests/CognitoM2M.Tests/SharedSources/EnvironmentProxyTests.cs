using System.Net;
using CognitoM2M.Shared;

namespace CognitoM2M.Tests.SharedSources;

public sealed class EnvironmentProxyTests
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
        var proxy = new EnvironmentProxy(_ => false, new WebProxy(_proxy));

        Assert.True(proxy.IsBypassed(new Uri(address)));
        Assert.Null(proxy.GetProxy(new Uri(address)));
    }

    [Theory]
    [InlineData("http://cognito:9229/oauth2/token")]
    [InlineData("http://localhost.example.com/")]
    [InlineData("ws://api:8080/feed")]
    public void Address_without_encryption_goes_to_no_proxy_if_plain_http_is_accepted_for_it(string address)
    {
        var uri = new Uri(address);

        Assert.Null(new EnvironmentProxy(proxy: new WebProxy(_proxy)).GetProxy(uri));
        Assert.True(new EnvironmentProxy(proxy: new WebProxy(_proxy)).IsBypassed(uri));
        Assert.Null(new EnvironmentProxy(accepted => accepted == uri, new WebProxy(_proxy)).GetProxy(uri));
        Assert.Equal(_proxy, new EnvironmentProxy(_ => false, new WebProxy(_proxy)).GetProxy(uri));
    }

    [Theory]
    [InlineData("https://acme-m2m.auth.eu-west-1.amazoncognito.com/oauth2/token")]
    [InlineData("https://cognito:9229/oauth2/token")]
    [InlineData("wss://api.example.com/feed")]
    public void Encrypted_request_goes_to_the_proxy(string address)
    {
        var proxy = new EnvironmentProxy(proxy: new WebProxy(_proxy));

        Assert.False(proxy.IsBypassed(new Uri(address)));
        Assert.Equal(_proxy, proxy.GetProxy(new Uri(address)));
    }

    [Fact]
    public void Exceptions_and_credentials_of_the_proxy_stay_in_force()
    {
        var credentials = new NetworkCredential("user", "word");
        var proxy = new EnvironmentProxy(proxy: new WebProxy(_proxy, BypassOnLocal: false, BypassList: ["internal"], credentials));

        Assert.Same(credentials, proxy.Credentials);
        Assert.True(proxy.IsBypassed(new Uri("https://internal/")));
    }

    [Fact]
    public void Proxy_of_the_process_is_used_if_no_other_proxy_is_set() =>
        Assert.Equal(
            HttpClient.DefaultProxy.IsBypassed(new Uri("https://api.example.com/")),
            new EnvironmentProxy().IsBypassed(new Uri("https://api.example.com/")));
}
