using CognitoM2M.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Tests.Settings;

/// <summary>Plain http is accepted for hosts that the user named one by one, separately for calls and for the token endpoint.</summary>
public sealed class PlainHttpSettingsTests
{
    [Theory]
    [InlineData("http://cognito:9229/oauth2/token", "cognito")]
    [InlineData("http://cognito:9229/oauth2/token", "cognito:9229")]
    [InlineData("http://COGNITO:9229/oauth2/token", "Cognito:9229")]
    [InlineData("http://cognito/oauth2/token", "cognito:80")]
    [InlineData("http://cognito.default.svc.cluster.local/oauth2/token", "cognito.default.svc.cluster.local")]
    [InlineData("http://10.0.0.7:9229/oauth2/token", "10.0.0.7")]
    [InlineData("http://[fd00::7]:9229/oauth2/token", "[fd00::7]:9229")]
    public void Token_endpoint_may_use_plain_http_with_a_host_that_is_named(string endpoint, string host) =>
        Assert.Null(ValidateEndpoint(endpoint, [host]));

    [Theory]
    [InlineData("http://cognito:9229/oauth2/token", "cognito:80")]
    [InlineData("http://cognito:9229/oauth2/token", "other")]
    [InlineData("http://cognito.evil.example/oauth2/token", "cognito")]
    [InlineData("http://evil-cognito/oauth2/token", "cognito")]
    [InlineData("ftp://cognito/oauth2/token", "cognito")]
    [InlineData("http://user:word@cognito/oauth2/token", "cognito")]
    public void Token_endpoint_must_use_https_with_every_other_host(string endpoint, string host) =>
        Assert.Contains("TokenEndpoint must", ValidateEndpoint(endpoint, [host]), StringComparison.Ordinal);

    [Fact]
    public void Error_about_plain_http_names_the_setting_that_allows_it()
    {
        Assert.Contains("add 'cognito:9229' to PlainHttpTokenEndpointHosts.", ValidateEndpoint("http://cognito:9229/oauth2/token", []), StringComparison.Ordinal);
        Assert.Contains("add 'api:8080' to PlainHttpHosts.", Validate(options => options.BaseAddress = new Uri("http://api:8080/")), StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_http_for_the_token_endpoint_and_plain_http_for_calls_are_separate_settings()
    {
        Assert.Contains("TokenEndpoint must use https", Validate(options =>
        {
            SetEndpoint(options, "http://cognito:9229/oauth2/token");
            options.PlainHttpHosts = ["cognito"];
        }), StringComparison.Ordinal);
        Assert.Contains("BaseAddress must use https", Validate(options =>
        {
            options.BaseAddress = new Uri("http://api:8080/");
            options.PlainHttpTokenEndpointHosts = ["api"];
        }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("*:8080")]
    [InlineData("*.svc")]
    [InlineData("api*")]
    [InlineData("http://*")]
    [InlineData("+")]
    [InlineData("api?")]
    [InlineData(".svc")]
    [InlineData("10.0.0.0/8")]
    [InlineData("0.0.0.0")]
    [InlineData("0.0.0.0:80")]
    [InlineData("[::]")]
    [InlineData("[::]:80")]
    public void Wildcard_is_refused_and_the_error_says_that_it_is_a_wildcard(string host)
    {
        Assert.Contains($"PlainHttpHosts: '{host}' is a wildcard.", Validate(options => options.PlainHttpHosts = [host]), StringComparison.Ordinal);
        Assert.Contains($"PlainHttpTokenEndpointHosts: '{host}' is a wildcard.", Validate(options => options.PlainHttpTokenEndpointHosts = [host]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://api")]
    [InlineData("api/orders")]
    [InlineData("user@api")]
    [InlineData("api:")]
    [InlineData("api:0")]
    [InlineData("api:70000")]
    [InlineData("api:http")]
    [InlineData("a b")]
    [InlineData("")]
    [InlineData(null)]
    public void Entry_that_is_not_a_host_is_an_error(string? host) =>
        Assert.Contains($"PlainHttpHosts: '{host}' must be a host name or host:port", Validate(options => options.PlainHttpHosts = [host!]), StringComparison.Ordinal);

    // xUnit replaces this character in the data of a theory.
    [Fact]
    public void Half_of_a_surrogate_pair_is_an_error() =>
        Assert.Contains("must be a host name or host:port", Validate(options => options.PlainHttpHosts = ["\ud800"]), StringComparison.Ordinal);

    [Fact]
    public void Null_list_is_an_error()
    {
        Assert.Contains("PlainHttpHosts must not be null", Validate(options => options.PlainHttpHosts = null!), StringComparison.Ordinal);
        Assert.Contains("PlainHttpTokenEndpointHosts must not be null", Validate(options => options.PlainHttpTokenEndpointHosts = null!), StringComparison.Ordinal);
    }

    [Fact]
    public void Both_settings_can_be_set_in_configuration()
    {
        var section = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["orders:TokenEndpoint"] = "http://cognito:9229/oauth2/token",
            ["orders:PlainHttpTokenEndpointHosts:0"] = "cognito:9229",
            ["orders:ClientId"] = "abc123",
            ["orders:ClientSecret"] = StubbedService.Secret,
            ["orders:BaseAddress"] = "http://api:8080/",
            ["orders:PlainHttpHosts"] = "api:8080 reports",
        }).Build().GetSection("orders");
        using var services = new ServiceCollection().AddCognitoM2MClient("orders", section).Services.BuildServiceProvider();

        var options = services.GetRequiredService<IOptionsMonitor<CognitoM2MClientOptions>>().Get("orders");

        Assert.Equal(["cognito:9229"], options.PlainHttpTokenEndpointHosts);
        Assert.Equal(["api:8080", "reports"], options.PlainHttpHosts);
    }

    private static string? ValidateEndpoint(string endpoint, IList<string> hosts) => Validate(options =>
    {
        SetEndpoint(options, endpoint);
        options.PlainHttpTokenEndpointHosts = hosts;
    });

    private static void SetEndpoint(CognitoM2MClientOptions options, string endpoint) =>
        (options.Domain, options.TokenEndpoint) = (null, new Uri(endpoint));

    /// <summary>Changes valid options. Returns the errors; null if there are none.</summary>
    private static string? Validate(Action<CognitoM2MClientOptions> change)
    {
        var options = new CognitoM2MClientOptions { Domain = "acme-m2m", Region = "eu-west-1", ClientId = "abc123", ClientSecret = StubbedService.Secret };
        change(options);
        try
        {
            using var client = new CognitoM2MClient(options);
            return null;
        }
        catch (OptionsValidationException invalid)
        {
            return invalid.Message;
        }
    }
}
