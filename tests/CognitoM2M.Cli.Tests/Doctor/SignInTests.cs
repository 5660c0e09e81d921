using CognitoM2M.Emulator;

namespace CognitoM2M.Cli.Tests.Doctor;

/// <summary><c>doctor</c> with the route UserPassword. Each test but the first breaks one thing.</summary>
public sealed class SignInTests : DoctorTestBase
{
    private const string Password = "Marker4Password!5";

    private EmulatedUserPool _pool = null!;
    private EmulatedAppClient _client = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _pool = Cognito.CreateUserPool("shop");
        _pool.CreateGroup("robots");
        _pool.CreateUser("robot", new EmulatedUserOptions { Password = Password, Groups = ["robots"] });
        _client = CreateClient();
    }

    [Theory]
    [InlineData("Access", "aws.cognito.signin.user.admin, for user 'robot' in the groups robots")]
    [InlineData("Id", "is an ID token, for user 'robot' in the groups robots")]
    public async Task Correct_user_passes_every_check(string kind, string finding)
    {
        var run = await ExamineUserAsync(more: $", \"TokenKind\": \"{kind}\"");

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Equal("The user 'robot' can sign in.", FindingOf(run, "user"));
        Assert.Contains(finding, FindingOf(run, "verification"), StringComparison.Ordinal);
        Assert.Equal(
            ["domain", "oauth-flag", "scopes"],
            run.Json.GetProperty("checks").EnumerateArray().Where(check => check.GetProperty("finding").GetString()!.Contains("route UserPassword", StringComparison.Ordinal)).Select(check => check.GetProperty("name").GetString()!));
        Assert.DoesNotContain(Password, run.Everything, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Text_that_equals_the_password_is_not_printed(bool isInFile)
    {
        const string NameAndPassword = "Robot-77";
        _pool.CreateUser(NameAndPassword, new EmulatedUserOptions { Password = NameAndPassword });
        var file = PathOf("password");
        Write(file, NameAndPassword + "\n");

        var run = await ExamineUserAsync(username: NameAndPassword, password: isInFile ? $"\"PasswordFile\": \"{file}\"" : $"\"Password\": \"{NameAndPassword}\"");

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Equal("The user '[password]' can sign in.", FindingOf(run, "user"));
        Assert.DoesNotContain(NameAndPassword, run.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_follows_from_the_region()
    {
        ResolveHostAsync = (_, _) => throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound);
        Variables.Clear();
        Write(SecretsPath, $$"""{ "CognitoM2M": { "Clients": { "billing": { "Route": "UserPassword", "Region": "eu-west-1", "ClientId": "abc", "Username": "robot", "Password": "{{Password}}" } } } }""");

        var run = await ExamineAsync();

        AssertFirstFailed(run, "name-resolution", ExitCode.Unreachable);
        Assert.Contains("cognito-idp.eu-west-1.amazonaws.com", FindingOf(run, "settings"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong password", "user", (int)ExitCode.Credentials, "NotAuthorizedException")]
    [InlineData("unknown user", "user", (int)ExitCode.Refused, "UserNotFoundException")]
    [InlineData("disabled", "user", (int)ExitCode.Credentials, "NotAuthorizedException")]
    [InlineData("temporary password", "user", (int)ExitCode.Refused, "challenge_required")]
    [InlineData("reset password", "user", (int)ExitCode.Refused, "PasswordResetRequiredException")]
    [InlineData("password file", "user", (int)ExitCode.Secret, "secret_unavailable")]
    public async Task User_who_cannot_sign_in_is_reported(string fault, string check, int code, string error)
    {
        var user = _pool.FindUser("robot")!;
        switch (fault)
        {
            case "disabled": user.Disable(); break;
            case "temporary password": user.SetPassword(Password, mustChangePassword: true); break;
            case "reset password": user.ResetPassword(); break;
        }

        var run = await ExamineUserAsync(
            password: fault switch
            {
                "wrong password" => "\"Password\": \"Wrong4Password!5\"",
                "password file" => $"\"PasswordFile\": \"{PathOf("missing").Replace('\\', '/')}\"",
                _ => $"\"Password\": \"{Password}\"",
            },
            username: fault == "unknown user" ? "nobody" : "robot");

        AssertFirstFailed(run, check, (ExitCode)code);
        Assert.Equal($"Cognito answered with {error}.", FindingOf(run, "user"));
        Assert.DoesNotContain("4Password!5", run.Everything, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "secret", "The app client has a secret, and the configuration has none.")]
    [InlineData(false, "secret", "The app client has no secret, and the configuration has one.")]
    public async Task Secret_that_is_missing_or_not_needed_is_reported(bool hasSecret, string check, string finding)
    {
        _client = CreateClient(hasSecret);

        // The emulator ignores a secret too much, and what Cognito does is not documented.
        var run = await ExamineUserAsync(
            password: hasSecret ? $"\"Password\": \"{Password}\"" : "\"Password\": \"Wrong4Password!5\"",
            more: hasSecret ? "" : $", \"ClientSecret\": \"{Secret}\"",
            args: ["--user-pool-id", _pool.Id]);

        AssertFirstFailed(run, check, ExitCode.Credentials);
        Assert.Equal(finding, FindingOf(run, check));
    }

    [Theory]
    [InlineData(true, "ExplicitAuthFlows is [ALLOW_REFRESH_TOKEN_AUTH], without ALLOW_USER_PASSWORD_AUTH.")]
    [InlineData(false, "Cognito answered with InvalidParameterException.")]
    public async Task Flow_that_is_not_allowed_is_reported(bool readsAccount, string finding)
    {
        _client = CreateClient(flows: "ALLOW_REFRESH_TOKEN_AUTH");

        var run = await ExamineUserAsync(args: readsAccount ? ["--user-pool-id", _pool.Id] : []);

        AssertFirstFailed(run, "flows", ExitCode.Refused);
        Assert.Equal(finding, FindingOf(run, "flows"));
    }

    [Fact]
    public async Task Report_makes_one_sign_in_and_one_request_for_an_unknown_app_client()
    {
        var run = await ExamineUserAsync(args: ["--report", "--user-pool-id", _pool.Id]);

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Contains(
            run.Json.GetProperty("observations").EnumerateArray(),
            observation => observation.GetRawText().Contains("error ResourceNotFoundException, for an app client that does not exist", StringComparison.Ordinal));
        Assert.Equal(2, Cognito.JsonApiRequests.Count("InitiateAuth"));
    }

    [Fact]
    public async Task Examination_of_a_user_needs_a_configuration_file_beside_the_blueprint()
    {
        Write(BlueprintPath, """{ "userPool": { "name": "shop2" }, "appClients": [ { "name": "billing", "route": "UserPassword" } ] }""");
        await ApplyAsync();

        var run = await RunAsync("doctor", BlueprintPath, "--json");

        AssertFirstFailed(run, "settings", ExitCode.Usage);
        Assert.Contains("--config FILE", run.Error, StringComparison.Ordinal);
    }

    private EmulatedAppClient CreateClient(bool hasSecret = false, string flows = "ALLOW_USER_PASSWORD_AUTH") => _pool.CreateAppClient("billing", new EmulatedAppClientOptions
    {
        GenerateSecret = hasSecret,
        AllowedOAuthFlowsUserPoolClient = false,
        AllowedOAuthFlows = [],
        ExplicitAuthFlows = [flows],
    });

    private Task<ToolRun> ExamineUserAsync(string password = $"\"Password\": \"{Password}\"", string username = "robot", string more = "", string[]? args = null)
    {
        Write(
            SecretsPath,
            $$"""{ "CognitoM2M": { "Clients": { "billing": { "Route": "UserPassword", "TokenEndpoint": "{{Cognito.BaseAddress}}", "ClientId": "{{_client.ClientId}}", "Username": "{{username}}", {{password}} {{more}} } } } }""");
        return ExamineAsync(args ?? []);
    }
}
