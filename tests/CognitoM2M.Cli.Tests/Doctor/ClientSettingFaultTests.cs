using CognitoM2M.Emulator;

namespace CognitoM2M.Cli.Tests.Doctor;

/// <summary>Each test breaks one setting of the app client. The verdict is the same with and without a look into the account.</summary>
public sealed class ClientSettingFaultTests : DoctorTestBase
{
    private EmulatedUserPool _pool = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _pool = Cognito.CreateUserPool("shop");
        _pool.CreateResourceServer("orders", "read", "write");
    }

    [Fact]
    public async Task Correct_app_client_passes_every_check()
    {
        var run = await ExamineAsync(CreateClient(new()), readsAccount: false);

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, run.Json.GetProperty("error").ValueKind);
        Assert.All(run.Json.GetProperty("checks").EnumerateArray(), check => Assert.Contains(check.GetProperty("verdict").GetString(), (string[])["passed", "skipped"]));
        Assert.Equal(1, Cognito.TokenRequests.IssuedTokens);
        Assert.Equal(0, Cognito.JsonApiRequests.Total);
    }

    [Fact]
    public async Task Client_id_that_the_user_pool_does_not_have_is_reported()
    {
        var client = CreateClient(new());
        WriteSection(Cognito.TokenEndpoint.ToString(), "nosuchclient", client.ClientSecret!);

        var run = await ExamineAsync("--user-pool-id", _pool.Id);

        AssertFirstFailed(run, "client-id", ExitCode.NotFound);
        Assert.NotEqual("failed", VerdictOf(run, "secret"));
    }

    [Fact]
    public async Task Verdict_on_the_client_id_is_unknown_if_the_account_was_not_read()
    {
        WriteSection(Cognito.TokenEndpoint.ToString(), "nosuchclient");

        var run = await ExamineAsync();

        AssertFirstFailed(run, "secret", ExitCode.Credentials);
        Assert.Equal("unknown", VerdictOf(run, "client-id"));
        Assert.Contains("--user-pool-id", Find(run, "client-id").GetProperty("remedy").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_pool_that_does_not_exist_is_reported()
    {
        WriteSection(Cognito.TokenEndpoint.ToString());

        AssertFirstFailed(await ExamineAsync("--user-pool-id", "eu-west-1_nosuchpool"), "client-id", ExitCode.NotFound);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Secret_that_is_wrong_is_reported(bool readsAccount)
    {
        var client = CreateClient(new());
        WriteSection(Cognito.TokenEndpoint.ToString(), client.ClientId);

        var run = await ExamineAsync(readsAccount ? ["--user-pool-id", _pool.Id] : []);

        AssertFirstFailed(run, "secret", ExitCode.Credentials);
        Assert.Equal(readsAccount ? "passed" : "unknown", VerdictOf(run, "client-id"));
        Assert.DoesNotContain(Secret, run.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task App_client_without_a_secret_is_reported()
    {
        var client = _pool.CreateAppClient("public", new EmulatedAppClientOptions
        {
            GenerateSecret = false,
            AllowedOAuthFlowsUserPoolClient = false,
            AllowedOAuthFlows = [],
            ExplicitAuthFlows = ["ALLOW_REFRESH_TOKEN_AUTH"],
        });
        WriteSection(Cognito.TokenEndpoint.ToString(), client.ClientId);

        var run = await ExamineAsync("--user-pool-id", _pool.Id);

        AssertFirstFailed(run, "secret", ExitCode.Credentials);
        Assert.Equal("The app client has no secret.", FindingOf(run, "secret"));
    }

    [Fact]
    public async Task Secret_that_cannot_be_read_is_reported()
    {
        WriteSection(Cognito.TokenEndpoint.ToString(), secret: "", more: $", \"ClientSecretFile\": \"{PathOf("missing").Replace('\\', '/')}\"");

        var run = await ExamineAsync();

        AssertFirstFailed(run, "secret", ExitCode.Secret);
        Assert.Equal("skipped", VerdictOf(run, "token-request"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OAuth_flag_that_is_off_is_reported(bool readsAccount)
    {
        var run = await ExamineAsync(CreateClient(new() { AllowedOAuthFlowsUserPoolClient = false }), readsAccount);

        AssertFirstFailed(run, "oauth-flag", ExitCode.Refused);
        Assert.Contains(readsAccount ? "AllowedOAuthFlowsUserPoolClient is false" : "invalid_grant", FindingOf(run, "oauth-flag"), StringComparison.Ordinal);
        Assert.Equal("passed", VerdictOf(run, "client-id"));
        Assert.NotEqual("failed", VerdictOf(run, "secret"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Flow_that_is_not_allowed_is_reported(bool readsAccount)
    {
        var run = await ExamineAsync(CreateClient(new() { AllowedOAuthFlows = ["code"] }), readsAccount);

        AssertFirstFailed(run, "flows", ExitCode.Refused);
        Assert.Contains(readsAccount ? "AllowedOAuthFlows is [code]" : "unauthorized_client", FindingOf(run, "flows"), StringComparison.Ordinal);
        Assert.Equal("passed", VerdictOf(run, "oauth-flag"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Flow_of_the_other_route_that_is_not_allowed_is_reported(bool readsAccount)
    {
        var client = CreateClient(new() { ExplicitAuthFlows = ["ALLOW_REFRESH_TOKEN_AUTH"] });

        var run = await ExamineAsync(client, readsAccount, "--route", "GetClientToken", "--token-endpoint", Cognito.BaseAddress.ToString());

        // Without a look into the account, the error of Cognito does not tell flows from scopes.
        AssertFirstFailed(run, readsAccount ? "flows" : "scopes", ExitCode.Refused);
        Assert.Equal(readsAccount ? "failed" : "unknown", VerdictOf(run, "flows"));
        Assert.Equal("skipped", VerdictOf(run, "oauth-flag"));
    }

    [Theory]
    [InlineData("orders/write", true, "The app client may not have orders/write.")]
    [InlineData("orders/write", false, "Cognito answered with invalid_scope.")]
    [InlineData("stock/read", true, "No resource server of the user pool has stock/read.")]
    [InlineData("stock/read", false, "Cognito answered with invalid_scope.")]
    public async Task Scope_that_is_not_allowed_or_does_not_exist_is_reported(string scope, bool readsAccount, string finding)
    {
        var run = await ExamineAsync(CreateClient(new()), readsAccount, "--scope", scope);

        AssertFirstFailed(run, "scopes", ExitCode.Refused);
        Assert.Equal(finding, FindingOf(run, "scopes"));
        Assert.Equal("passed", VerdictOf(run, "flows"));
    }

    [Fact]
    public async Task Scope_that_was_deleted_from_its_resource_server_is_reported()
    {
        var client = CreateClient(new() { AllowedOAuthScopes = ["orders/read", "orders/write"] });
        _pool.DeleteScope("orders", "write");

        var run = await ExamineAsync(client, readsAccount: false, "--scope", "orders/read", "--scope", "orders/write");

        AssertFirstFailed(run, "scopes", ExitCode.Refused);
        Assert.Equal("The token lacks orders/write.", FindingOf(run, "scopes"));
    }

    [Fact]
    public async Task Missing_permission_to_read_the_account_is_not_reported_as_a_fault_of_the_app_client()
    {
        CreateProvisioner = _ => FailingUserPoolApi.CreateRefusing("AccessDeniedException");

        var run = await ExamineAsync(CreateClient(new() { AllowedOAuthFlowsUserPoolClient = false }), readsAccount: true);

        AssertFirstFailed(run, "oauth-flag", ExitCode.Refused);
        Assert.Equal("unknown", VerdictOf(run, "scopes"));
        Assert.Contains("cognito-idp:", Find(run, "scopes").GetProperty("remedy").GetString(), StringComparison.Ordinal);
    }

    private EmulatedAppClient CreateClient(EmulatedAppClientOptions options) => _pool.CreateAppClient("billing", new EmulatedAppClientOptions
    {
        AllowedOAuthFlowsUserPoolClient = options.AllowedOAuthFlowsUserPoolClient,
        AllowedOAuthFlows = options.AllowedOAuthFlows,
        AllowedOAuthScopes = options.AllowedOAuthScopes.Count > 0 ? options.AllowedOAuthScopes : ["orders/read"],
        ExplicitAuthFlows = options.ExplicitAuthFlows,
    });

    private Task<ToolRun> ExamineAsync(EmulatedAppClient client, bool readsAccount, params string[] more)
    {
        WriteSection(Cognito.TokenEndpoint.ToString(), client.ClientId, client.ClientSecret!);
        return ExamineAsync([.. more, .. readsAccount ? ["--user-pool-id", _pool.Id] : Array.Empty<string>()]);
    }
}
