namespace CognitoM2M.Cli.Tests.Commands;

public sealed class InitTests : ToolTest
{
    private string NewPath => PathOf("new.json");

    [Theory]
    [InlineData]
    [InlineData("--no-domain")]
    [InlineData("--name", "shop floor", "--prefix", "shop-floor")]
    public async Task The_blueprint_applies_as_it_stands(params string[] options)
    {
        await RunAsync(["init", NewPath, .. options]);

        var applied = await RunAsync("apply", NewPath, "--yes", "--wait");

        Assert.Equal(ExitCode.Success, applied.Code);
        Assert.Equal(ExitCode.Success, (await RunAsync("plan", NewPath, "--detailed-exitcode")).Code);
    }

    [Fact]
    public async Task The_schema_that_the_blueprint_names_lies_beside_it()
    {
        await RunAsync("init", NewPath);

        Assert.Contains("\"$schema\": \"./cognito-m2m.schema.json\"", File.ReadAllText(NewPath), StringComparison.Ordinal);
        Assert.Equal(Provisioning.Blueprint.JsonSchema.Trim(), File.ReadAllText(PathOf("cognito-m2m.schema.json")).Trim());
    }

    [Fact]
    public async Task A_file_is_overwritten_only_by_force()
    {
        Write(NewPath, "mine");

        var refused = await RunAsync("init", NewPath);
        var contentAfterRefusal = File.ReadAllText(NewPath);
        var forced = await RunAsync("init", NewPath, "--force");

        Assert.Equal(ExitCode.InvalidFile, refused.Code);
        Assert.Contains("--force", refused.Error, StringComparison.Ordinal);
        Assert.Equal("mine", contentAfterRefusal);
        Assert.Equal(ExitCode.Success, forced.Code);
        Assert.Equal(ExitCode.Success, (await RunAsync("policy", NewPath)).Code);
    }

    [Fact]
    public async Task A_prefix_with_a_reserved_word_is_refused_and_nothing_written()
    {
        var run = await RunAsync("init", NewPath, "--prefix", "my-cognito");

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("'cognito'", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(NewPath));
    }
}
