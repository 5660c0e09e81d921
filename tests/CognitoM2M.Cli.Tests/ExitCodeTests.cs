using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Tests;

public sealed class ExitCodeTests : ToolTestBase
{
    [Theory]
    [InlineData("AccessDeniedException", nameof(ExitCode.AccessDenied))]
    [InlineData("UnrecognizedClientException", nameof(ExitCode.Credentials))]
    [InlineData("ExpiredTokenException", nameof(ExitCode.Credentials))]
    [InlineData("LimitExceededException", nameof(ExitCode.QuotaReached))]
    [InlineData("InvalidParameterException", nameof(ExitCode.Refused))]
    [InlineData("InternalErrorException", nameof(ExitCode.Unavailable))]
    public async Task Each_kind_of_refusal_has_its_own_exit_code(string errorCode, string expected)
    {
        CreateProvisioner = _ => FailingUserPoolApi.CreateRefusing(errorCode);

        var run = await RunAsync("plan", BlueprintPath);

        Assert.Equal(expected, run.Code.ToString());
        Assert.StartsWith("error: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void Each_kind_of_provisioning_error_has_an_exit_code_other_than_the_general_one()
    {
        foreach (var error in Enum.GetValues<ProvisioningError>())
            Assert.NotEqual(ExitCode.Failed, Failure.Create(new CognitoProvisioningException(error, "No.")).Code);
    }

    [Fact]
    public async Task Message_about_a_missing_permission_names_the_action()
    {
        CreateProvisioner = _ => FailingUserPoolApi.CreateRefusing("AccessDeniedException");

        var run = await RunAsync("plan", BlueprintPath);

        Assert.Contains("cognito-idp:ListUserPools", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_without_a_server_has_the_exit_code_unreachable()
    {
        CreateProvisioner = _ => FailingUserPoolApi.CreateThrowing(_ => new CognitoProvisioningException(ProvisioningError.Unreachable, "No server."));

        var run = await RunAsync("plan", BlueprintPath);

        Assert.Equal(ExitCode.Unreachable, run.Code);
    }

    [Fact]
    public async Task Rejected_signature_has_the_exit_code_for_credentials()
    {
        await using var strict = await Emulator.CognitoEmulator.StartAsync(new() { RequiredCredentials = new("mine", "secret") });

        var run = await RunAsync("plan", BlueprintPath, "--endpoint-url", strict.BaseAddress.ToString());

        Assert.Equal(ExitCode.Credentials, run.Code);
    }

    [Fact]
    public async Task Domain_of_another_user_pool_has_the_exit_code_for_a_taken_domain()
    {
        await ApplyAsync();
        var other = PathOf("other.json");
        Write(other, Blueprint.Replace("\"shop\"", "\"other\"", StringComparison.Ordinal));

        var run = await RunAsync("apply", other, "--yes");

        Assert.Equal(ExitCode.DomainTaken, run.Code);
        Assert.Contains("'shop-m2m'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_in_the_middle_reports_the_completed_steps()
    {
        CreateProvisioner = options => FailingUserPoolApi.CreateRefusingOne(
            "CreateUserPoolClient", "LimitExceededException", options);

        var run = await RunAsync("apply", BlueprintPath, "--yes", "--json");

        Assert.Equal(ExitCode.QuotaReached, run.Code);
        Assert.Contains("  create user pool 'shop'", run.Error, StringComparison.Ordinal);
        var error = run.Json.GetProperty("error");
        Assert.Equal("quotaReached", error.GetProperty("name").GetString());
        Assert.Equal((int)ExitCode.QuotaReached, error.GetProperty("exitCode").GetInt32());
        var completed = error.GetProperty("completedSteps").EnumerateArray().Select(step => step.GetProperty("kind").GetString());
        Assert.Equal(["userPool", "domain", "resourceServer"], completed);
    }

    [Fact]
    public async Task Two_user_pools_with_the_same_name_have_the_exit_code_ambiguous()
    {
        var twins = new[] { Cognito.CreateUserPool("shop"), Cognito.CreateUserPool("shop") };

        var run = await RunAsync("plan", BlueprintPath, "--adopt");

        Assert.Equal(ExitCode.Ambiguous, run.Code);
        Assert.All(twins, twin => Assert.Contains(twin.Id, run.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task User_pool_that_was_not_created_from_a_blueprint_needs_adopt()
    {
        Cognito.CreateUserPool("shop");

        Assert.Equal(ExitCode.ConfirmationRequired, (await RunAsync("plan", BlueprintPath)).Code);
        Assert.Equal(ExitCode.Success, (await RunAsync("plan", BlueprintPath, "--adopt")).Code);
    }

    [Fact]
    public async Task Stopped_command_has_the_exit_code_cancelled()
    {
        CreateProvisioner = _ => FailingUserPoolApi.CreateThrowing(_ => new OperationCanceledException());

        var run = await RunAsync("plan", BlueprintPath);

        Assert.Equal(ExitCode.Cancelled, run.Code);
    }

    [Fact]
    public async Task Bug_in_the_tool_is_reported_in_one_line_that_asks_for_a_report()
    {
        CreateProvisioner = _ => throw new NotSupportedException("Not implemented.");

        var run = await RunAsync("plan", BlueprintPath);

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Equal(
            "error: Unexpected error (NotSupportedException): Not implemented. This is a fault in cognito-m2m; please report it.", run.Error.Trim());
    }
}
