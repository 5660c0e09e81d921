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
        await DoAsync("AdminCreateUser", new
        {
            UserPoolId = Pool.Id,
            Username = "robot",
            TemporaryPassword = Temporary,
            MessageAction = "SUPPRESS",
            UserAttributes = new[] { new { Name = "email", Value = "robot@example.com" }, new { Name = "email_verified", Value = "true" } },
        });
    }

    [Fact]
    public async Task Created_user_has_to_change_the_password()
    {
        var user = await DoAsync("AdminGetUser", new { UserPoolId = Pool.Id, Username = "robot" });
        Assert.Equal("Enabled UserAttributes UserCreateDate UserLastModifiedDate UserStatus Username", MembersOf(user));
        Assert.Equal("FORCE_CHANGE_PASSWORD", user["UserStatus"]!.GetValue<string>());

        var challenge = await DoAsync("InitiateAuth", SignIn(Temporary));
        Assert.Equal("NEW_PASSWORD_REQUIRED", challenge["ChallengeName"]!.GetValue<string>());
        Assert.False(challenge.ContainsKey("AuthenticationResult"));

        var answered = await DoAsync("RespondToAuthChallenge", Answer(challenge));
        Assert.NotNull(answered["AuthenticationResult"]!["RefreshToken"]);
        Assert.Equal("robot", Jwt.Payload(await AccessTokenOfUserAsync())["username"]!.GetValue<string>());
        await RefusedAsync(NotAuthorized, "RespondToAuthChallenge", Answer(challenge));
    }

    [Fact]
    public async Task Session_lasts_three_minutes()
    {
        var challenge = await DoAsync("InitiateAuth", SignIn(Temporary));
        Clock.Advance(TimeSpan.FromMinutes(3));

        await RefusedAsync(NotAuthorized, "RespondToAuthChallenge", Answer(challenge));
    }

    [Fact]
    public async Task Permanent_password_needs_no_change()
    {
        await SetPasswordAsync();

        var result = (await DoAsync("InitiateAuth", SignIn(Permanent)))["AuthenticationResult"]!;

        Assert.Equal("AccessToken ExpiresIn IdToken RefreshToken TokenType", MembersOf(result));
        Assert.Equal(3600, result["ExpiresIn"]!.GetValue<int>());
        var access = Jwt.Payload(result["AccessToken"]!.GetValue<string>());
        Assert.Equal("aws.cognito.signin.user.admin", access["scope"]!.GetValue<string>());
        Assert.Equal(_login.ClientId, access["client_id"]!.GetValue<string>());
        Assert.NotEqual(_login.ClientId, access["sub"]!.GetValue<string>());
        var id = Jwt.Payload(result["IdToken"]!.GetValue<string>());
        Assert.Equal(_login.ClientId, id["aud"]!.GetValue<string>());
        Assert.Equal("robot@example.com", id["email"]!.GetValue<string>());
        Assert.True(id["email_verified"]!.GetValue<bool>());
        Assert.NotEqual(
            Jwt.Header(result["AccessToken"]!.GetValue<string>())["kid"]!.GetValue<string>(),
            Jwt.Header(result["IdToken"]!.GetValue<string>())["kid"]!.GetValue<string>());
    }

    [Fact]
    public async Task Refresh_token_gives_new_tokens_until_it_expires_or_the_user_is_gone()
    {
        await SetPasswordAsync();
        var refreshToken = (await DoAsync("InitiateAuth", SignIn(Permanent)))["AuthenticationResult"]!["RefreshToken"]!.GetValue<string>();

        var refreshed = (await DoAsync("InitiateAuth", Refresh(refreshToken)))["AuthenticationResult"]!.AsObject();
        Assert.Equal("AccessToken ExpiresIn IdToken TokenType", MembersOf(refreshed));
        Assert.Equal("Invalid Refresh Token", await RefusedAsync(NotAuthorized, "InitiateAuth", Refresh("made-up")));

        Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal("Refresh Token has expired", await RefusedAsync(NotAuthorized, "InitiateAuth", Refresh(refreshToken)));

        var late = (await DoAsync("InitiateAuth", SignIn(Permanent)))["AuthenticationResult"]!["RefreshToken"]!.GetValue<string>();
        await DoAsync("AdminDeleteUser", new { UserPoolId = Pool.Id, Username = "robot" });
        await RefusedAsync(NotAuthorized, "InitiateAuth", Refresh(late));
    }

    [Fact]
    public async Task Wrong_password_and_unknown_user_look_the_same_only_if_the_client_wants_that()
    {
        Assert.Equal("Incorrect username or password.", await RefusedAsync(NotAuthorized, "InitiateAuth", SignIn("wrong")));
        Assert.Equal("User does not exist.", await RefusedAsync("UserNotFoundException", "InitiateAuth", SignIn("wrong", "nobody")));

        await DoAsync("UpdateUserPoolClient", new
        {
            UserPoolId = Pool.Id,
            _login.ClientId,
            _login.ExplicitAuthFlows,
            PreventUserExistenceErrors = "ENABLED",
        });
        Assert.Equal("Incorrect username or password.", await RefusedAsync(NotAuthorized, "InitiateAuth", SignIn("wrong", "nobody")));
    }

    [Fact]
    public async Task Confidential_client_has_to_send_a_hash_made_with_one_of_its_secrets()
    {
        await SetPasswordAsync();
        var without = SignIn(Permanent);
        without["AuthParameters"]!.AsObject().Remove("SECRET_HASH");
        var wrong = SignIn(Permanent);
        wrong["AuthParameters"]!["SECRET_HASH"] = "d3Jvbmc=";

        Assert.Equal(
            $"Client {_login.ClientId} is configured for secret but secret was not received",
            await RefusedAsync(NotAuthorized, "InitiateAuth", without));
        Assert.Equal(
            $"Unable to verify secret hash for client {_login.ClientId}", await RefusedAsync(NotAuthorized, "InitiateAuth", wrong));

        var old = _login.ClientSecret!;
        _login.AddSecret();
        _login.DeleteSecret(old);
        await DoAsync("InitiateAuth", SignIn(Permanent));
    }

    [Fact]
    public async Task Flow_has_to_be_enabled()
    {
        _login.ExplicitAuthFlows = ["ALLOW_REFRESH_TOKEN_AUTH"];

        var message = await RefusedAsync("InvalidParameterException", "InitiateAuth", SignIn(Temporary));

        Assert.Equal("USER_PASSWORD_AUTH flow not enabled for this client", message);
    }

    [Fact]
    public async Task Flow_that_is_not_emulated_is_named()
    {
        var message = await RefusedAsync("InvalidParameterException", "InitiateAuth", new { AuthFlow = "USER_SRP_AUTH", _login.ClientId });

        Assert.Equal("The emulator does not support the flow USER_SRP_AUTH.", message);
    }

    [Fact]
    public async Task User_is_read_by_a_token_of_their_own_alone()
    {
        await SetPasswordAsync();
        var token = await AccessTokenOfUserAsync();

        var user = await DoAsync("GetUser", new { AccessToken = token });
        Assert.Equal("robot", user["Username"]!.GetValue<string>());
        Assert.Equal("sub", user["UserAttributes"]![0]!["Name"]!.GetValue<string>());

        await RefusedAsync(NotAuthorized, "GetUser", new { AccessToken = await AccessTokenAsync() });
        await RefusedAsync(NotAuthorized, "GetUser", new { AccessToken = token[..^4] + "AAAA" });
        await RefusedAsync(NotAuthorized, "GetUser", new { AccessToken = "a.b.c" });
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("Access Token has expired", await RefusedAsync(NotAuthorized, "GetUser", new { AccessToken = token }));
    }

    [Fact]
    public async Task User_name_is_unique_and_deletion_final()
    {
        var robot = new { UserPoolId = Pool.Id, Username = "robot" };
        await RefusedAsync("UsernameExistsException", "AdminCreateUser", robot);

        Assert.Empty(await DoAsync("AdminDeleteUser", robot));

        await RefusedAsync("UserNotFoundException", "AdminDeleteUser", robot);
        await RefusedAsync(
            "UserNotFoundException", "AdminSetUserPassword", new { UserPoolId = Pool.Id, Username = "robot", Password = Permanent });
    }

    [Theory]
    [InlineData("Sh0rt!", "Password not long enough")]
    [InlineData("nouppercase1!", "Password must have uppercase characters")]
    [InlineData("NOLOWERCASE1!", "Password must have lowercase characters")]
    [InlineData("NoNumbers!", "Password must have numeric characters")]
    [InlineData("NoSymbols1", "Password must have symbol characters")]
    public async Task Password_has_to_follow_the_policy(string password, string violation)
    {
        var message = await RefusedAsync(
            "InvalidPasswordException", "AdminSetUserPassword", new { UserPoolId = Pool.Id, Username = "robot", Password = password });

        Assert.Equal($"Password did not conform with policy: {violation}", message);
    }

    [Fact]
    public async Task Pool_may_ask_less_of_passwords()
    {
        await DoAsync("UpdateUserPool", new { UserPoolId = Pool.Id, Policies = new { PasswordPolicy = new { MinimumLength = 6 } } });

        await DoAsync("AdminSetUserPassword", new { UserPoolId = Pool.Id, Username = "robot", Password = "simple", Permanent = true });
    }

    private Task<JsonObject> SetPasswordAsync() =>
        DoAsync("AdminSetUserPassword", new { UserPoolId = Pool.Id, Username = "robot", Password = Permanent, Permanent = true });

    private async Task<string> AccessTokenOfUserAsync() =>
        (await DoAsync("InitiateAuth", SignIn(Permanent)))["AuthenticationResult"]!["AccessToken"]!.GetValue<string>();

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
