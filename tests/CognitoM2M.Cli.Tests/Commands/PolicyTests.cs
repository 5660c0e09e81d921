namespace CognitoM2M.Cli.Tests.Commands;

public sealed class PolicyTests : ToolTestBase
{
    [Fact]
    public async Task Policy_is_json_and_needs_no_request()
    {
        CreateProvisioner = _ => throw new InvalidOperationException("A request was sent.");

        var run = await RunAsync("policy", BlueprintPath);

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Equal("2012-10-17", run.Json.GetProperty("Version").GetString());
    }

    [Fact]
    public async Task Options_narrow_the_policy()
    {
        Variables["AWS_REGION"] = "us-east-1";

        var run = await RunAsync("policy", BlueprintPath, "--region", "eu-west-1", "--account-id", "123456789012", "--read-only");

        Assert.Contains(":eu-west-1:123456789012:", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("us-east-1", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Create", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Delete", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWS_REGION")]
    [InlineData("AWS_DEFAULT_REGION")]
    public async Task Region_of_the_environment_narrows_the_policy(string variable)
    {
        Variables[variable] = "us-gov-west-1";

        var run = await RunAsync("policy", BlueprintPath);

        Assert.Contains("arn:aws-us-gov:cognito-idp:us-gov-west-1:*:userpool/*", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task External_user_pool_needs_its_id()
    {
        ChangeBlueprint("\"shop\"", "\"shop\", \"external\": true");

        var refused = await RunAsync("policy", BlueprintPath);
        var allowed = await RunAsync("policy", BlueprintPath, "--user-pool-id", "eu-west-1_Ab");
        var reading = await RunAsync("policy", BlueprintPath, "--read-only");

        Assert.Equal((ExitCode.Usage, ExitCode.Success, ExitCode.Success), (refused.Code, allowed.Code, reading.Code));
        Assert.Contains("--user-pool-id", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Adopting_is_a_permission_of_its_own(bool isAllowed)
    {
        var run = await RunAsync(["policy", BlueprintPath, .. isAllowed ? ["--adopt"] : Array.Empty<string>()]);

        Assert.Equal(isAllowed, run.Output.Contains("CognitoM2MAdoption", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Policy_allows_Parameter_Store_on_request()
    {
        var run = await RunAsync(
            "policy", BlueprintPath, "--region", "eu-west-1", "--account-id", "123456789012",
            "--secrets", "ssm:/acme/m2m", "--kms-key", "11111111-2222-3333-4444-555555555555");

        Assert.Contains("\"arn:aws:ssm:eu-west-1:123456789012:parameter/acme/m2m/*\"", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555\"", run.Output, StringComparison.Ordinal);
    }
}
