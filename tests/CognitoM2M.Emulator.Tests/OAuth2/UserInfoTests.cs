using System.Net.Http.Headers;
using CognitoM2M.Emulator.Tests.HostedLogin;

namespace CognitoM2M.Emulator.Tests.OAuth2;

public sealed class UserInfoTests : HostedLoginTest
{
    [Theory]
    [InlineData("openid", "email email_verified nickname sub username")]
    [InlineData("openid email", "email email_verified sub username")]
    public async Task Scopes_decide_which_attributes_are_shown(string scope, string members)
    {
        var token = (await GetTokensAsync(("scope", scope)))["access_token"]!.GetValue<string>();

        using var response = await GetAsync(token);

        var info = await ReadJsonAsync(response);
        Assert.Equal(members, ListMembers(info));
        Assert.Equal((Ann.Sub, "ann", "true"), (
            info["sub"]!.GetValue<string>(), info["username"]!.GetValue<string>(), info["email_verified"]!.GetValue<string>()));
        Assert.Equal("*", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    [Fact]
    public async Task Token_without_openid_is_refused()
    {
        using var response = await GetAsync((await GetTokensAsync(("scope", "orders/read")))["access_token"]!.GetValue<string>());

        Assert.Equal(403, (int)response.StatusCode);
        Assert.Contains("error=\"insufficient_scope\"", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_that_is_not_a_valid_access_token_of_a_user_is_refused()
    {
        var tokens = await GetTokensAsync();
        var accessToken = tokens["access_token"]!.GetValue<string>();
        foreach (var token in new[] { "made-up", tokens["id_token"]!.GetValue<string>(), await GetAccessTokenAsync() })
            await AssertInvalidTokenAsync(token, "Invalid Access Token");

        Ann.SignOut();
        await AssertInvalidTokenAsync(accessToken, "Access Token has been revoked");
        Clock.Advance(TimeSpan.FromHours(1));
        await AssertInvalidTokenAsync(accessToken, "Access Token has expired");
    }

    [Fact]
    public async Task Request_without_a_token_is_refused()
    {
        using var response = await Http.GetAsync(new Uri(Cognito.BaseAddress, "oauth2/userInfo"));

        Assert.Equal(401, (int)response.StatusCode);
        Assert.Equal("invalid_request", (await ReadJsonAsync(response))["error"]!.GetValue<string>());
    }

    [Fact]
    public async Task Web_pages_may_send_the_token()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, new Uri(Cognito.BaseAddress, "oauth2/userInfo"));
        request.Headers.Add("Access-Control-Request-Headers", "authorization");

        using var response = await Http.SendAsync(request);

        Assert.Equal("authorization", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Headers")));
    }

    private async Task AssertInvalidTokenAsync(string token, string description)
    {
        using var response = await GetAsync(token);
        Assert.Equal(401, (int)response.StatusCode);
        Assert.Equal(
            $$"""{"error":"invalid_token","error_description":"{{description}}"}""", await response.Content.ReadAsStringAsync());
    }

    private Task<HttpResponseMessage> GetAsync(string token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Cognito.BaseAddress, "oauth2/userInfo"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return Http.SendAsync(request);
    }
}
