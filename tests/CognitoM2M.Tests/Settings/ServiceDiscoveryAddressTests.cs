using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Tests.Settings;

/// <summary>A base address can leave the choice between https and http to service discovery.</summary>
public sealed class ServiceDiscoveryAddressTests
{
    [Theory]
    [InlineData("https+http://orders-api")]
    [InlineData("http+https://orders-api/v1/")]
    [InlineData("https+http://_grpc.orders-api:8443")]
    public void Choice_of_schemes_is_accepted(string address)
    {
        using var services = CreateServices(address);

        Assert.Equal(new Uri(address), services.GetRequiredService<IHttpClientFactory>().CreateClient("orders").BaseAddress);
    }

    [Theory]
    [InlineData("https+ftp://orders-api")]
    [InlineData("https+http://user@orders-api")]
    public void Other_choices_and_user_names_are_refused(string address)
    {
        using var services = CreateServices(address);

        var failure = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptionsMonitor<CognitoM2MClientOptions>>().Get("orders"));

        Assert.Contains("BaseAddress must", failure.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider CreateServices(string baseAddress) => new ServiceCollection().AddCognitoM2MClient("orders", options =>
    {
        options.Domain = "acme-m2m";
        options.Region = "eu-west-1";
        options.ClientId = "abc123";
        options.ClientSecret = StubbedService.Secret;
        options.BaseAddress = new Uri(baseAddress);
    }).Services.BuildServiceProvider();
}
