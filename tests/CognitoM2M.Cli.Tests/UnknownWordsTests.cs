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
    public async Task Superfluous_word_is_not_repeated_in_the_message()
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
    [InlineData("Unrecognized command 'aply'. Did you mean 'apply'?", "cognito-m2m --help", "aply")]
    [InlineData("Unrecognized command 'rotate'. Did you mean 'rotate-secret'?", "cognito-m2m --help", "rotate")]
    [InlineData("Unrecognized command 'creat'. Did you mean 'create'?", "cognito-m2m user --help", "user", "creat")]
    [InlineData("Unrecognized command 'xyz'.", "cognito-m2m --help", "xyz")]
    [InlineData("Unrecognized option '--scop'. Did you mean '--scope'?", "cognito-m2m token --help", "token", "--scop", "orders/read")]
    [InlineData("Unrecognized option '--regoin'. Did you mean '--region'?", "cognito-m2m plan --help", "plan", "--regoin", "eu-west-1")]
    [InlineData("Unrecognized option '--regoin'. Did you mean '--region'?", "cognito-m2m plan --help", "plan", "cognito-m2m.json", "--regoin=eu-west-1")]
    [InlineData("Unrecognized option '--any-clients'. Did you mean '--any-client'?", "cognito-m2m verify --help", "verify", "--user-pool-id", "eu-west-1_a", "--client-id", "b", "--any-clients")]
    [InlineData("Unrecognized option '--yess'. Did you mean '--yes'?", "cognito-m2m user delete --help", "user", "delete", "--yess")]
    [InlineData("Unrecognized option '--bogus'.", "cognito-m2m plan --help", "plan", "--bogus")]
    [InlineData("--route: 'oath2' is not one of: ", "cognito-m2m token --help", "token", "--route", "oath2")]
    [InlineData("--allow-destructive: 'scopes' is not one of: ", "cognito-m2m apply --help", "apply", "--allow-destructive", "scopes")]
    public async Task Error_for_a_mistyped_word_suggests_the_closest_word_and_the_help_command(string message, string help, params string[] args)
    {
        var run = await RunAsync(args);

        var lines = run.Error.TrimEnd().Split(Environment.NewLine);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.StartsWith($"error: {message}", lines[0], StringComparison.Ordinal);
        Assert.Equal(lines[0].Contains("Did you mean", StringComparison.Ordinal), message.Contains("Did you mean", StringComparison.Ordinal) || message.EndsWith(": ", StringComparison.Ordinal));
        Assert.Equal($"See: {help}", lines[^1]);
    }

    [Fact]
    public async Task Mistyped_command_causes_one_error()
    {
        var run = await RunAsync("user", "creat");

        Assert.Equal(2, run.Error.TrimEnd().Split(Environment.NewLine).Length);
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
