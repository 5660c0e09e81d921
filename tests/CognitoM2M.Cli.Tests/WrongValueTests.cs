using System.CommandLine;

namespace CognitoM2M.Cli.Tests;

/// <summary>Every wrong value of every option is refused by the parser: exit code 3, and one sentence that names the option.</summary>
public sealed class WrongValueTests : ToolTestBase
{
    // Stand for the temporary folder of the test and for a file in a folder that does not exist.
    private const string Folder = "{folder}";
    private const string NoFolder = "{folder}/missing/file.json";

    private static readonly string _tooLong = new('x', 300);

    private static readonly string[] _wrongPaths = ["ssm:", "ssm:acme", "ssm:/", "ssm:/acme/", "ssm:/acme m2m", "ssm:/aws/m2m", "ssm:/Ssm"];

    private static readonly string[] _wrongKeys = ["", "alias/acme", "acme", "arn:aws:kms:eu-west-1:123456789012:alias/acme"];

    /// <summary>Command, option (or FILE), and wrong values.</summary>
    private static readonly (string Command, string Option, string[] Values)[] _table =
    [
        ("plan", "--endpoint-url", ["", "127.0.0.1:9595", "ftp://127.0.0.1", "http://user:PASSW0RD@127.0.0.1", "http://127.0.0.1:99999", "/idp"]),
        ("plan", "--plain-http", ["", " ", "*", "*.svc", "10.0.0.0/8", "0.0.0.0:80", "http://cognito", "cognito:0", "user:PASSW0RD@cognito"]),
        ("plan", "--region", ["", "Ireland", "EU-WEST-1", "eu-west-1 ", "eu-west-"]),
        ("plan", "--profile", ["", " "]),
        ("plan", "--var", ["", "PASSW0RD", "=PASSW0RD", "1A=PASSW0RD", "A-B=PASSW0RD"]),
        ("init", "FILE", ["", " ", Folder, NoFolder]),
        ("init", "--name", ["", "shop/1", _tooLong]),
        ("init", "--prefix", ["", "Shop", "-shop", "shop.m2m", "my-cognito", _tooLong]),
        ("import", "--pool", ["", " "]),
        ("import", "--output", ["", " ", Folder, NoFolder]),
        ("import", "--client", ["", " "]),
        ("plan", "FILE", ["", " ", Folder]),
        ("plan", "--output", ["", " ", Folder, NoFolder]),
        ("apply", "FILE", ["", Folder]),
        ("apply", "--plan", ["", " ", Folder]),
        ("apply", "--allow-destructive", ["", "everything", "user-pool", "Scope", "scope,flow"]),
        ("apply", "--wait-timeout", ["", "0", "1441", "-1", "1.5", "+5", " 5", "soon", "00:05:00", "99999999999"]),
        ("apply", "--secrets", ["", " ", Folder, NoFolder, .. _wrongPaths]),
        ("apply", "--kms-key", _wrongKeys),
        ("outputs", "FILE", ["", Folder]),
        ("token", "--config", ["", " ", Folder]),
        ("token", "--client", ["", " "]),
        ("token", "--section", ["", " "]),
        ("token", "--scope", ["", "orders read", "orders\"read", "orders\\read", "bücher/read", _tooLong]),
        ("token", "--client-id", ["", "a b", "a:b", "ä", _tooLong]),
        ("token", "--client-secret-file", ["", " ", Folder]),
        ("token", "--domain", ["", "https://auth.example.com", "Shop", "shop_m2m", "-shop", "auth..example.com", "auth.example.com:443", _tooLong]),
        ("token", "--route", ["", "0", "7", "oauth", "OAuth2,GetClientToken"]),
        ("token", "--token-endpoint", ["", "auth.example.com", "http://auth.example.com/oauth2/token", "https://user:PASSW0RD@auth.example.com/", "ftp://127.0.0.1"]),
        ("verify", "--user-pool-id", ["", "nonsense", "eu-west-1", "eu-west-1_", "Ireland_abc", "eu-west-1_a-b", _tooLong]),
        ("verify", "--issuer", ["", "cognito", "http://example.com", "https://user:PASSW0RD@example.com", "https://example.com?a=b", "https://example.com#a", " https://example.com"]),
        ("verify", "--client-id", ["", "a b", _tooLong]),
        ("verify", "--scope", ["", "orders read", _tooLong]),
        ("verify", "--group", ["", "a b", _tooLong]),
        ("verify", "--token-kind", ["", "0", "7", "Refresh", "Access,Id"]),
        ("verify", "--jwks", ["", Folder, "ftp://127.0.0.1/x", "http://example.com/jwks.json", "https://user:PASSW0RD@example.com/jwks.json"]),
        ("doctor", "FILE", ["", Folder]),
        ("doctor", "--config", ["", " ", Folder]),
        ("doctor", "--client", ["", " "]),
        ("doctor", "--section", ["", " "]),
        ("doctor", "--scope", ["", "orders read"]),
        ("doctor", "--client-id", ["", "a b"]),
        ("doctor", "--client-secret-file", ["", " ", Folder]),
        ("doctor", "--domain", ["", "https://auth.example.com"]),
        ("doctor", "--route", ["", "oauth"]),
        ("doctor", "--token-endpoint", ["", "http://auth.example.com/oauth2/token", "https://user:PASSW0RD@auth.example.com/"]),
        ("doctor", "--user-pool-id", ["", "nonsense"]),
        ("doctor", "--jwks", ["", Folder, "http://example.com/jwks.json"]),
        ("doctor", "--api", ["", "orders", "http://example.com/orders", "https://user:PASSW0RD@example.com/orders"]),
        ("rotate-secret", "FILE", ["", Folder]),
        ("rotate-secret", "--client", ["", " "]),
        ("rotate-secret", "--secrets", ["", Folder, NoFolder, .. _wrongPaths]),
        ("rotate-secret", "--kms-key", _wrongKeys),
        ("rotate-secret", "--superseded-secret-id", ["", " "]),
        ("rotate-secret", "--delete-after", ["", "-1", "10081", "1.5", "1h"]),
        ("user create", "--pool", ["", " "]),
        ("user create", "--blueprint", ["", " ", Folder]),
        ("user delete", "--pool", ["", " "]),
        ("user delete", "--blueprint", ["", " ", Folder]),
        ("user sweep", "--pool", ["", " "]),
        ("user sweep", "--blueprint", ["", " ", Folder]),
        ("with-user", "--pool", ["", " "]),
        ("with-user", "--blueprint", ["", " ", Folder]),
        ("user create", "--client", ["", " "]),
        ("user create", "--attribute", ["", "PASSW0RD", "=PASSW0RD", "a b=PASSW0RD", "a_name_that_is_longer_than_32_char=x"]),
        ("user create", "--email-domain", ["", "a b", "https://example.com", "ann@example.com"]),
        ("with-user", "--client", ["", " "]),
        ("with-user", "--attribute", ["", "PASSW0RD", "=PASSW0RD", "a b=PASSW0RD", "a_name_that_is_longer_than_32_char=x"]),
        ("with-user", "--email-domain", ["", "a b", "https://example.com", "ann@example.com"]),
        ("user create", "NAME", ["", " ", "a b", _tooLong]),
        ("user create", "--secrets", ["", Folder, NoFolder, .. _wrongPaths]),
        ("user create", "--kms-key", _wrongKeys),
        ("user delete", "NAME", ["", " ", "a b", _tooLong]),
        ("user sweep", "--older-than", ["", "1", "d", "1w", "-1d", "1.5h", "99999d", "soon"]),
        ("with-user", "COMMAND", [""]),
        ("policy", "FILE", ["", Folder]),
        ("policy", "--account-id", ["", "12345678901", "1234567890123", "12345678901a"]),
        ("policy", "--user-pool-id", ["", "nonsense", "eu-west-1_"]),
        ("policy", "--secrets", ["", "secrets.json", "/acme/m2m", .. _wrongPaths]),
        ("policy", "--kms-key", _wrongKeys),
        ("cost", "--app-clients", ["", "0", "10001", "1.5"]),
        ("cost", "--processes", ["", "0", "100001", "many"]),
        ("cost", "--token-lifetime", ["", "4", "1441", "1h"]),
        ("cost", "--calls", ["", "0", "-1", "1000000000001", "99999999999999999999", "1e6"]),
        ("cost", "--requests", ["", "-1", "1000000000001"]),
        ("cost", "--saved-requests", ["", "-1", "1000000000001"]),
        ("cost", "--usd-per-request", ["", "-1", "0,5", "1001", "$1", "NaN"]),
        ("cost", "--usd-per-app-client", ["", "-6", "six"]),
        ("destroy", "FILE", ["", Folder]),
        ("emulate", "--port", ["", "-1", "65536", "http", "80.5", "99999999999"]),
        ("emulate", "--listen", ["", "0.0.0.0", "9229", "cognito:9229", "0.0.0.0:65536", "http://0.0.0.0:9229"]),
        ("emulate", "--public-url", ["", "cognito:9229", "http://cognito:9229/path", "http://user:secret@cognito", "ftp://cognito"]),
        ("emulate", "--allow-host", ["", "http://cognito", "cognito:9229", "a b"]),
        ("emulate", "--state", ["", " ", Folder, NoFolder]),
        ("emulate", "--seed", ["", " ", Folder]),
        ("emulate", "--domain-delay", ["", "-1", "86401", "1.5", "1m"]),
        ("completion", "SHELL", ["", "fish", "Bash"]),
        ("help", "COMMAND", ["", "bogus", "exit-code", "Apply"]),
    ];

    public static IEnumerable<object[]> WrongValues =>
        _table.SelectMany(row => row.Values.Select(value => new object[] { row.Command, row.Option, value }));

    [Theory]
    [MemberData(nameof(WrongValues))]
    public async Task Wrong_value_is_refused_in_one_sentence_that_names_the_option(string command, string option, string value)
    {
        var run = await RunAsync(CreateArguments(command, option, value.Replace(Folder, FolderPath, StringComparison.Ordinal)));

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Empty(run.Output);
        var lines = run.Error.TrimEnd().Split(Environment.NewLine);
        Assert.StartsWith($"error: {option}: ", lines[0], StringComparison.Ordinal);
        Assert.Matches(@"(\.|Did you mean '\S+'\?)$", lines[0]);
        Assert.True(lines.Length == 1 || lines is [_, var hint] && hint == $"See: cognito-m2m {command} --help", run.Error);
        Assert.DoesNotContain("Exception", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("PASSW0RD", run.Error, StringComparison.Ordinal);
        Assert.Empty(Cognito.UserPools);
    }

    [Fact]
    public void Table_of_wrong_values_covers_every_option_and_argument_of_every_command()
    {
        var expected = CommandLineShape.Commands
            .Select(command => (Name: CommandLineShape.GetPath(command), Command: command))
            .SelectMany(each => each.Command.Options.Where(TakesValue).Select(option => (each.Name, Option: option.Name))
                .Concat(each.Command.Arguments.Where(argument => !argument.Hidden).Select(argument => (each.Name, Option: argument.Name))))
            .Concat(CommandLineShape.GlobalOptions.Where(TakesValue).Select(option => (Name: "plan", Option: option.Name)));

        Assert.Equal(expected.Order(), _table.Select(row => (Name: row.Command, row.Option)).Order());
    }

    private static bool TakesValue(Option option) => option.Arity.MaximumNumberOfValues > 0;

    /// <summary>A command line on which everything but the one value is right.</summary>
    private string[] CreateArguments(string command, string option, string value)
    {
        (string Option, string? Value)[] required = command switch
        {
            "import" => [("--pool", "shop"), ("--output", PathOf("imported.json"))],
            "apply" or "policy" when option is "--kms-key" => [("--secrets", "ssm:/acme")],
            "apply" => [("--wait", null)],
            "token" or "doctor" => option is "--client-id" ? [("--config", SecretsPath)] : [],
            "user create" when option is "NAME" => [("--show-secret", null)],
            "user create" => [("--temporary", null), ("--secrets", option is "--kms-key" ? "ssm:/acme" : SecretsPath)],
            "rotate-secret" => [("--client", "billing"), ("--secrets", option is "--kms-key" ? "ssm:/acme" : SecretsPath)],
            "verify" when option is "--client-id" => [("--user-pool-id", "eu-west-1_a")],
            "verify" => [("--user-pool-id", "eu-west-1_a"), ("--any-client", null)],
            "cost" when option is "--saved-requests" => [("--requests", "5")],
            "emulate" when option is not "--listen" => [("--port", "0")],
            _ => [],
        };

        List<string> arguments = [.. command.Split(' ')];
        foreach (var (name, text) in required.Where(one => one.Option != option))
            arguments.AddRange(text is null ? [name] : [name, text]);
        arguments.AddRange(
            option is "FILE" or "NAME" or "SHELL" || command is "help" ? [value] : option == "COMMAND" ? ["--", value] : [option, value]);
        if (command is "user delete" && option != "NAME")
            arguments.Add("ann");
        if (command is "with-user" && option != "COMMAND")
            arguments.AddRange(["--", "true"]);
        return [.. arguments];
    }
}
