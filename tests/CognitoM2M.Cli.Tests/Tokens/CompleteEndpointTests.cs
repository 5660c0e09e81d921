using CognitoM2M.Cli.Aws;
using CognitoM2M.Cli.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Cli.Tests.Tokens;

/// <summary>What the options describe is accepted by the library: the library validates it again when the options are read.</summary>
public sealed class CompleteEndpointTests
{
    private static readonly AwsSettings _aws = new(EndpointUrl: null, Region: null, Profile: null, HasCredentials: false, UseFips: true);

    [Theory]
    [InlineData("shop", "us-gov-west-1")]
    [InlineData("shop", "eu-west-1")]
    [InlineData("auth.example.com", null)]
    [InlineData("auth.example.com", "cn-north-1")]
    public void Domain_is_accepted(string domain, string? region)
    {
        var options = ReadOptions(new TokenRequestSettings { Domain = domain, Region = region, Aws = _aws });

        Assert.Equal((domain, region), (options.Domain, options.Region));
    }

    [Theory]
    [InlineData("eu-west-1")]
    [InlineData("us-iso-east-1")]
    [InlineData("eusc-de-east-1")]
    public void Region_is_enough_for_GetClientToken(string region)
    {
        var options = ReadOptions(new TokenRequestSettings { Route = CognitoTokenRoute.GetClientToken, Aws = _aws with { Region = region } });

        Assert.Equal((CognitoTokenRoute.GetClientToken, region), (options.Route, options.Region));
    }

    [Theory]
    [InlineData(CognitoTokenRoute.OAuth2)]
    [InlineData(CognitoTokenRoute.GetClientToken)]
    public void Token_endpoint_is_accepted_for_both_routes(CognitoTokenRoute route)
    {
        var endpoint = new Uri("https://auth.example.com/oauth2/token");

        var options = ReadOptions(new TokenRequestSettings { Route = route, TokenEndpoint = endpoint, Region = "eu-west-1", Aws = _aws });

        Assert.Equal(endpoint, options.TokenEndpoint);
    }

    [Theory]
    [InlineData(CognitoTokenRoute.OAuth2, "http://127.0.0.1:9595/oauth2/token")]
    [InlineData(CognitoTokenRoute.GetClientToken, "http://127.0.0.1:9595/")]
    public void Emulator_is_the_endpoint_if_no_option_names_one(CognitoTokenRoute route, string expected)
    {
        var emulator = _aws with { EndpointUrl = new Uri("http://127.0.0.1:9595") };

        var options = ReadOptions(new TokenRequestSettings { Route = route, Aws = emulator });

        Assert.Equal(new Uri(expected), options.TokenEndpoint);
    }

    [Fact]
    public void Sign_in_of_a_user_needs_a_configuration_file()
    {
        var failure = Assert.Throws<ToolException>(() => ReadOptions(new TokenRequestSettings { Route = CognitoTokenRoute.UserPassword, Region = "eu-west-1", Aws = _aws }));

        Assert.Contains("--config", failure.Message, StringComparison.Ordinal);
    }

    private static CognitoM2MClientOptions ReadOptions(TokenRequestSettings settings)
    {
        var endpoint = CompleteEndpoint.Create(settings);
        var services = new ServiceCollection();
        services.AddCognitoM2MClient("billing", options =>
        {
            options.ClientId = new string('+', 128);
            options.ClientSecret = "secret";
            endpoint.Set(options);
        });
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptionsMonitor<CognitoM2MClientOptions>>().Get("billing");
    }
}
