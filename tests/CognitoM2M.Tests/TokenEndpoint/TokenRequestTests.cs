using System.Text;
using System.Text.Json;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.TokenEndpoint;

/// <summary>The requests that are sent to Cognito.</summary>
public sealed class TokenRequestTests
{
    [Fact]
    public async Task OAuth2_request_has_the_credentials_in_its_header_and_accepts_json()
    {
        var (request, body) = await CaptureRequestAsync(_ => { });

        Assert.Equal(HttpMethod.Post, request.Method);
        Assert.Equal(StubbedService.TokenEndpoint, request.RequestUri!.AbsoluteUri);
        Assert.Equal("application/json", request.Headers.Accept.ToString());
        Assert.Equal("application/x-www-form-urlencoded", request.Content!.Headers.ContentType!.ToString());
        Assert.Equal("Basic", request.Headers.Authorization!.Scheme);
        Assert.Equal($"abc123:{StubbedService.Secret}", Encoding.ASCII.GetString(Convert.FromBase64String(request.Headers.Authorization.Parameter!)));
        Assert.Equal("grant_type=client_credentials&scope=orders%2Fread", body);
    }

    [Fact]
    public async Task Client_secret_post_puts_the_credentials_into_the_body()
    {
        var (request, body) = await CaptureRequestAsync(options => options.ClientAuthentication = CognitoClientAuthentication.ClientSecretPost);

        Assert.Null(request.Headers.Authorization);
        Assert.Equal($"grant_type=client_credentials&scope=orders%2Fread&client_id=abc123&client_secret={StubbedService.Secret}", body);
    }

    [Fact]
    public async Task Secret_with_characters_that_need_encoding_is_sent_in_the_body()
    {
        var (request, body) = await CaptureRequestAsync(options => options.ClientSecret = "a+b/c=d+e+f+g+h+i+j+k+l+m");

        Assert.Null(request.Headers.Authorization);
        Assert.Contains("client_secret=a%2Bb%2Fc%3Dd%2Be", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_without_scopes_has_no_scope_parameter_and_sends_metadata_as_json()
    {
        var (_, body) = await CaptureRequestAsync(options =>
        {
            options.Scopes = [];
            options.ClientMetadata = new Dictionary<string, string> { ["z"] = "1", ["a"] = "x\"ü" };
        });

        var form = System.Web.HttpUtility.ParseQueryString(body);
        Assert.Equal("grant_type aws_client_metadata", string.Join(' ', form.AllKeys));
        using var metadata = JsonDocument.Parse(form["aws_client_metadata"]!);
        Assert.Equal("x\"ü", metadata.RootElement.GetProperty("a").GetString());
    }

    [Fact]
    public async Task GetClientToken_request_is_an_unsigned_json_call_to_the_user_pools_api()
    {
        var (request, body) = await CaptureRequestAsync(
            options =>
            {
                options.Domain = null;
                options.Route = CognitoTokenRoute.GetClientToken;
                options.Scopes = ["orders/write", "orders/read"];
                options.ClientMetadata = new Dictionary<string, string> { ["tenant"] = "7" };
            },
            () => StubbedResponse.CreateJson("""{"ClientAuthenticationResult":{"AccessToken":"api-token","ExpiresIn":300,"TokenType":"Bearer"}}"""));

        Assert.Equal("https://cognito-idp.eu-west-1.amazonaws.com/", request.RequestUri!.AbsoluteUri);
        Assert.Equal("AWSCognitoIdentityProviderService.GetClientToken", Assert.Single(request.Headers.GetValues("X-Amz-Target")));
        Assert.Equal("application/x-amz-json-1.1", request.Content!.Headers.ContentType!.ToString());
        Assert.Null(request.Headers.Authorization);
        using var json = JsonDocument.Parse(body);
        Assert.Equal("abc123", json.RootElement.GetProperty("ClientId").GetString());
        Assert.Equal(StubbedService.Secret, json.RootElement.GetProperty("Secret").GetString());
        Assert.Equal("""["orders/read","orders/write"]""", json.RootElement.GetProperty("Scopes").GetRawText());
        Assert.Equal("""{"tenant":"7"}""", json.RootElement.GetProperty("ClientMetadata").GetRawText());
    }

    [Fact]
    public async Task GetClientToken_request_without_scopes_has_no_member_for_them()
    {
        var (_, body) = await CaptureRequestAsync(
            options =>
            {
                options.Domain = null;
                options.Route = CognitoTokenRoute.GetClientToken;
                options.Scopes = [];
            },
            () => StubbedResponse.CreateJson("""{"ClientAuthenticationResult":{"AccessToken":"api-token","ExpiresIn":300,"TokenType":"Bearer"}}"""));

        Assert.Equal($$"""{"ClientId":"abc123","Secret":"{{StubbedService.Secret}}"}""", body);
    }

    [Theory]
    [InlineData("acme", "eu-west-1", false, "https://acme.auth.eu-west-1.amazoncognito.com/oauth2/token")]
    [InlineData("acme", "us-east-1", true, "https://acme.auth-fips.us-east-1.amazoncognito.com/oauth2/token")]
    [InlineData("acme", "us-gov-west-1", false, "https://acme.auth-fips.us-gov-west-1.amazoncognito.com/oauth2/token")]
    [InlineData("auth.example.com", null, false, "https://auth.example.com/oauth2/token")]
    public async Task Token_endpoint_is_derived_from_domain_and_region(string domain, string? region, bool fips, string expected)
    {
        var (request, _) = await CaptureRequestAsync(options =>
        {
            options.Domain = domain;
            options.Region = region;
            options.UseFips = fips;
        });

        Assert.Equal(expected, request.RequestUri!.AbsoluteUri);
    }

    [Theory]
    [InlineData("us-gov-east-1", false, "https://cognito-idp-fips.us-gov-east-1.amazonaws.com/")]
    [InlineData("us-east-2", true, "https://cognito-idp-fips.us-east-2.amazonaws.com/")]
    [InlineData("cn-north-1", false, "https://cognito-idp.cn-north-1.amazonaws.com.cn/")]
    [InlineData("eusc-de-east-1", false, "https://cognito-idp.eusc-de-east-1.amazonaws.eu/")]
    public async Task GetClientToken_address_is_derived_from_the_region(string region, bool fips, string expected)
    {
        var (request, _) = await CaptureRequestAsync(
            options =>
            {
                options.Domain = null;
                options.Route = CognitoTokenRoute.GetClientToken;
                options.Region = region;
                options.UseFips = fips;
            },
            () => StubbedResponse.CreateJson("""{"ClientAuthenticationResult":{"AccessToken":"api-token","ExpiresIn":300,"TokenType":"Bearer"}}"""));

        Assert.Equal(expected, request.RequestUri!.AbsoluteUri);
    }

    private static async Task<(HttpRequestMessage Request, string Body)> CaptureRequestAsync(
        Action<CognitoM2MClientOptions> configure, Func<HttpResponseMessage>? answer = null)
    {
        await using var service = new StubbedService(configure);
        HttpRequestMessage? captured = null;
        var body = "";
        service.OnTokenRequest = async (_, request) =>
        {
            captured = request;
            body = await request.Content!.ReadAsStringAsync();
            return answer?.Invoke() ?? StubbedResponse.CreateToken("token");
        };

        await service.GetTokenAsync();
        return (captured!, body);
    }
}
