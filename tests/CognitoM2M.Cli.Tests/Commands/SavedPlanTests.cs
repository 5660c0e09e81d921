using Amazon.Runtime;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Tests.Commands;

public sealed class SavedPlanTests : ToolTestBase
{
    private string PlanPath => PathOf("plan.json");

    [Theory]
    [InlineData("-o")]
    [InlineData("--output")]
    public async Task Saved_plan_is_applied_as_it_is(string option)
    {
        var plan = await RunAsync("plan", BlueprintPath, option, PlanPath);
        var apply = await RunAsync("apply", "--plan", PlanPath, "--yes", "--secrets", SecretsPath);
        var next = await RunAsync("plan", BlueprintPath, "--detailed-exitcode");

        Assert.Equal((ExitCode.Success, ExitCode.Success, ExitCode.Success), (plan.Code, apply.Code, next.Code));
        Assert.Contains($"cognito-m2m apply --plan {PlanPath}", plan.Error, StringComparison.Ordinal);
        Assert.Equal(Cognito.UserPools.Single().AppClients.Single().ClientSecret, ReadStoredSecret());
    }

    [Fact]
    public async Task Plan_does_not_overwrite_its_blueprint()
    {
        var before = await File.ReadAllTextAsync(BlueprintPath);

        var run = await RunAsync("plan", BlueprintPath, "--output", BlueprintPath);

        Assert.Equal(ExitCode.InvalidFile, run.Code);
        Assert.Equal(before, await File.ReadAllTextAsync(BlueprintPath));
    }

    [Fact]
    public async Task Plan_is_refused_if_the_account_has_changed_since_it_was_saved()
    {
        await RunAsync("plan", BlueprintPath, "-o", PlanPath);
        await ApplyAsync();

        var run = await RunAsync("apply", "--plan", PlanPath, "--yes");

        Assert.Equal(ExitCode.Conflict, run.Code);
        Assert.Contains("The saved plan does not fit any more", run.Error, StringComparison.Ordinal);
        Assert.Contains(Cognito.UserPools.Single().Id, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Plan_is_refused_if_the_blueprint_has_changed_since_it_was_saved(bool isNamed)
    {
        await RunAsync("plan", BlueprintPath, "-o", PlanPath);
        ChangeBlueprint("\"route\": \"Both\"", "\"route\": \"OAuth2\"");

        var run = await RunAsync(["apply", .. isNamed ? [BlueprintPath] : Array.Empty<string>(), "--plan", PlanPath, "--yes"]);

        Assert.Equal(ExitCode.Conflict, run.Code);
        Assert.Contains($"the blueprint '{BlueprintPath}' is not the one that the plan '{PlanPath}' was made from", run.Error, StringComparison.Ordinal);
        Assert.Empty(Cognito.UserPools);
    }

    [Fact]
    public async Task Saved_plan_is_applied_without_the_blueprint_file()
    {
        await RunAsync("plan", BlueprintPath, "-o", PlanPath);
        File.Delete(BlueprintPath);

        var run = await RunAsync("apply", "--plan", PlanPath, "--yes");

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Single(Cognito.UserPools);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Variables_need_not_be_given_again(bool fromEnvironment)
    {
        ChangeBlueprint("\"shop\"", "\"shop-${STAGE}\"");
        if (fromEnvironment)
            Variables["STAGE"] = "test";
        var plan = await RunAsync(["plan", BlueprintPath, "-o", PlanPath, .. fromEnvironment ? Array.Empty<string>() : ["--var", "STAGE=test"]]);
        Variables["STAGE"] = "other";

        var apply = await RunAsync("apply", "--plan", PlanPath, "--yes");

        Assert.Equal((ExitCode.Success, ExitCode.Success), (plan.Code, apply.Code));
        Assert.Equal("shop-test", Cognito.UserPools.Single().Name);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Variable_with_another_value_than_the_plan_was_made_with_is_refused(bool hasFile)
    {
        ChangeBlueprint("\"shop\"", "\"shop-${STAGE}\"");
        await RunAsync("plan", BlueprintPath, "-o", PlanPath, "--var", "STAGE=test");
        if (!hasFile)
            File.Delete(BlueprintPath);

        var run = await RunAsync("apply", "--plan", PlanPath, "--yes", "--var", "STAGE=prod");

        Assert.Equal(ExitCode.Conflict, run.Code);
        Assert.Contains("the variable 'STAGE'", run.Error, StringComparison.Ordinal);
        Assert.Empty(Cognito.UserPools);
    }

    [Theory]
    [InlineData("111111111111")]
    [InlineData(null)]
    public async Task Saving_warns_if_the_plan_is_not_bound_to_an_account(string? account)
    {
        // AWS itself cannot be reached here, so the emulator answers at an address that is not loopback.
        CreateProvisioner = _ => new(new CognitoProvisionerOptions
        {
            EndpointUrl = Cognito.BaseAddress,
            Region = "eu-west-1",
            Credentials = new BasicAWSCredentials("key", "secret", account),
        });

        var run = await RunAsync("plan", BlueprintPath, "-o", PlanPath, "--endpoint-url", "https://cognito.example.com");

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Equal(account is null, run.Error.Contains("set AWS_ACCOUNT_ID", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Secret_of_a_variable_is_not_saved_and_a_missing_variable_is_named()
    {
        const string Secret = "GivenSecretGivenSecretGiven1";
        ChangeBlueprint("\"route\": \"Both\"", "\"route\": \"Both\", \"secretVariable\": \"BILLING\"");
        Variables["BILLING"] = Secret;
        await RunAsync("plan", BlueprintPath, "-o", PlanPath);
        Variables.Remove("BILLING");

        var refused = await RunAsync("apply", "--plan", PlanPath, "--yes");
        Assert.Empty(Cognito.UserPools);
        Variables["BILLING"] = Secret;
        var applied = await RunAsync("apply", "--plan", PlanPath, "--yes");

        Assert.DoesNotContain(Secret, await File.ReadAllTextAsync(PlanPath), StringComparison.Ordinal);
        Assert.Contains("BILLING", refused.Error, StringComparison.Ordinal);
        Assert.Equal((false, ExitCode.Success), (refused.Code == ExitCode.Success, applied.Code));
        Assert.Equal(Secret, Cognito.UserPools.Single().AppClients.Single().ClientSecret);
    }

    [Fact]
    public async Task Destructive_change_of_a_saved_plan_needs_the_option_that_allows_it()
    {
        await ApplyAsync();
        ChangeBlueprint(", { \"name\": \"write\" }", "");
        await RunAsync("plan", BlueprintPath, "-o", PlanPath);

        var refused = await RunAsync("apply", "--plan", PlanPath, "--yes");
        var allowed = await RunAsync("apply", "--plan", PlanPath, "--yes", "--allow-destructive", "scope");

        Assert.Equal((ExitCode.ConfirmationRequired, ExitCode.Success), (refused.Code, allowed.Code));
    }

    [Theory]
    [InlineData("--adopt")]
    [InlineData("--prune")]
    public async Task Options_of_the_plan_cannot_be_added_to_a_saved_plan(string option)
    {
        await RunAsync("plan", BlueprintPath, "-o", PlanPath);

        var run = await RunAsync("apply", "--plan", PlanPath, "--yes", option);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("belong to the plan", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{ \"formatVersion\": 2 }")]
    [InlineData("{ \"userPool\": { \"name\": \"shop\" } }")]
    [InlineData("no JSON")]
    public async Task File_that_is_not_a_saved_plan_is_refused(string content)
    {
        Write(PlanPath, content);

        var run = await RunAsync("apply", "--plan", PlanPath, "--yes");

        Assert.Equal(ExitCode.InvalidFile, run.Code);
        Assert.Contains("This is not a saved plan", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_file_is_reported_with_the_command_that_writes_it()
    {
        var run = await RunAsync("apply", "--plan", PlanPath, "--yes");

        Assert.Equal(ExitCode.InvalidFile, run.Code);
        Assert.Contains($"cognito-m2m plan --output {PlanPath}", run.Error, StringComparison.Ordinal);
    }
}
