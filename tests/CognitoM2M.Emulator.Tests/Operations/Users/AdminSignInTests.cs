using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.Operations.Users;

public sealed class AdminSignInTests : SignedInTest
{
    [Theory]
    [InlineData("ADMIN_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH")]
    [InlineData("ADMIN_NO_SRP_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH")]
    [InlineData("ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH")]
    public async Task Administrator_signs_a_user_in_with_a_client_that_allows_it(string flow, string allowedFlow)
    {
        var client = await CreateClientAsync(new { ExplicitAuthFlows = new[] { allowedFlow } });

        var tokens = Read(await CallAsync("AdminInitiateAuth", Initiate(flow, client)));

        Assert.Equal("ann", JwtReader.ReadPayload(tokens.AccessToken)["username"]!.GetValue<string>());
        Assert.NotNull(tokens.RefreshToken);
    }

    [Fact]
    public async Task Administrator_refreshes_a_sign_in()
    {
        var tokens = await SignInAsync();

        var refreshed = Read(await CallAsync("AdminInitiateAuth", new
        {
            UserPoolId = Pool.Id,
            AuthFlow = "REFRESH_TOKEN_AUTH",
            ClientId = Login,
            AuthParameters = new { REFRESH_TOKEN = tokens.RefreshToken },
        }));

        Assert.Null(refreshed.RefreshToken);
        Assert.NotEqual(tokens.AccessToken, refreshed.AccessToken, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Client_without_the_flow_is_refused()
    {
        var client = await CreateClientAsync(new { ExplicitAuthFlows = new[] { "ALLOW_USER_PASSWORD_AUTH" } });

        Assert.Equal(
            "Auth flow not enabled for this client",
            await AssertRefusedAsync(Invalid, "AdminInitiateAuth", Initiate("ADMIN_USER_PASSWORD_AUTH", client)));
        Assert.Equal(
            "REFRESH_TOKEN_AUTH flow not enabled for this client",
            await AssertRefusedAsync(Invalid, "InitiateAuth", CreateRefresh((await SignInAsync(client)).RefreshToken!, client)));
    }

    [Fact]
    public async Task Flows_of_administrators_and_of_users_are_not_interchangeable()
    {
        Assert.Equal(
            "Initiate Auth method not supported.",
            await AssertRefusedAsync(Invalid, "AdminInitiateAuth", Initiate("USER_PASSWORD_AUTH", Login)));
        Assert.Equal(
            "Initiate Auth method not supported.",
            await AssertRefusedAsync(Invalid, "InitiateAuth", new { AuthFlow = "ADMIN_USER_PASSWORD_AUTH", ClientId = Login }));
        Assert.Equal(
            "The emulator does not support the flow USER_SRP_AUTH.",
            await AssertRefusedAsync(Invalid, "AdminInitiateAuth", Initiate("USER_SRP_AUTH", Login)));
    }

    [Fact]
    public async Task Client_of_another_pool_is_not_found()
    {
        var other = Cognito.CreateUserPool("other");
        var input = Initiate("ADMIN_USER_PASSWORD_AUTH", Login);
        input["UserPoolId"] = other.Id;

        Assert.Equal(
            $"User pool client {Login} does not exist.", await AssertRefusedAsync("ResourceNotFoundException", "AdminInitiateAuth", input));
    }

    [Fact]
    public async Task Administrator_answers_the_challenge_for_a_new_password()
    {
        Ann.SetPassword(Password, mustChangePassword: true);
        var challenge = await CallAsync("AdminInitiateAuth", Initiate("ADMIN_USER_PASSWORD_AUTH", Login));
        Assert.Equal("NEW_PASSWORD_REQUIRED", challenge["ChallengeName"]!.GetValue<string>());

        var tokens = Read(await CallAsync("AdminRespondToAuthChallenge", new
        {
            UserPoolId = Pool.Id,
            ClientId = Login,
            ChallengeName = "NEW_PASSWORD_REQUIRED",
            Session = challenge["Session"]!.GetValue<string>(),
            ChallengeResponses = new { USERNAME = "ann", NEW_PASSWORD = "Another1!" },
        }));

        Assert.NotNull(tokens.RefreshToken);
        Assert.False(Ann.MustChangePassword);
    }

    [Fact]
    public async Task Session_lasts_as_long_as_the_client_says()
    {
        Ann.SetPassword(Password, mustChangePassword: true);
        var client = await CreateClientAsync(new { AuthSessionValidity = 5 });
        var challenge = await CallAsync("InitiateAuth", CreateSignIn(client));
        object answer = new
        {
            ClientId = client,
            ChallengeName = "NEW_PASSWORD_REQUIRED",
            Session = challenge["Session"]!.GetValue<string>(),
            ChallengeResponses = new { USERNAME = "ann", NEW_PASSWORD = "Another1!" },
        };

        Clock.Advance(TimeSpan.FromMinutes(4));
        await CallAsync("RespondToAuthChallenge", answer);
    }

    [Fact]
    public async Task Handler_of_the_pool_changes_the_access_token_of_a_user()
    {
        var sources = new List<string>();
        Pool.OnTokenIssuing = issuance =>
        {
            sources.Add($"{issuance.TriggerSource} {issuance.UserName}");
            issuance.AccessToken.ClaimsToAddOrOverride["tenant"] = "acme";
            issuance.AccessToken.ScopesToAdd.Add("orders/read");
        };

        var tokens = await SignInAsync();
        await RefreshAsync(tokens.RefreshToken!);

        var access = JwtReader.ReadPayload(tokens.AccessToken);
        Assert.Equal("acme", access["tenant"]!.GetValue<string>());
        Assert.Equal("aws.cognito.signin.user.admin orders/read", access["scope"]!.GetValue<string>());
        Assert.Equal(["TokenGeneration_Authentication ann", "TokenGeneration_RefreshTokens ann"], sources);
    }

    private JsonObject Initiate(string flow, string clientId) => new()
    {
        ["UserPoolId"] = Pool.Id,
        ["AuthFlow"] = flow,
        ["ClientId"] = clientId,
        ["AuthParameters"] = new JsonObject { ["USERNAME"] = "ann", ["PASSWORD"] = Password },
    };
}
