using CognitoM2M.Settings;
using CognitoM2M.Shared;

namespace CognitoM2M.Tests.Settings;

/// <summary>Which addresses a token may be sent to.</summary>
public sealed class TokenDestinationTests
{
    [Theory]
    [InlineData("https://anything.example/x", true)]
    [InlineData("HTTPS://Anything.example/x", true)]
    [InlineData("http://localhost:5000/x", true)]
    [InlineData("http://127.0.0.1/x", true)]
    [InlineData("http://[::1]:80/x", true)]
    [InlineData("http://anything.example/x", false)]
    [InlineData("ftp://anything.example/x", false)]
    [InlineData("ws://anything.example/x", false)]
    [InlineData("wss://anything.example/x", true)]
    [InlineData("WSS://Anything.example/x", true)]
    [InlineData("ws://localhost:5000/x", true)]
    [InlineData("https+http://anything.example/x", false)]
    [InlineData("http://localhost.example/x", false)]
    public void Every_https_address_and_http_to_loopback_are_allowed_if_no_host_is_configured(string address, bool allowed) =>
        Assert.Equal(allowed, new TokenDestination(null, [], PlainHttpHosts.None).Allows(new Uri(address)));

    [Theory]
    [InlineData("https://api.example.com/v1/orders", true)]
    [InlineData("https://api.example.com", true)]
    [InlineData("https://API.example.com/v1", true)]
    [InlineData("https://api.example.com:443/v1", true)]
    [InlineData("https://api.example.com:444/v1", false)]
    [InlineData("http://api.example.com/v1", false)]
    [InlineData("https://api.example.com.evil.example/", false)]
    [InlineData("https://evil.example/https://api.example.com/", false)]
    [InlineData("https://user@api.example.com/", true)]
    [InlineData("wss://api.example.com/feed", true)]
    [InlineData("wss://api.example.com:443/feed", true)]
    [InlineData("wss://api.example.com:444/feed", false)]
    [InlineData("wss://other.example.com/feed", false)]
    [InlineData("ws://api.example.com/feed", false)]
    [InlineData("ws://api.example.com:443/feed", false)]
    [InlineData("http://localhost/", false)]
    public void Only_the_origin_of_the_base_address_is_allowed(string address, bool allowed)
    {
        var uri = new Uri(address);

        Assert.Equal(allowed, new TokenDestination(new Uri("https://api.example.com/v1/"), [], PlainHttpHosts.None).Allows(uri));
        Assert.True(!allowed || uri.Host == "api.example.com");
    }

    [Theory]
    [InlineData("https://one.example/", true)]
    [InlineData("https://one.example:8443/", true)]
    [InlineData("https://two.example:8443/", true)]
    [InlineData("https://two.example/", false)]
    [InlineData("wss://one.example/", true)]
    [InlineData("wss://two.example:8443/", true)]
    [InlineData("wss://two.example/", false)]
    [InlineData("ws://one.example/", false)]
    [InlineData("https://sub.one.example/", false)]
    [InlineData("http://one.example/", false)]
    [InlineData("https://api.example.com/", true)]
    [InlineData("https://xn--bcher-kva.example/", true)]
    [InlineData("https://bücher.example/", true)]
    public void Allowed_host_matches_by_name_and_by_its_port_if_it_has_one(string address, bool allowed) =>
        Assert.Equal(
            allowed,
            new TokenDestination(new Uri("https://api.example.com"), ["one.example", "two.example:8443", "bücher.example"], PlainHttpHosts.None).Allows(new Uri(address)));

    [Theory]
    [InlineData("https://one.example", true)]
    [InlineData("https://one.example/orders", true)]
    [InlineData("https://one.example.evil.test/", false)]
    [InlineData("https://one.examples/", false)]
    [InlineData("https://one.example@evil.test/", false)]
    public void Allowed_host_does_not_match_as_a_prefix_of_another_host(string address, bool allowed) =>
        Assert.Equal(allowed, new TokenDestination(null, ["one.example"], PlainHttpHosts.None).Allows(new Uri(address)));

    [Theory]
    [InlineData("https://api.example.com.evil.test/")]
    [InlineData("https://api.example.comm/")]
    [InlineData("https://api.example.com@evil.test/")]
    public void Base_address_does_not_match_as_a_prefix_of_another_host(string address) =>
        Assert.False(new TokenDestination(new Uri("https://api.example.com"), [], PlainHttpHosts.None).Allows(new Uri(address)));

    [Fact]
    public void Port_does_not_match_as_a_prefix_of_another_port()
    {
        var address = new Uri("https://api.example.com:8443/orders");

        Assert.False(new TokenDestination(new Uri("https://api.example.com:844"), [], PlainHttpHosts.None).Allows(address));
        Assert.False(new TokenDestination(null, ["api.example.com:844"], PlainHttpHosts.None).Allows(address));
    }

    [Theory]
    [InlineData("[::1]", "https://[::1]/", true)]
    [InlineData("[::1]", "https://[::1]:8443/", true)]
    [InlineData("[::1]", "https://[::2]/", false)]
    [InlineData("[::1]:8443", "https://[::1]:8443/", true)]
    [InlineData("[::1]:8443", "https://[::1]/", false)]
    [InlineData("[::1]:8443", "https://[::1]:8444/", false)]
    [InlineData("[2001:db8::7]", "https://[2001:db8::7]:8443/", true)]
    [InlineData("[2001:db8::7]", "https://[2001:0db8:0:0::7]/", true)]
    public void Allowed_ipv6_address_matches_every_port_unless_the_entry_has_one(string host, string address, bool allowed) =>
        Assert.Equal(allowed, new TokenDestination(null, [host], PlainHttpHosts.None).Allows(new Uri(address)));

    [Theory]
    [InlineData("https://xn--bcher-kva.example/", "https://bücher.example/x")]
    [InlineData("https://bücher.example/", "https://xn--bcher-kva.example/x")]
    public void Base_address_matches_an_international_host_name_in_both_forms(string baseAddress, string address) =>
        Assert.True(new TokenDestination(new Uri(baseAddress), [], PlainHttpHosts.None).Allows(new Uri(address)));

    [Fact]
    public void Port_with_leading_zeros_is_compared_as_a_number() =>
        Assert.False(new TokenDestination(null, ["one.example:0443"], PlainHttpHosts.None).Allows(new Uri("https://one.example:444/")));

    [Fact]
    public void Relative_address_is_not_allowed() =>
        Assert.False(new TokenDestination(null, [], PlainHttpHosts.None).Allows(new Uri("orders", UriKind.Relative)));

    [Theory]
    [InlineData("https://api.example.com./orders", "https://api.example.com/orders")]
    [InlineData("https://api.example.com/orders", "https://api.example.com./orders")]
    public void Dot_at_the_end_of_a_complete_host_name_does_not_matter(string configured, string address)
    {
        var baseAddress = new Uri(configured);

        Assert.True(new TokenDestination(baseAddress, [], PlainHttpHosts.None).Allows(new Uri(address)));
        Assert.True(new TokenDestination(null, [baseAddress.Host], PlainHttpHosts.None).Allows(new Uri(address)));
    }

    [Theory]
    [InlineData("http://api:8080/orders", "api", true)]
    [InlineData("http://api:8080/orders", "api:8080", true)]
    [InlineData("ws://api:8080/orders", "api:8080", true)]
    [InlineData("HTTP://API:8080/orders", "api", true)]
    [InlineData("http://api/orders", "api:80", true)]
    [InlineData("http://api:8081/orders", "api:8080", false)]
    [InlineData("http://api.example/orders", "api", false)]
    [InlineData("http://orders.default.svc/orders", "orders.default.svc", true)]
    [InlineData("ftp://api/orders", "api", false)]
    public void Plain_http_is_accepted_for_a_named_host(string address, string plainHttpHost, bool allowed)
    {
        var uri = new Uri(address);
        var plainHttpHosts = new PlainHttpHosts([plainHttpHost]);

        Assert.Equal(allowed, new TokenDestination(null, [], plainHttpHosts).Allows(uri));
        Assert.Equal(allowed, new TokenDestination(null, ["api", "api.example", "orders.default.svc"], plainHttpHosts).Allows(uri));
        Assert.False(new TokenDestination(new Uri("https://elsewhere.example"), [], plainHttpHosts).Allows(uri));
    }

    [Fact]
    public void Explanations_name_the_address_and_what_to_do()
    {
        var destination = new TokenDestination(new Uri("https://api.example.com/v1"), ["two.example", "three.example:8443"], PlainHttpHosts.None);
        const string Allowed = "but the token of this client may be sent to https://api.example.com, two.example, three.example:8443 only. ";

        Assert.Equal(
            "The request goes to http://api:8080, but tokens are sent over https only, or over http to a loopback address. "
            + "If you trust the network on the whole way to this host, add 'api:8080' to PlainHttpHosts.",
            TokenDestination.ExplainUnsafe(new Uri("http://api:8080/orders")));
        Assert.Equal(
            "The request goes to ftp://api, but tokens are sent over https only, or over http to a loopback address.",
            TokenDestination.ExplainUnsafe(new Uri("ftp://api/orders")));
        Assert.Equal(
            "The request goes to https+http://api, and no service discovery has resolved this address. "
            + "Add service discovery to this HttpClient, and register the HttpClient with IHttpClientFactory.",
            TokenDestination.ExplainUnsafe(new Uri("https+http://api/orders")));
        var cure = "To allow another host, add it to AllowedHosts.";
        Assert.Equal($"The request goes to elsewhere.example, {Allowed}{cure}", destination.ExplainUnnamed(new Uri("https://elsewhere.example/"), called: null));
        Assert.Equal($"The request goes to elsewhere.example, {Allowed}{cure}", destination.ExplainUnnamed(new Uri("https://elsewhere.example/"), new Uri("https://elsewhere.example/x")));
        Assert.Equal($"The request for orders goes to elsewhere.example, {Allowed}{cure}", destination.ExplainUnnamed(new Uri("https://elsewhere.example/"), new Uri("https://orders/")));
        Assert.Equal(
            $"The Host header of the request names other.example, {Allowed}The Host header decides whose TLS certificate is accepted. Remove the header, or add the host to AllowedHosts.",
            destination.ExplainHostHeader("other.example"));
    }

    [Fact]
    public void Plain_http_base_address_is_allowed_only_if_plain_http_is_accepted_for_it()
    {
        var address = new Uri("http://api:8080/orders");

        Assert.True(new TokenDestination(new Uri("http://api:8080"), [], new PlainHttpHosts(["api"])).Allows(address));
        Assert.False(new TokenDestination(new Uri("http://api:8080"), [], PlainHttpHosts.None).Allows(address));
        Assert.False(new TokenDestination(new Uri("http://api:8080"), [], new PlainHttpHosts(["api"])).Allows(new Uri("https://api:8080/orders")));
    }
}
