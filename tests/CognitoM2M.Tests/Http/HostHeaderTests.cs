using System.Net;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Http;

/// <summary>The Host header of a request decides whose TLS certificate is accepted, so a restricted token does not go to every name in it.</summary>
public sealed class HostHeaderTests
{
    [Theory]
    [InlineData("elsewhere.example")]
    [InlineData("api.example.com.elsewhere.example")]
    [InlineData("api.example.com:8443")]
    [InlineData("sub.api.example.com")]
    public async Task Host_header_that_names_another_host_is_refused(string host)
    {
        await using var api = new ApiBehindHandlers();

        // The first call finds no token in the cache. The second call finds a fresh token.
        await Assert.ThrowsAsync<CognitoTokenException>(() => api.CallAsync(CreateRequest(host)));
        await api.Service.GetTokenAsync();
        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => api.CallAsync(CreateRequest(host)));

        Assert.Equal(CognitoTokenErrors.DestinationNotAllowed, failure.Error);
        Assert.Contains($"Host header of the request names {host}", failure.Message, StringComparison.Ordinal);
        Assert.Empty(api.Calls);
    }

    [Theory]
    [InlineData("api.example.com")]
    [InlineData("API.EXAMPLE.COM")]
    [InlineData("api.example.com:443")]
    [InlineData("two.example.com")]
    [InlineData("two.example.com:8443")]
    public async Task Host_header_that_names_an_allowed_host_is_accepted(string host)
    {
        await using var api = new ApiBehindHandlers(configure: options => options.AllowedHosts = ["two.example.com"]);

        Assert.Equal(HttpStatusCode.OK, await api.CallAsync(CreateRequest(host)));
    }

    // Without a port, the Host header names the default port of the scheme that the message goes to.
    [Theory]
    [InlineData("https://10.0.0.3/orders", "orders:443", true)]
    [InlineData("https://10.0.0.3/orders", "orders:80", false)]
    [InlineData("http://10.0.0.3/orders", "orders:80", true)]
    [InlineData("http://10.0.0.3/orders", "orders:443", false)]
    public async Task Host_header_without_a_port_names_the_default_port(string address, string allowedHost, bool isAllowed)
    {
        await using var api = new ApiBehindHandlers(configure: options =>
            (options.BaseAddress, options.AllowedHosts, options.PlainHttpHosts) = (null, ["10.0.0.3", allowedHost], ["10.0.0.3"]));
        var request = CreateRequest("orders");
        request.RequestUri = new Uri(address);

        var call = api.CallAsync(request);

        if (isAllowed)
            Assert.Equal(HttpStatusCode.OK, await call);
        else
            await Assert.ThrowsAsync<CognitoTokenException>(() => call);
    }

    [Fact]
    public async Task Allowed_host_header_does_not_allow_another_address()
    {
        await using var api = new ApiBehindHandlers();
        var request = CreateRequest("api.example.com");
        request.RequestUri = new Uri("https://elsewhere.example/");

        await Assert.ThrowsAsync<CognitoTokenException>(() => api.CallAsync(request));

        Assert.Empty(api.Calls);
    }

    [Theory]
    [InlineData("orders-api", true)]
    [InlineData("orders-api:443", true)]
    [InlineData("10.0.0.3", true)]
    [InlineData("elsewhere.example", false)]
    public async Task Host_header_that_service_discovery_sets_names_what_the_caller_used(string host, bool isAllowed)
    {
        await using var api = new ApiBehindHandlers(
            () => new InlineHandler((request, next) =>
            {
                request.RequestUri = new Uri("https://10.0.0.3:8443/orders");
                request.Headers.Host = host;
                return next(request);
            }),
            configure: options => options.BaseAddress = new Uri("https+http://orders-api"));

        var call = api.CallAsync("https+http://orders-api/orders");

        if (isAllowed)
            Assert.Equal(HttpStatusCode.OK, await call);
        else
            await Assert.ThrowsAsync<CognitoTokenException>(() => call);
    }

    [Fact]
    public async Task Host_header_is_free_if_no_host_is_configured()
    {
        await using var api = new ApiBehindHandlers(configure: options => options.BaseAddress = null);

        Assert.Equal(HttpStatusCode.OK, await api.CallAsync(CreateRequest("elsewhere.example")));
    }

    private static HttpRequestMessage CreateRequest(string host)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example.com/orders");
        request.Headers.Host = host;
        return request;
    }
}
