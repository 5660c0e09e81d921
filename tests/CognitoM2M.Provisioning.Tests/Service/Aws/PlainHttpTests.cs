using CognitoM2M.Provisioning.Service.Aws;

namespace CognitoM2M.Provisioning.Tests.Service.Aws;

/// <summary>The user pools API may be called over plain http at hosts that the user names one by one.</summary>
public sealed class PlainHttpTests
{
    [Theory]
    [InlineData("cognito")]
    [InlineData("cognito:9229")]
    [InlineData("COGNITO.")]
    public void Address_may_use_plain_http_with_a_host_that_is_named(string host)
    {
        var byEndpoint = Create(host);
        var byEmulator = new CognitoProvisionerOptions { EmulatorAddress = byEndpoint.EndpointUrl, Region = "eu-west-1", PlainHttpHosts = [host] };

        Assert.Equal("http://cognito:9229/", AwsServiceConfig.Create(byEndpoint).ServiceURL);
        Assert.Equal("http://cognito:9229/", AwsServiceConfig.Create(byEmulator).ServiceURL);
    }

    [Theory]
    [InlineData("cognito:80", "add 'cognito:9229' to PlainHttpHosts.")]
    [InlineData("other", "add 'cognito:9229' to PlainHttpHosts.")]
    [InlineData("*", "PlainHttpHosts: '*' is a wildcard. Name each host.")]
    [InlineData("http://cognito", "PlainHttpHosts: 'http://cognito' must be a host name or host:port, without scheme or path.")]
    public void Every_other_host_needs_https(string host, string problem)
    {
        var refusal = Assert.Throws<CognitoProvisioningException>(() => AwsServiceConfig.Create(Create(host)));

        Assert.Equal(ProvisioningError.Configuration, refusal.Error);
        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
    }

    private static CognitoProvisionerOptions Create(string host) =>
        new() { EndpointUrl = new Uri("http://cognito:9229/"), Region = "eu-west-1", PlainHttpHosts = [host] };
}
