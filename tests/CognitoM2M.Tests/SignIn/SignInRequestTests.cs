using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.SignIn;

/// <summary>What the sign-in of a user sends.</summary>
public sealed class SignInRequestTests
{
    private const string ClientSecret = "secret-of-the-client-123";

    [Fact]
    public async Task Sign_in_sends_name_and_password_in_an_unsigned_call_of_the_json_api()
    {
        SignInMessage? sent = null;
        await using var user = Create(message => sent = message);

        Assert.Equal("access-1", await user.GetTokenAsync());

        Assert.Equal("""{"ClientId":"abc123","AuthFlow":"USER_PASSWORD_AUTH","AuthParameters":{"USERNAME":"robot","PASSWORD":"marker4Password!5"}}""", sent!.Body.GetRawText());
        Assert.Equal(StubbedUser.Endpoint, sent.Message.RequestUri!.AbsoluteUri);
        Assert.Equal("application/x-amz-json-1.1", sent.Message.Content!.Headers.ContentType!.ToString());
        Assert.Null(sent.Message.Headers.Authorization);
    }

    [Theory]
    [InlineData("us-east-1", true, "https://cognito-idp-fips.us-east-1.amazonaws.com/")]
    [InlineData("cn-north-1", false, "https://cognito-idp.cn-north-1.amazonaws.com.cn/")]
    public async Task Endpoint_follows_region_and_fips(string region, bool useFips, string expected)
    {
        SignInMessage? sent = null;
        await using var user = Create(message => sent = message, options => (options.Region, options.UseFips) = (region, useFips));

        await user.GetTokenAsync();

        Assert.Equal(expected, sent!.Message.RequestUri!.AbsoluteUri);
    }

    [Fact]
    public async Task Client_secret_becomes_a_hash_of_user_name_and_client_id()
    {
        SignInMessage? sent = null;
        await using var user = Create(message => sent = message, options => options.ClientSecret = ClientSecret);

        await user.GetTokenAsync();

        // printf 'robotabc123' | openssl dgst -sha256 -hmac secret-of-the-client-123 -binary | base64
        Assert.Equal("l9jYH2Be9VBn9RWT3m40sS0vKwDcWi+3Q230LPr2pkc=", sent!.Find("AuthParameters", "SECRET_HASH"));
        Assert.DoesNotContain(ClientSecret, sent.Body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_metadata_goes_with_sign_in_and_refresh()
    {
        List<string> metadata = [];
        await using var user = Create(
            message => metadata.Add(message.Body.GetProperty("ClientMetadata").GetRawText()),
            options => options.ClientMetadata = new Dictionary<string, string> { ["tenant"] = "acme" });

        await user.GetTokenAsync();
        await user.RenewAsync();

        Assert.Equal(["""{"tenant":"acme"}""", """{"tenant":"acme"}"""], metadata);
    }

    [Fact]
    public async Task Refresh_sends_the_refresh_token_and_the_client_secret()
    {
        SignInMessage? sent = null;
        await using var user = Create(message => sent = message, options => options.ClientSecret = ClientSecret);
        await user.GetTokenAsync();

        await user.RenewAsync();

        Assert.Equal("GetTokensFromRefreshToken", sent!.Operation);
        Assert.Equal($$"""{"ClientId":"abc123","RefreshToken":"refresh-1","ClientSecret":"{{ClientSecret}}"}""", sent.Body.GetRawText());
    }

    [Fact]
    public async Task Refresh_by_the_older_flow_hashes_cognitos_own_name_of_the_user()
    {
        SignInMessage? sent = null;
        await using var user = Create(message => sent = message, options =>
        {
            options.Username = "robot@example.com";
            options.ClientSecret = ClientSecret;
        });
        var answers = user.OnRequest;
        user.OnRequest = message =>
        {
            answers(message);
            return message.Kind switch
            {
                "password" => StubbedUser.GiveTokens(StubbedUser.CreateJwt("""{"username":"0b6c-sub"}"""), "id", "refresh-1"),
                "refresh" => StubbedUser.Refuse("UnknownOperationException"),
                _ => StubbedUser.GiveTokens("access-2", "id", null),
            };
        };
        await user.GetTokenAsync();

        Assert.Equal("access-2", await user.RenewAsync());

        Assert.Equal("REFRESH_TOKEN_AUTH", sent!.Find("AuthFlow"));
        // printf '0b6c-subabc123' | openssl dgst -sha256 -hmac secret-of-the-client-123 -binary | base64
        Assert.Equal("N7HTFRtIEDOZ/Os6gAlV6R6ka7dvXTG/7XLdejx5QgA=", sent.Find("AuthParameters", "SECRET_HASH"));
    }

    [Fact]
    public async Task Scopes_of_one_request_are_an_error_that_sends_nothing()
    {
        await using var user = new StubbedUser();

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => user.GetTokenAsync(new CognitoTokenRequest { Scopes = ["orders/read"] }));

        Assert.Equal(CognitoTokenErrors.ScopesNotSupported, failure.Error);
        Assert.False(failure.IsTransient);
        Assert.Contains("aws.cognito.signin.user.admin", failure.Hint, StringComparison.Ordinal);
        Assert.Empty(user.Requests);
    }

    [Fact]
    public async Task Call_with_scopes_is_not_sent()
    {
        await using var user = new StubbedUser();

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(
            () => user.Service.CallApiAsync(new HttpRequestMessage(HttpMethod.Get, "orders").WithCognitoScopes("orders/read")));

        Assert.Equal(CognitoTokenErrors.ScopesNotSupported, failure.Error);
        Assert.Empty(user.Service.ApiCalls);
    }

    [Fact]
    public async Task Empty_list_of_scopes_asks_for_the_usual_token()
    {
        await using var user = new StubbedUser();

        Assert.Equal("access-1", await user.GetTokenAsync(new CognitoTokenRequest { Scopes = [] }));
    }

    private static StubbedUser Create(Action<SignInMessage> onRequest, Action<CognitoM2MClientOptions>? configure = null)
    {
        var user = new StubbedUser(configure);
        user.OnRequest = message =>
        {
            onRequest(message);
            return null;
        };
        return user;
    }
}
