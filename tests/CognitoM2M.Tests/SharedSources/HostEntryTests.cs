using CognitoM2M.Shared;

namespace CognitoM2M.Tests.SharedSources;

/// <summary>Entries of AllowedHosts, PlainHttpHosts and PlainHttpTokenEndpointHosts have one form.</summary>
public sealed class HostEntryTests
{
    [Theory]
    [InlineData("api.example.com", "api.example.com", null)]
    [InlineData("api.example.com:8443", "api.example.com", 8443)]
    [InlineData("api.example.com.", "api.example.com", null)]
    [InlineData("api.example.com.:8443", "api.example.com", 8443)]
    [InlineData("API", "api", null)]
    [InlineData("my_service:80", "my_service", 80)]
    [InlineData("127.0.0.1:5000", "127.0.0.1", 5000)]
    [InlineData("[::1]", "::1", null)]
    [InlineData("[::1]:8443", "::1", 8443)]
    [InlineData("[2001:0DB8:0:0::7]", "2001:db8::7", null)]
    [InlineData("b\u00fccher.example", "xn--bcher-kva.example", null)]
    [InlineData("xn--bcher-kva.example:443", "xn--bcher-kva.example", 443)]
    [InlineData("one.example:0443", "one.example", 443)]
    public void Entry_is_a_host_with_or_without_a_port(string text, string host, int? port)
    {
        var entry = HostEntry.TryParse(text)!;

        Assert.Equal((text, host, port), (entry.Text, entry.Host, entry.Port));
        Assert.Null(HostEntry.FindError(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("https://api.example.com")]
    [InlineData("api.example.com/v1")]
    [InlineData("user@api.example.com")]
    [InlineData("api.example.com:port")]
    [InlineData("api.example.com:")]
    [InlineData("api.example.com:0")]
    [InlineData("api.example.com:65536")]
    [InlineData("api.example.com:+80")]
    [InlineData("api.example.com: 80")]
    [InlineData("api.example.com#x")]
    [InlineData("api\\x")]
    [InlineData("two hosts")]
    [InlineData("::1")]
    [InlineData("2001:db8::7:8080")]
    [InlineData("[::1")]
    [InlineData("[api]")]
    [InlineData(".")]
    [InlineData("api..example.com")]
    public void Every_other_text_is_an_error(string? text)
    {
        Assert.Null(HostEntry.TryParse(text));
        Assert.NotNull(HostEntry.FindError(text));
    }

    // An attribute cannot hold this text.
    [Fact]
    public void Half_of_a_surrogate_pair_is_an_error() => Assert.NotNull(HostEntry.FindError("\ud800"));

    [Theory]
    [InlineData("*")]
    [InlineData("*.example.com")]
    [InlineData("api*")]
    [InlineData("+:8080")]
    [InlineData("api?")]
    [InlineData(".example.com")]
    [InlineData("10.0.0.0/8")]
    [InlineData("fd00::/8")]
    [InlineData("0.0.0.0")]
    [InlineData("0.0.0.0:80")]
    [InlineData("[::]")]
    [InlineData("[::]:80")]
    public void Wildcard_is_refused_and_the_error_says_that_it_is_a_wildcard(string text)
    {
        Assert.Null(HostEntry.TryParse(text));
        Assert.Equal("is a wildcard. Name each host.", HostEntry.FindError(text));
    }

    [Theory]
    [InlineData("api", "http://api:8080/", true)]
    [InlineData("api:8080", "http://api:8080/", true)]
    [InlineData("api:8081", "http://api:8080/", false)]
    [InlineData("api:80", "http://api/", true)]
    [InlineData("api", "http://api.example/", false)]
    [InlineData("api.default.svc", "http://API.default.svc./", true)]
    [InlineData("api.default.svc.", "http://api.default.svc/", true)]
    [InlineData("[2001:db8::7]", "http://[2001:0db8:0:0::7]:8080/", true)]
    [InlineData("[2001:db8::7]", "http://[2001:db8::8]/", false)]
    [InlineData("b\u00fccher.example", "http://xn--bcher-kva.example/", true)]
    public void Entry_matches_its_host_and_its_port(string text, string address, bool matches) =>
        Assert.Equal(matches, HostEntry.TryParse(text)!.Matches(new Uri(address)));
}
