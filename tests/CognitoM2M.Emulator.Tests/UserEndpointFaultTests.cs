using System.Net;

namespace CognitoM2M.Emulator.Tests;

/// <summary>Faults of the endpoints for users.</summary>
public sealed class UserEndpointFaultTests : EmulatorTest
{
    [Theory]
    [InlineData(EmulatorEndpoint.Authorize, "oauth2/authorize?client_id=x")]
    [InlineData(EmulatorEndpoint.Login, "login")]
    [InlineData(EmulatorEndpoint.Logout, "logout")]
    [InlineData(EmulatorEndpoint.UserInfo, "oauth2/userInfo")]
    [InlineData(EmulatorEndpoint.Revoke, "oauth2/revoke")]
    public async Task Fault_of_one_endpoint_does_not_affect_other_endpoints(EmulatorEndpoint endpoint, string path)
    {
        Cognito.Faults.Set(endpoint, EmulatorFault.Html(503) with { Times = 1 });

        foreach (var other in new[] { "oauth2/authorize", "login", "logout", "oauth2/userInfo", "oauth2/revoke" }.Where(other => !path.StartsWith(other, StringComparison.Ordinal)))
        {
            using var response = await Http.GetAsync(new Uri(Cognito.BaseAddress, other));
            Assert.NotEqual(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        }

        using var faulty = await Http.GetAsync(new Uri(Cognito.BaseAddress, path));
        using var normal = await Http.GetAsync(new Uri(Cognito.BaseAddress, path));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, faulty.StatusCode);
        Assert.NotEqual(HttpStatusCode.ServiceUnavailable, normal.StatusCode);
    }

    [Fact]
    public async Task Cut_connection_at_the_sign_in_form_sends_no_response()
    {
        Cognito.Faults.Set(EmulatorEndpoint.Login, EmulatorFault.Drop());

        await Assert.ThrowsAsync<HttpRequestException>(() => Http.GetAsync(new Uri(Cognito.BaseAddress, "login")));
    }

    [Fact]
    public async Task Revocation_whose_response_is_lost_has_revoked_the_token()
    {
        var login = Pool.CreateAppClient("login", new EmulatedAppClientOptions
        {
            GenerateSecret = false,
            AllowedOAuthFlowsUserPoolClient = false,
            AllowedOAuthFlows = [],
            ExplicitAuthFlows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        });
        Pool.CreateUser("ann", "Passw0rd!");
        var signIn = await CallAsync("InitiateAuth", new
        {
            login.ClientId,
            AuthFlow = "USER_PASSWORD_AUTH",
            AuthParameters = new { USERNAME = "ann", PASSWORD = "Passw0rd!" },
        });
        var refreshToken = signIn["AuthenticationResult"]!["RefreshToken"]!.GetValue<string>();
        Cognito.Faults.Set(EmulatorEndpoint.Revoke, EmulatorFault.LostResponse());
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["token"] = refreshToken,
            ["client_id"] = login.ClientId,
        });

        await Assert.ThrowsAsync<HttpRequestException>(() => Http.PostAsync(new Uri(Cognito.BaseAddress, "oauth2/revoke"), form));

        var message = await AssertRefusedAsync("NotAuthorizedException", "InitiateAuth", new
        {
            login.ClientId,
            AuthFlow = "REFRESH_TOKEN_AUTH",
            AuthParameters = new { REFRESH_TOKEN = refreshToken },
        });
        Assert.Equal("Refresh Token has been revoked", message);
    }
}
