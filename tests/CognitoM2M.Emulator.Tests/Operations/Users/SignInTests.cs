using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.Operations.Users;

public sealed class SignInTests : EmulatorTest
{
    private const string Temporary = "Temp0rary!";
    private const string Permanent = "Permanent1!";
    private const string NotAuthorized = "NotAuthorizedException";

    private EmulatedAppClient _login = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _login = Pool.CreateAppClient("login", new EmulatedAppClientOptions
        {
            ExplicitAuthFlows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            AllowedOAuthFlowsUserPoolClient = false,
            AllowedOAuthFlows = [],
        });
        await CallAsync("AdminCreateUser", new
        {
            UserPoolId = Pool.Id,
            Username = "robot",
            TemporaryPassword = Temporary,
            MessageAction = "SUPPRESS",
            UserAttributes = new[] { new { Name = "email", Value = "robot@example.com" }, new { Name = "email_verified", Value = "true" } },
        });
    }

    [Fact]
    public async Task New_user_must_change_the_password()
    {
        var user = await CallAsync("AdminGetUser", new { UserPoolId = Pool.Id, Username = "robot" });
        Assert.Equal("Enabled UserAttributes UserCreateDate UserLastModifiedDate UserStatus Username", ListMembers(user));
        Assert.Equal("FORCE_CHANGE_PASSWORD", user["UserStatus"]!.GetValue<string>());

        var challenge = await CallAsync("InitiateAuth", SignIn(Temporary));
        Assert.Equal("NEW_PASSWORD_REQUIRED", challenge["ChallengeName"]!.GetValue<string>());
        Assert.False(challenge.ContainsKey("AuthenticationResult"));

        var answered = await CallAsync("RespondToAuthChallenge", Answer(challenge));
        Assert.NotNull(answered["AuthenticationResult"]!["RefreshToken"]);
        Assert.Equal("robot", JwtReader.ReadPayload(await GetAccessTokenOfUserAsync())["username"]!.GetValue<string>());
        await AssertRefusedAsync(NotAuthorized, "RespondToAuthChallenge", Answer(challenge));
    }

    [Fact]
    public async Task Session_expires_after_three_minutes()
    {
        var challenge = await CallAsync("InitiateAuth", SignIn(Temporary));
        Clock.Advance(TimeSpan.FromMinutes(3));

        await AssertRefusedAsync(NotAuthorized, "RespondToAuthChallenge", Answer(challenge));
    }

    [Fact]
    public async Task User_with_a_permanent_password_gets_tokens_at_once()
    {
        await SetPasswordAsync();

        var result = (await CallAsync("InitiateAuth", SignIn(Permanent)))["AuthenticationResult"]!;

        Assert.Equal("AccessToken ExpiresIn IdToken RefreshToken TokenType", ListMembers(result));
        Assert.Equal(3600, result["ExpiresIn"]!.GetValue<int>());
        var access = JwtReader.ReadPayload(result["AccessToken"]!.GetValue<string>());
        Assert.Equal("aws.cognito.signin.user.admin", access["scope"]!.GetValue<string>());
        Assert.Equal(_login.ClientId, access["client_id"]!.GetValue<string>());
        Assert.NotEqual(_login.ClientId, access["sub"]!.GetValue<string>());
        var id = JwtReader.ReadPayload(result["IdToken"]!.GetValue<string>());
        Assert.Equal(_login.ClientId, id["aud"]!.GetValue<string>());
        Assert.Equal("robot@example.com", id["email"]!.GetValue<string>());
        Assert.True(id["email_verified"]!.GetValue<bool>());
        Assert.NotEqual(
            JwtReader.ReadHeader(result["AccessToken"]!.GetValue<string>())["kid"]!.GetValue<string>(),
            JwtReader.ReadHeader(result["IdToken"]!.GetValue<string>())["kid"]!.GetValue<string>());
    }

    [Fact]
    public async Task Refresh_token_is_valid_until_it_expires_or_the_user_is_deleted()
    {
        await SetPasswordAsync();
        var refreshToken = (await CallAsync("InitiateAuth", SignIn(Permanent)))["AuthenticationResult"]!["RefreshToken"]!.GetValue<string>();

        var refreshed = (await CallAsync("InitiateAuth", Refresh(refreshToken)))["AuthenticationResult"]!.AsObject();
        Assert.Equal("AccessToken ExpiresIn IdToken TokenType", ListMembers(refreshed));
        Assert.Equal("Invalid Refresh Token", await AssertRefusedAsync(NotAuthorized, "InitiateAuth", Refresh("made-up")));

        Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal("Refresh Token has expired", await AssertRefusedAsync(NotAuthorized, "InitiateAuth", Refresh(refreshToken)));

        var late = (await CallAsync("InitiateAuth", SignIn(Permanent)))["AuthenticationResult"]!["RefreshToken"]!.GetValue<string>();
        await CallAsync("AdminDeleteUser", new { UserPoolId = Pool.Id, Username = "robot" });
        await AssertRefusedAsync(NotAuthorized, "InitiateAuth", Refresh(late));
    }

    [Fact]
    public async Task Refreshed_tokens_keep_the_time_and_the_id_of_the_sign_in()
    {
        await SetPasswordAsync();
        var first = (await CallAsync("InitiateAuth", SignIn(Permanent)))["AuthenticationResult"]!;
        var signedInAt = Clock.GetUtcNow().ToUnixTimeSeconds();
        Clock.Advance(TimeSpan.FromMinutes(10));

        var refreshed = (await CallAsync("InitiateAuth", Refresh(first["RefreshToken"]!.GetValue<string>())))["AuthenticationResult"]!;

        var origin = JwtReader.ReadPayload(first["IdToken"]!.GetValue<string>())["origin_jti"]!.GetValue<string>();
        foreach (var kind in new[] { "AccessToken", "IdToken" })
        {
            var claims = JwtReader.ReadPayload(refreshed[kind]!.GetValue<string>());
            Assert.Equal(signedInAt, claims["auth_time"]!.GetValue<long>());
            Assert.Equal(signedInAt + 600, claims["iat"]!.GetValue<long>());
            Assert.Equal(origin, claims["origin_jti"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Unknown_user_gets_the_error_of_a_wrong_password_only_if_the_client_says_so()
    {
        Assert.Equal("Incorrect username or password.", await AssertRefusedAsync(NotAuthorized, "InitiateAuth", SignIn("wrong")));
        Assert.Equal("User does not exist.", await AssertRefusedAsync("UserNotFoundException", "InitiateAuth", SignIn("wrong", "nobody")));

        await CallAsync("UpdateUserPoolClient", new
        {
            UserPoolId = Pool.Id,
            _login.ClientId,
            _login.ExplicitAuthFlows,
            PreventUserExistenceErrors = "ENABLED",
        });
        Assert.Equal("Incorrect username or password.", await AssertRefusedAsync(NotAuthorized, "InitiateAuth", SignIn("wrong", "nobody")));
    }

    [Fact]
    public async Task Client_with_a_secret_must_send_a_valid_secret_hash()
    {
        await SetPasswordAsync();
        var without = SignIn(Permanent);
        without["AuthParameters"]!.AsObject().Remove("SECRET_HASH");
        var wrong = SignIn(Permanent);
        wrong["AuthParameters"]!["SECRET_HASH"] = "d3Jvbmc=";

        Assert.Equal(
            $"Client {_login.ClientId} is configured for secret but secret was not received",
            await AssertRefusedAsync(NotAuthorized, "InitiateAuth", without));
        Assert.Equal(
            $"Unable to verify secret hash for client {_login.ClientId}", await AssertRefusedAsync(NotAuthorized, "InitiateAuth", wrong));

        var old = _login.ClientSecret!;
        _login.AddSecret();
        _login.DeleteSecret(old);
        await CallAsync("InitiateAuth", SignIn(Permanent));
    }

    [Fact]
    public async Task Client_without_the_flow_is_refused()
    {
        _login.ExplicitAuthFlows = ["ALLOW_REFRESH_TOKEN_AUTH"];

        var message = await AssertRefusedAsync("InvalidParameterException", "InitiateAuth", SignIn(Temporary));

        Assert.Equal("USER_PASSWORD_AUTH flow not enabled for this client", message);
    }

    [Fact]
    public async Task Error_for_an_unsupported_flow_names_the_flow()
    {
        var message = await AssertRefusedAsync("InvalidParameterException", "InitiateAuth", new { AuthFlow = "USER_SRP_AUTH", _login.ClientId });

        Assert.Equal("The emulator does not support the flow USER_SRP_AUTH.", message);
    }

    [Fact]
    public async Task GetUser_accepts_only_an_access_token_of_a_user()
    {
        await SetPasswordAsync();
        var token = await GetAccessTokenOfUserAsync();

        var user = await CallAsync("GetUser", new { AccessToken = token });
        Assert.Equal("robot", user["Username"]!.GetValue<string>());
        Assert.Equal("sub", user["UserAttributes"]![0]!["Name"]!.GetValue<string>());

        await AssertRefusedAsync(NotAuthorized, "GetUser", new { AccessToken = await GetAccessTokenAsync() });
        await AssertRefusedAsync(NotAuthorized, "GetUser", new { AccessToken = token[..^4] + "AAAA" });
        await AssertRefusedAsync(NotAuthorized, "GetUser", new { AccessToken = "a.b.c" });
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("Access Token has expired", await AssertRefusedAsync(NotAuthorized, "GetUser", new { AccessToken = token }));
    }

    [Fact]
    public async Task User_name_is_unique_and_a_deleted_user_is_not_found()
    {
        var robot = new { UserPoolId = Pool.Id, Username = "robot" };
        await AssertRefusedAsync("UsernameExistsException", "AdminCreateUser", robot);

        Assert.Empty(await CallAsync("AdminDeleteUser", robot));

        await AssertRefusedAsync("UserNotFoundException", "AdminDeleteUser", robot);
        await AssertRefusedAsync(
            "UserNotFoundException", "AdminSetUserPassword", new { UserPoolId = Pool.Id, Username = "robot", Password = Permanent });
    }

    private Task<JsonObject> SetPasswordAsync() =>
        CallAsync("AdminSetUserPassword", new { UserPoolId = Pool.Id, Username = "robot", Password = Permanent, Permanent = true });

    private async Task<string> GetAccessTokenOfUserAsync() =>
        (await CallAsync("InitiateAuth", SignIn(Permanent)))["AuthenticationResult"]!["AccessToken"]!.GetValue<string>();

    private JsonObject SignIn(string password, string username = "robot") => Auth("USER_PASSWORD_AUTH", new JsonObject
    {
        ["USERNAME"] = username,
        ["PASSWORD"] = password,
        ["SECRET_HASH"] = SecretHash(username),
    });

    private JsonObject Refresh(string refreshToken) => Auth("REFRESH_TOKEN_AUTH", new JsonObject
    {
        ["REFRESH_TOKEN"] = refreshToken,
        ["SECRET_HASH"] = SecretHash("robot"),
    });

    private JsonObject Auth(string flow, JsonObject parameters) =>
        new() { ["AuthFlow"] = flow, ["ClientId"] = _login.ClientId, ["AuthParameters"] = parameters };

    private JsonObject Answer(JsonObject challenge) => new()
    {
        ["ChallengeName"] = "NEW_PASSWORD_REQUIRED",
        ["ClientId"] = _login.ClientId,
        ["Session"] = challenge["Session"]!.DeepClone(),
        ["ChallengeResponses"] = new JsonObject
        {
            ["USERNAME"] = "robot",
            ["NEW_PASSWORD"] = Permanent,
            ["SECRET_HASH"] = SecretHash("robot"),
        },
    };

    private string SecretHash(string username) => Convert.ToBase64String(HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(_login.ClientSecret!), Encoding.UTF8.GetBytes(username + _login.ClientId)));
}
