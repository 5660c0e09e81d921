using CognitoM2M.Http;
using Microsoft.Extensions.Http;

namespace CognitoM2M.Tests.Http;

/// <summary>The request log of HttpClientFactory shows no Authorization header, whatever the user configured.</summary>
public sealed class TokenClientRulesTests
{
    // Columns: the HttpClient of the rule, or null for all; the HttpClient that is configured; and whether its Authorization header is hidden.
    [Theory]
    [InlineData("api", "api", true)]
    [InlineData("api", "other", false)]
    [InlineData(null, "other", true)]
    [InlineData(null, null, true)]
    public void Rule_applies_to_its_own_http_client(string? ofRule, string? name, bool isHidden)
    {
        var options = new HttpClientFactoryOptions { ShouldRedactHeaderValue = _ => false };

        new TokenClientRules(ofRule).PostConfigure(name, options);

        Assert.Equal(isHidden, options.ShouldRedactHeaderValue("Authorization"));
        Assert.Equal(isHidden, options.ShouldRedactHeaderValue("authorization"));
        Assert.False(options.ShouldRedactHeaderValue("Accept"));
    }

    [Fact]
    public void Headers_that_the_user_hides_stay_hidden()
    {
        var options = new HttpClientFactoryOptions { ShouldRedactHeaderValue = header => header == "X-Api-Key" };

        new TokenClientRules("api").PostConfigure("api", options);

        Assert.True(options.ShouldRedactHeaderValue("X-Api-Key"));
        Assert.True(options.ShouldRedactHeaderValue("Authorization"));
        Assert.False(options.ShouldRedactHeaderValue("Accept"));
    }
}
