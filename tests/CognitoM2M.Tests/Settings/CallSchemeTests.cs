using CognitoM2M.Settings;

namespace CognitoM2M.Tests.Settings;

/// <summary>Which ports and origins addresses with a choice of schemes have.</summary>
public sealed class CallSchemeTests
{
    [Theory]
    [InlineData("https+http://api/orders", 443, true)]
    [InlineData("https+http://api/orders", 80, true)]
    [InlineData("https+http://api/orders", 8080, false)]
    [InlineData("https+http://api:8080/orders", 8080, true)]
    [InlineData("https+http://api:8080/orders", 443, false)]
    [InlineData("https+http://api:0/orders", 443, false)]
    [InlineData("https://api/orders", 443, true)]
    [InlineData("https://api/orders", 80, false)]
    public void Address_has_its_port_or_the_default_ports_of_the_schemes_to_choose_from(string address, int port, bool expected) =>
        Assert.Equal(expected, CallScheme.HasPort(new Uri(address), port));

    [Theory]
    [InlineData("https+http://api", "https://api/orders", true)]
    [InlineData("https+http://api", "http://api/orders", true)]
    [InlineData("https+http://api:0", "https://api/orders", false)]
    [InlineData("https+http://api:8080", "https://api/orders", false)]
    [InlineData("https+http://api", "https://other/orders", false)]
    public void Origin_is_the_same_for_a_scheme_in_common(string one, string other, bool expected) =>
        Assert.Equal(expected, CallScheme.IsSameOrigin(new Uri(one), new Uri(other)));
}
