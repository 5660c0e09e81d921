namespace CognitoM2M.Cli.Tests;

public sealed class UnknownWordsTests : ToolTestBase
{
    private const string Secret = "1a2b3c4d5e6f7g8h9i0j1a2b3c4d5e6f7g8h9i0j1a2b3c4d5e6";

    public static TheoryData<string> Commands => new("init", "plan", "apply", "outputs", "token", "verify", "rotate-secret", "policy", "destroy", "emulate");

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Secret_after_an_option_that_does_not_exist_is_not_repeated(string command)
    {
        string[][] endings = [["--client-secret", Secret], [$"--client-secret={Secret}"], ["--secret", Secret, "--json"], ["cognito-m2m.json", "--client-secret", Secret]];
        foreach (var ending in endings)
        {
            var run = await RunAsync([command, .. ending]);

            Assert.Equal(ExitCode.Usage, run.Code);
            Assert.DoesNotContain(Secret, run.Everything, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Option_that_does_not_exist_is_named_together_with_the_way_to_give_a_secret()
    {
        var run = await RunAsync("token", "--client-secret", Secret);

        Assert.Equal(
            ["error: Unrecognized option '--client-secret'. A secret cannot be given on the command line. See --client-secret-file and --secrets.", "See: cognito-m2m token --help"],
            run.Error.TrimEnd().Split(Environment.NewLine));
    }

    [Fact]
    public async Task Word_too_many_is_not_repeated()
    {
        var run = await RunAsync("token", "--client-secret-file", "-", Secret);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("more words than the command takes", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, run.Everything, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aply", "Unrecognized command 'aply'.")]
    [InlineData(Secret, "more words than the command takes")]
    public async Task Mistyped_command_is_shown_but_no_long_word(string word, string expected)
    {
        var run = await RunAsync(word);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, run.Everything, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--endpoint-url")]
    [InlineData(null)]
    public async Task Plain_http_to_another_host_is_refused(string? option)
    {
        const string Address = "http://cognito.example.com:5000/";
        Variables["AWS_ENDPOINT_URL"] = Address;

        var run = option is null ? await RunAsync("plan", BlueprintPath) : await RunAsync("plan", BlueprintPath, option, Address);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains($"{option ?? "AWS_ENDPOINT_URL"}: '{Address}' must use https. http is accepted for loopback addresses. If you trust the network on the whole way to this host, add --plain-http cognito.example.com:5000.", run.Error, StringComparison.Ordinal);
    }
}
