namespace CognitoM2M.Cli.Tests.Secrets;

public sealed class GitWarningTests : ToolTestBase
{
    private const string Beginning = "Warning: ";

    private string SecretsInTree => PathOf("deploy/secrets.json");

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Directory.CreateDirectory(PathOf("deploy"));
        Variables["PATH"] = Environment.GetEnvironmentVariable("PATH")!;
    }

    [Fact]
    public async Task File_outside_a_work_tree_causes_no_warning()
    {
        Assert.DoesNotContain(Beginning, (await ApplyWithSecretsAsync()).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("apply")]
    [InlineData("rotate-secret")]
    public async Task File_that_git_does_not_ignore_causes_a_warning_with_the_lines_to_add(string command)
    {
        await ApplyWithSecretsAsync();
        CreateWorkTree();

        var run = command == "apply" ? await ApplyWithSecretsAsync() : await RunAsync("rotate-secret", BlueprintPath, "--client", "billing", "--secrets", SecretsInTree);

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Contains(
            $"{Beginning}{SecretsInTree} will hold secrets and lies in the git work tree {FolderPath}, and git does not ignore it. "
                + $"Add these lines to {PathOf("deploy/.gitignore")}: secrets.json and .secrets.json.*",
            run.Error,
            StringComparison.Ordinal);
        Assert.DoesNotContain(Beginning, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".gitignore", "*.json")]
    [InlineData("deploy/.gitignore", "secrets.json")]
    [InlineData(".git/info/exclude", "/deploy/")]
    public async Task File_that_git_ignores_by_any_of_its_rules_causes_no_warning(string rules, string rule)
    {
        CreateWorkTree();
        Write(PathOf(rules), rule);

        Assert.DoesNotContain(Beginning, (await ApplyWithSecretsAsync()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_file_counts_as_ignored_without_git()
    {
        CreateWorkTree();
        Write(PathOf(".gitignore"), "*.json");
        Variables["PATH"] = FolderPath;

        Assert.Contains(Beginning, (await ApplyWithSecretsAsync()).Error, StringComparison.Ordinal);
    }

    private void CreateWorkTree()
    {
        Directory.CreateDirectory(PathOf(".git/info"));
        Directory.CreateDirectory(PathOf(".git/objects"));
        Directory.CreateDirectory(PathOf(".git/refs"));
        Write(PathOf(".git/HEAD"), "ref: refs/heads/main\n");
    }

    private Task<ToolRun> ApplyWithSecretsAsync() => RunAsync("apply", BlueprintPath, "--yes", "--secrets", SecretsInTree);
}
