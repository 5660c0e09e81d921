using System.Text.Json;
using CognitoM2M.Emulator;
using CognitoM2M.Provisioning;
using CognitoM2M.Provisioning.Service;
using CognitoM2M.Provisioning.Service.Aws;

namespace CognitoM2M.Cli.Tests.Commands;

/// <summary><c>user create</c>, <c>user delete</c> and <c>user sweep</c>.</summary>
public sealed class UserTests : ToolTestBase
{
    private const string UserBlueprint = """
        { "userPool": { "name": "robots", "passwordPolicy": { "minimumLength": 50 } }, "appClients": [ { "name": "billing", "route": "UserPassword" } ] }
        """;

    private EmulatedUserPool Pool => Assert.Single(Cognito.UserPools);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Write(BlueprintPath, UserBlueprint);
        await ApplyAsync();
    }

    [Theory]
    [InlineData("ann", false)]
    [InlineData("--temporary", true)]
    public async Task Password_goes_to_the_file_alone_and_signs_the_user_in(string name, bool isTemporary)
    {
        var run = await RunAsync("user", "create", name, "--blueprint", BlueprintPath, "--secrets", SecretsPath);

        Assert.Equal(ExitCode.Success, run.Code);
        var user = Assert.Single(Pool.Users);
        var section = ReadSection();
        Assert.Equal(isTemporary, user.Username.StartsWith("cognito-m2m-temp-", StringComparison.Ordinal));
        Assert.Equal((user.Username, "UserPassword"), (section.GetProperty("Username").GetString(), section.GetProperty("Route").GetString()));
        var password = section.GetProperty("Password").GetString()!;
        Assert.Equal(50, password.Length);
        Assert.DoesNotContain(password, run.Everything, StringComparison.Ordinal);
        Assert.Contains(user.Username, run.Output, StringComparison.Ordinal);
        var answer = await Cognito.CallAsync("InitiateAuth", JsonSerializer.SerializeToElement(new
        {
            ClientId = section.GetProperty("ClientId").GetString(),
            AuthFlow = "USER_PASSWORD_AUTH",
            AuthParameters = new { USERNAME = user.Username, PASSWORD = password },
        }));
        Assert.True(answer.TryGetProperty("AuthenticationResult", out _), answer.GetRawText());
    }

    [Fact]
    public async Task Password_is_printed_only_if_the_caller_asks_for_it()
    {
        var text = await RunAsync("user", "create", "ann", "--pool", "robots", "--show-secret", "--attribute", "given_name=Ann");
        var json = await RunAsync("user", "create", "bob", "--pool", Pool.Id, "--show-secret", "--json");

        Assert.Matches(@"(?m)^Password        \S{50}$", text.Output.Replace("\r", "", StringComparison.Ordinal));
        Assert.Equal(50, json.Json.GetProperty("password").GetString()!.Length);
        Assert.Equal("bob", json.Json.GetProperty("username").GetString());
        Assert.Equal("Ann", Pool.FindUser("ann")!.Attributes["given_name"]);
    }

    [Theory]
    [InlineData("Give the name of the user, or --temporary", "user", "create", "--show-secret")]
    [InlineData("Give the name of the user, or --temporary", "user", "create", "ann", "--temporary", "--show-secret")]
    [InlineData("Nobody would know the password", "user", "create", "ann")]
    [InlineData("--dry-run and --yes exclude each other", "user", "sweep", "--dry-run", "--yes")]
    [InlineData("'1w' is not an age such as 30m, 12h or 1d.", "user", "sweep", "--older-than", "1w")]
    [InlineData("'d' is not an age", "user", "sweep", "--older-than", "d")]
    [InlineData("--yes: takes no value.", "user", "delete", "ann", "--yes=false")]
    public async Task Wrong_command_line_changes_nothing(string message, params string[] args)
    {
        var run = await RunAsync(args);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Empty(Pool.Users);
    }

    [Fact]
    public async Task Password_for_a_file_needs_the_name_of_an_app_client()
    {
        var unnamed = await RunAsync("user", "create", "ann", "--pool", "robots", "--secrets", SecretsPath);
        var unknown = await RunAsync("user", "create", "ann", "--pool", "robots", "--secrets", SecretsPath, "--client", "other");

        Assert.Equal((ExitCode.Usage, ExitCode.NotFound), (unnamed.Code, unknown.Code));
        Assert.Empty(Pool.Users);
    }

    [Fact]
    public async Task User_is_deleted_after_a_confirmation()
    {
        Pool.CreateUser("ann", new EmulatedUserOptions());

        var unconfirmed = await RunAsync("user", "delete", "ann", "--pool", "robots");
        Answer = true;
        var confirmed = await RunAsync("user", "delete", "ann", "--pool", "robots");
        var unknown = await RunAsync("user", "delete", "ann", "--pool", "robots", "--yes");

        Assert.Equal((ExitCode.ConfirmationRequired, ExitCode.Success, ExitCode.NotFound), (unconfirmed.Code, confirmed.Code, unknown.Code));
        Assert.Equal("Delete the user 'ann' of user pool robots?", Assert.Single(Questions));
    }

    [Fact]
    public async Task Sweep_deletes_old_temporary_users_and_no_other()
    {
        var old = $"cognito-m2m-temp-{TimeProvider.System.GetUtcNow().AddDays(-2):yyyyMMdd'T'HHmmss'Z'}-abcdefghijkmnpqr";
        using (var provisioner = new CognitoProvisioner(new CognitoProvisionerOptions { EmulatorAddress = Cognito.BaseAddress, Region = "eu-west-1" }))
            await provisioner.CreateTemporaryUserAsync("robots");
        Pool.CreateUser(old, new EmulatedUserOptions());
        Pool.CreateUser("ann", new EmulatedUserOptions());

        var kept = await RunAsync("user", "sweep", "--pool", "robots", "--older-than", "1d", "--yes");
        var dry = await RunAsync("user", "sweep", "--pool", "robots", "--older-than", "0m", "--dry-run", "--json");
        var unconfirmed = await RunAsync("user", "sweep", "--pool", "robots", "--older-than", "0m");
        var swept = await RunAsync("user", "sweep", "--pool", "robots", "--older-than", "0m", "--yes", "--json");

        // The emulator has created the user just now, and the later of both dates counts.
        Assert.Contains("There is no temporary user of this age.", kept.Output, StringComparison.Ordinal);
        Assert.Equal(2, dry.Json.GetProperty("left").GetArrayLength());
        Assert.Equal(ExitCode.ConfirmationRequired, unconfirmed.Code);
        Assert.Equal(2, swept.Json.GetProperty("deleted").GetArrayLength());
        Assert.Equal("ann", Assert.Single(Pool.Users).Username);
    }

    [Theory]
    [InlineData("InvalidParameterException", ExitCode.Refused, 1)]
    [InlineData("AccessDeniedException", ExitCode.AccessDenied, 3)]
    [InlineData("ExpiredTokenException", ExitCode.Credentials, 3)]
    [InlineData("ResourceNotFoundException", ExitCode.NotFound, 3)]
    public async Task Sweep_goes_on_after_a_failed_deletion_unless_permission_is_missing(string error, object code, int left)
    {
        for (var i = 0; i < 3; i++)
            Pool.CreateUser($"cognito-m2m-temp-20260101T00000{i}Z-abcdefghijkmnpqr", new EmulatedUserOptions());
        var deletions = 0;
        CreateProvisioner = options => FailingUserPoolApi.CreateRefusing(
            called => called.Name == "AdminDeleteUser" && ++deletions == 1 ? error : null, options);

        var run = await RunAsync("user", "sweep", "--pool", Pool.Id, "--older-than", "0m", "--yes", "--json");

        Assert.Equal((ExitCode)code, run.Code);
        Assert.Equal((left, 3 - left), (run.Json.GetProperty("left").GetArrayLength(), run.Json.GetProperty("deleted").GetArrayLength()));
        Assert.Equal(left, Pool.Users.Count);
        Assert.Contains($"error: {left} temporary user{(left == 1 ? "" : "s")} could not be deleted.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sweep_ends_at_an_outage_and_names_it_and_not_an_earlier_user()
    {
        for (var i = 0; i < 4; i++)
            Pool.CreateUser($"cognito-m2m-temp-20260101T00000{i}Z-abcdefghijkmnpqr", new EmulatedUserOptions());
        var deletions = 0;
        CreateProvisioner = options => new CognitoProvisioner(
            new FailingUserPoolApi(
                called => called.Name != "AdminDeleteUser" ? null : ++deletions switch
                {
                    1 => ServiceRefusal.CreateException(called, "InvalidParameterException", "No."),
                    2 => null,
                    _ => new CognitoProvisioningException(ProvisioningError.Unreachable, "There is no route.", hint: null),
                },
                AwsUserPoolService.Create(options)),
            options);

        var run = await RunAsync("user", "sweep", "--pool", Pool.Id, "--older-than", "0m", "--yes", "--json");

        Assert.Equal(ExitCode.Unreachable, run.Code);
        Assert.Equal((3, 1), (run.Json.GetProperty("left").GetArrayLength(), run.Json.GetProperty("deleted").GetArrayLength()));
        Assert.Equal(3, deletions);
    }

    [Fact]
    public async Task Policy_for_temporary_users_needs_no_blueprint()
    {
        File.Delete(BlueprintPath);

        var run = await RunAsync("policy", "--temporary-users", "--user-pool-id", "eu-west-1_AbCdEf123");
        var both = await RunAsync("policy", "--temporary-users", "--read-only");

        Assert.Equal(
            ["cognito-idp:AdminCreateUser", "cognito-idp:AdminDeleteUser", "cognito-idp:AdminSetUserPassword", "cognito-idp:DescribeUserPool", "cognito-idp:ListUsers"],
            run.Json.GetProperty("Statement")[0].GetProperty("Action").EnumerateArray().Select(action => action.GetString()));
        Assert.Contains("--temporary-users and --read-only exclude each other.", both.Error, StringComparison.Ordinal);
    }

    private JsonElement ReadSection()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(SecretsPath));
        return file.RootElement.GetProperty("CognitoM2M").GetProperty("Clients").GetProperty("billing").Clone();
    }
}
