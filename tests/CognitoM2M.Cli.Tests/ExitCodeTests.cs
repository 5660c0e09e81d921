using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Tests;

public sealed class ExitCodeTests : ToolTest
{
    [Theory]
    [InlineData("AccessDeniedException", nameof(ExitCode.AccessDenied))]
    [InlineData("UnrecognizedClientException", nameof(ExitCode.Credentials))]
    [InlineData("ExpiredTokenException", nameof(ExitCode.Credentials))]
    [InlineData("LimitExceededException", nameof(ExitCode.QuotaReached))]
    [InlineData("InvalidParameterException", nameof(ExitCode.Refused))]
    [InlineData("InternalErrorException", nameof(ExitCode.Unavailable))]
    public async Task Each_kind_of_refusal_has_its_own(string errorCode, string expected)
    {
        Connect = _ => FailingApi.Refusing(errorCode);

        var run = await RunAsync("plan", BlueprintPath);

        Assert.Equal(expected, run.Code.ToString());
        Assert.StartsWith("error: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void Each_kind_of_provisioning_error_has_one_that_is_not_the_general_one()
    {
        foreach (var error in Enum.GetValues<ProvisioningError>())
            Assert.NotEqual(ExitCode.Failed, Failure.Of(new CognitoProvisioningException(error, "No.")).Code);
    }

    [Fact]
    public async Task Missing_permission_names_the_action()
    {
        Connect = _ => FailingApi.Refusing("AccessDeniedException");

        var run = await RunAsync("plan", BlueprintPath);

        Assert.Contains("cognito-idp:ListUserPools", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_at_the_address_is_unreachable()
    {
        Connect = _ => FailingApi.Throwing(_ => new CognitoProvisioningException(ProvisioningError.Unreachable, "Nobody there."));

        var run = await RunAsync("plan", BlueprintPath);

        Assert.Equal(ExitCode.Unreachable, run.Code);
    }

    [Fact]
    public async Task Signatures_that_are_not_accepted_are_a_matter_of_credentials()
    {
        await using var strict = await Emulator.CognitoEmulator.StartAsync(new() { RequiredCredentials = new("mine", "secret") });

        var run = await RunAsync("plan", BlueprintPath, "--endpoint-url", strict.BaseAddress.ToString());

        Assert.Equal(ExitCode.Credentials, run.Code);
    }

    [Fact]
    public async Task A_domain_of_another_pool_is_taken()
    {
        await ApplyAsync();
        var other = PathOf("other.json");
        Write(other, Blueprint.Replace("\"shop\"", "\"other\"", StringComparison.Ordinal));

        var run = await RunAsync("apply", other, "--yes");

        Assert.Equal(ExitCode.DomainTaken, run.Code);
        Assert.Contains("'shop-m2m'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_half_way_reports_what_was_made_before()
    {
        Connect = options => FailingApi.RefusingOnly("CreateUserPoolClient", "LimitExceededException", new AwsCognitoUserPoolApi(options));

        var run = await RunAsync("apply", BlueprintPath, "--yes", "--json");

        Assert.Equal(ExitCode.QuotaReached, run.Code);
        Assert.Contains("  create user pool 'shop'", run.Error, StringComparison.Ordinal);
        var error = run.Json.GetProperty("error");
        Assert.Equal("quotaReached", error.GetProperty("name").GetString());
        Assert.Equal((int)ExitCode.QuotaReached, error.GetProperty("exitCode").GetInt32());
        var completed = error.GetProperty("completedSteps").EnumerateArray().Select(step => step.GetProperty("kind").GetString());
        Assert.Equal(["userPool", "resourceServer"], completed);
    }

    [Fact]
    public async Task Two_pools_of_one_name_are_ambiguous()
    {
        var twins = new[] { Cognito.CreateUserPool("shop"), Cognito.CreateUserPool("shop") };

        var run = await RunAsync("plan", BlueprintPath, "--adopt");

        Assert.Equal(ExitCode.Ambiguous, run.Code);
        Assert.All(twins, twin => Assert.Contains(twin.Id, run.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pool_that_was_made_otherwise_needs_an_allowance()
    {
        Cognito.CreateUserPool("shop");

        Assert.Equal(ExitCode.NeedsAllowance, (await RunAsync("plan", BlueprintPath)).Code);
        Assert.Equal(ExitCode.Success, (await RunAsync("plan", BlueprintPath, "--adopt")).Code);
    }

    [Fact]
    public async Task Being_stopped_is_cancelled()
    {
        Connect = _ => FailingApi.Throwing(_ => new OperationCanceledException());

        var run = await RunAsync("plan", BlueprintPath);

        Assert.Equal(ExitCode.Cancelled, run.Code);
    }

    [Fact]
    public async Task A_fault_of_the_tool_itself_shows_no_stack_trace()
    {
        Connect = _ => throw new NotSupportedException("Not thought of.");

        var run = await RunAsync("plan", BlueprintPath);

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Equal("error: NotSupportedException: Not thought of.", run.Error.Trim());
    }
}
