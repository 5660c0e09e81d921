using CognitoM2M.Settings;

namespace CognitoM2M.Tests.Settings;

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
    public void Without_hosts_named_the_token_goes_to_any_https_address_and_to_loopback(string address, bool allowed) =>
        Assert.Equal(allowed, new TokenDestination(null, []).Allows(new Uri(address)));

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
    [InlineData("http://localhost/", false)]
    public void With_a_base_address_it_goes_to_that_origin_alone(string address, bool allowed)
    {
        var uri = new Uri(address);

        Assert.Equal(allowed, new TokenDestination(new Uri("https://api.example.com/v1/"), []).Allows(uri));
        Assert.True(!allowed || uri.Host == "api.example.com");
    }

    [Theory]
    [InlineData("https://one.example/", true)]
    [InlineData("https://one.example:8443/", true)]
    [InlineData("https://two.example:8443/", true)]
    [InlineData("https://two.example/", false)]
    [InlineData("https://sub.one.example/", false)]
    [InlineData("http://one.example/", false)]
    [InlineData("https://api.example.com/", true)]
    [InlineData("https://xn--bcher-kva.example/", true)]
    [InlineData("https://bücher.example/", true)]
    public void Allowed_hosts_match_by_name_and_by_port_if_one_is_given(string address, bool allowed) =>
        Assert.Equal(
            allowed,
            new TokenDestination(new Uri("https://api.example.com"), ["one.example", "two.example:8443", "bücher.example"]).Allows(new Uri(address)));

    [Theory]
    [InlineData("https://xn--bcher-kva.example/", "https://bücher.example/x")]
    [InlineData("https://bücher.example/", "https://xn--bcher-kva.example/x")]
    public void Base_address_matches_in_either_form_of_its_name(string baseAddress, string address) =>
        Assert.True(new TokenDestination(new Uri(baseAddress), []).Allows(new Uri(address)));

    [Fact]
    public void Port_with_leading_zeros_is_a_port() =>
        Assert.False(new TokenDestination(null, ["one.example:0443"]).Allows(new Uri("https://one.example:444/")));

    [Fact]
    public void Relative_address_is_not_allowed() =>
        Assert.False(new TokenDestination(null, []).Allows(new Uri("orders", UriKind.Relative)));

    [Theory]
    [InlineData("api.example.com", true)]
    [InlineData("api.example.com:8443", true)]
    [InlineData("127.0.0.1:5000", true)]
    [InlineData("[::1]", true)]
    [InlineData("", false)]
    [InlineData("https://api.example.com", false)]
    [InlineData("api.example.com/v1", false)]
    [InlineData("*.example.com", false)]
    [InlineData("user@api.example.com", false)]
    [InlineData("api.example.com:port", false)]
    [InlineData("api.example.com:", false)]
    [InlineData("api.example.com:0", false)]
    public void Host_entries_have_a_form(string host, bool valid) => Assert.Equal(valid, TokenDestination.IsHost(host));

    [Fact]
    public void Half_of_a_surrogate_pair_is_no_host() => Assert.False(TokenDestination.IsHost("\ud800"));
}
