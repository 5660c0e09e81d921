namespace CognitoM2M.Emulator.Tests.HostedLogin;

public sealed class AuthorizationRequestTests : HostedLoginTest
{
    [Theory]
    [InlineData("http://localhost:3000/callback")]
    [InlineData("http://localhost:3000/callback?from=cognito&more=1")]
    [InlineData("http://LOCALHOST:3000/callback?from=cognito")]
    [InlineData("http://localhost:3000/callback/../callback?from=cognito")]
    [InlineData("http://localhost:3000/callback?from=cognito#x")]
    [InlineData("http://evil.example/callback?from=cognito")]
    [InlineData(null)]
    public async Task Browser_is_redirected_only_to_exactly_one_of_the_addresses_of_the_client(string? redirectUri)
    {
        var result = await Browser.GetAsync(Authorize(("redirect_uri", redirectUri), ("response_type", "wrong")));

        Assert.Equal(400, result.StatusCode);
        Assert.Null(result.Location);
        Assert.Contains("error=redirect_mismatch", result.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_client_and_repeated_parameters_are_shown_to_the_user()
    {
        Assert.Contains("Client does not exist.", (await Browser.GetAsync(Authorize(("client_id", "unknown")))).Content, StringComparison.Ordinal);
        Assert.Contains("A parameter is repeated.", (await Browser.GetAsync(Authorize() + "&state=b")).Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("response_type", null, "invalid_request")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("response_type", "code token", "unsupported_response_type")]
    [InlineData("scope", "openid orders/write", "invalid_scope")]
    [InlineData("scope", "openid phone", "invalid_scope")]
    [InlineData("code_challenge_method", null, "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("code_challenge", null, "invalid_request")]
    [InlineData("code_challenge", "short", "invalid_request")]
    [InlineData("identity_provider", "Google", "invalid_request")]
    [InlineData("idp_identifier", "acme", "invalid_request")]
    [InlineData("resource", "https://api.example", "invalid_request")]
    [InlineData("response_mode", "form_post", "invalid_request")]
    [InlineData("prompt", "none", "login_required")]
    public async Task Other_errors_are_sent_to_the_callback_of_the_client(string parameter, string? value, string error)
    {
        foreach (var path in new[] { "/oauth2/authorize", "/login" })
        {
            if (path == "/login" && parameter == "prompt")
                continue;

            var result = await Browser.GetAsync(Authorize((parameter, value)).Replace("/oauth2/authorize", path, StringComparison.Ordinal));

            Assert.StartsWith(Callback + "&", result.Location, StringComparison.Ordinal);
            Assert.Equal(error, result.Parameters["error"]);
            Assert.Equal("a state&more", result.Parameters["state"]);
        }
    }

    [Fact]
    public async Task Client_without_the_code_flow_is_refused()
    {
        Web.AllowedOAuthFlowsUserPoolClient = false;
        Assert.Equal("unauthorized_client", (await Browser.GetAsync(Authorize())).Parameters["error"]);

        Web.AllowedOAuthFlowsUserPoolClient = true;
        Web.AllowedOAuthFlows = ["implicit"];
        Assert.Equal("unauthorized_client", (await Browser.GetAsync(Authorize())).Parameters["error"]);
    }

    [Theory]
    [InlineData("Google", false)]
    [InlineData("COGNITO", true)]
    public async Task Users_of_the_pool_sign_in_only_with_clients_that_support_it(string provider, bool isAllowed)
    {
        await UpdateWebAsync("SupportedIdentityProviders", new[] { provider });

        var result = await Browser.GetAsync(Authorize());

        Assert.Equal(isAllowed, result.Location!.StartsWith("/login?", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Missing_address_stands_for_the_default_of_the_client()
    {
        await UpdateWebAsync("DefaultRedirectURI", Callback);

        var result = await Browser.GetAsync(Authorize(("redirect_uri", null), ("prompt", "none")));

        Assert.StartsWith(Callback, result.Location, StringComparison.Ordinal);
    }

    [Fact]
    public void Addresses_of_a_client_must_be_absolute_and_without_a_fragment()
    {
        foreach (var address in new[] { "callback", "http://localhost/#x", "http://localhost/ö", "" })
        {
            Assert.Throws<ArgumentException>(
                () => Pool.CreateAppClient("web", new EmulatedAppClientOptions { AllowedOAuthFlows = [], CallbackUrls = [address] }));
        }
    }

    [Theory]
    [InlineData("/oauth2/authorize", "POST")]
    [InlineData("/login", "DELETE")]
    [InlineData("/logout", "POST")]
    [InlineData("/oauth2/revoke", "GET")]
    [InlineData("/oauth2/userInfo", "PUT")]
    public async Task Other_methods_are_not_allowed(string path, string method)
    {
        using var response = await Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), new Uri(Cognito.BaseAddress, path)));

        Assert.Equal(405, (int)response.StatusCode);
    }

    [Fact]
    public async Task Discovery_document_names_the_endpoints_for_users()
    {
        var document = System.Text.Json.Nodes.JsonNode.Parse(
            await Http.GetStringAsync(new Uri(Cognito.BaseAddress, $"{Pool.Id}/.well-known/openid-configuration")))!;

        foreach (var (member, path) in new[]
        {
            ("authorization_endpoint", "oauth2/authorize"),
            ("userinfo_endpoint", "oauth2/userInfo"),
            ("revocation_endpoint", "oauth2/revoke"),
            ("end_session_endpoint", "logout"),
        })
            Assert.Equal(new Uri(Cognito.BaseAddress, path).AbsoluteUri, document[member]!.GetValue<string>());
        Assert.Equal("""["code"]""", document["response_types_supported"]!.ToJsonString());
    }
}
