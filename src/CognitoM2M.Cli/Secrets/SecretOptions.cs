using System.CommandLine;
using CognitoM2M.Cli.Parsing;

namespace CognitoM2M.Cli.Secrets;

/// <summary>The options that say where a command puts secrets.</summary>
internal sealed class SecretOptions
{
    private readonly Option<bool> _show = Flag.Create("--show-secret", "Print the secrets to standard output. [default: secrets are not printed]");

    private readonly Option<string?> _file = new("--secrets")
    {
        Description = "The JSON file (mode 0600) to write the secrets to, as configuration section CognitoM2M:Clients. Other content of the file is kept. [default: none]",
        HelpName = "FILE",
        CustomParser = FilePath.ParseFileToWrite,
    };

    /// <summary>Whether the command cannot run without a file to store a secret in.</summary>
    public bool IsFileRequired
    {
        init => _file.Required = value;
    }

    public void AddTo(Command command)
    {
        command.Add(_file);
        command.Add(_show);
    }

    public SecretOutput Read(ParseResult parsed) => new(parsed.GetValue(_file), parsed.GetValue(_show));
}
