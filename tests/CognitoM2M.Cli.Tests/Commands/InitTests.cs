namespace CognitoM2M.Cli.Tests.Commands;

public sealed class InitTests : ToolTestBase
{
    private string NewPath => PathOf("new.json");

    [Theory]
    [InlineData]
    [InlineData("--no-domain")]
    [InlineData("--name", "shop floor", "--prefix", "shop-floor")]
    public async Task New_blueprint_can_be_applied_without_changes(params string[] options)
    {
        await RunAsync(["init", NewPath, .. options]);

        var applied = await RunAsync("apply", NewPath, "--yes", "--wait");

        Assert.Equal(ExitCode.Success, applied.Code);
        Assert.Equal(ExitCode.Success, (await RunAsync("plan", NewPath, "--detailed-exitcode")).Code);
    }

    [Fact]
    public async Task Schema_is_written_beside_the_blueprint()
    {
        await RunAsync("init", NewPath);

        Assert.Contains("\"$schema\": \"./cognito-m2m.schema.json\"", File.ReadAllText(NewPath), StringComparison.Ordinal);
        Assert.Equal(Provisioning.Blueprint.JsonSchema.Trim(), File.ReadAllText(PathOf("cognito-m2m.schema.json")).Trim());
    }

    [Fact]
    public async Task New_blueprint_has_no_lists_that_are_for_an_emulator_only()
    {
        await RunAsync("init", NewPath);

        var text = File.ReadAllText(NewPath);
        Assert.DoesNotContain("\"groups\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"users\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Next_command_begins_with_the_words_that_start_the_tool()
    {
        CommandName = "dotnet cognito-m2m";

        var init = await RunAsync("init", NewPath);
        var plan = await RunAsync("plan", NewPath, "--output", PathOf("plan.json"));

        Assert.Contains($"Next: dotnet cognito-m2m plan {NewPath}", init.Output, StringComparison.Ordinal);
        Assert.Contains($"To carry it out: dotnet cognito-m2m apply --plan {PathOf("plan.json")}", plan.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Existing_file_is_overwritten_only_with_force()
    {
        Write(NewPath, "other content");

        var refused = await RunAsync("init", NewPath);
        var contentAfterRefusal = File.ReadAllText(NewPath);
        var forced = await RunAsync("init", NewPath, "--force");

        Assert.Equal(ExitCode.InvalidFile, refused.Code);
        Assert.Contains("--force", refused.Error, StringComparison.Ordinal);
        Assert.Equal("other content", contentAfterRefusal);
        Assert.Equal(ExitCode.Success, forced.Code);
        Assert.Equal(ExitCode.Success, (await RunAsync("policy", NewPath)).Code);
    }

    [Fact]
    public async Task Prefix_with_a_reserved_word_is_refused_and_no_file_is_written()
    {
        var run = await RunAsync("init", NewPath, "--prefix", "my-cognito");

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("'cognito'", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(NewPath));
    }
}
