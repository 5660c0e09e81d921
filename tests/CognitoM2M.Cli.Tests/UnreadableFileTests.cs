namespace CognitoM2M.Cli.Tests;

public sealed class UnreadableFileTests : ToolTestBase
{
    // A file that another process has open cannot be read on any operating system, not even by an administrator.
    [Theory]
    [InlineData("plan", "{file}")]
    [InlineData("plan", "{blueprint}", "--output", "{file}")]
    [InlineData("apply", "--plan", "{file}", "--yes")]
    [InlineData("apply", "{blueprint}", "--yes", "--secrets", "{file}")]
    [InlineData("token", "--config", "{file}")]
    [InlineData("token", "--client-id", "abc", "--client-secret-file", "{file}")]
    [InlineData("verify", "--user-pool-id", "eu-west-1_a", "--any-client", "--jwks", "{file}")]
    [InlineData("emulate", "--port", "0", "--state", "{file}")]
    public async Task File_that_another_process_has_open_is_reported_in_one_sentence_and_changes_nothing(params string[] args)
    {
        var path = PathOf("held.json");
        await using var held = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        var run = await RunAsync([.. args.Select(arg => Fill(arg, path))]);

        AssertOneSentence(run);
        Assert.Empty(Cognito.UserPools);
    }

    [Theory]
    [InlineData("plan", "{file}")]
    [InlineData("apply", "--plan", "{file}", "--yes")]
    [InlineData("token", "--config", "{file}")]
    [InlineData("token", "--client-id", "abc", "--client-secret-file", "{file}")]
    [InlineData("verify", "--user-pool-id", "eu-west-1_a", "--any-client", "--jwks", "{file}")]
    public async Task File_that_does_not_exist_is_reported_in_one_sentence(params string[] args)
    {
        AssertOneSentence(await RunAsync([.. args.Select(arg => Fill(arg, PathOf("missing.json")))]));
        AssertOneSentence(await RunAsync([.. args.Select(arg => Fill(arg, Path.Combine(BlueprintPath, "missing.json")))]));
    }

    [Theory]
    [InlineData("apply", "{blueprint}", "--yes", "--secrets", "{file}", "[]")]
    [InlineData("apply", "{blueprint}", "--yes", "--secrets", "{file}", "{ \"CognitoM2M\": { \"Clients\": 7 } }")]
    [InlineData("token", "--config", "{file}", "[]")]
    [InlineData("token", "--config", "{file}", "{ \"CognitoM2M\": { \"Clients\": 7 } }")]
    [InlineData("token", "--client-id", "abc", "--client-secret-file", "{file}", "  \n")]
    [InlineData("emulate", "--port", "0", "--state", "{file}", "[]")]
    public async Task File_with_wrong_content_changes_nothing(params string[] args)
    {
        Write(PathOf("wrong.json"), args[^1]);

        var run = await RunAsync([.. args[..^1].Select(arg => Fill(arg, PathOf("wrong.json")))]);

        AssertOneSentence(run);
        Assert.Empty(Cognito.UserPools);
    }

    [Fact]
    public async Task Secret_given_in_place_of_its_file_is_not_repeated()
    {
        var run = await RunAsync("token", "--client-id", "abc", "--client-secret-file", "topsecret");

        Assert.Equal(ExitCode.InvalidFile, run.Code);
        Assert.DoesNotContain("topsecret", run.Everything, StringComparison.Ordinal);
    }

    private string Fill(string argument, string path) => argument switch
    {
        "{file}" => path,
        "{blueprint}" => BlueprintPath,
        _ => argument,
    };

    private static void AssertOneSentence(ToolRun run)
    {
        Assert.Contains(run.Code, new[] { ExitCode.InvalidFile, ExitCode.Secret });
        var lines = run.Error.TrimEnd().Split(Environment.NewLine).Where(line => line.StartsWith("error: ", StringComparison.Ordinal));
        Assert.Single(lines);
        Assert.DoesNotContain("Exception", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }
}
