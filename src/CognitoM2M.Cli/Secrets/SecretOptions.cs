using System.CommandLine;

namespace CognitoM2M.Cli.Secrets;

/// <summary>The options that say where secrets go.</summary>
internal sealed class SecretOptions
{
    private readonly Option<bool> _show = new("--show-secret") { Description = "Print the secrets to standard output." };

    private readonly Option<string?> _file = new("--secrets")
    {
        Description = "Write the secrets to this file (mode 0600) as configuration section CognitoM2M. The rest of the file is kept.",
        HelpName = "FILE",
    };

    public SecretOptions() => _file.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<string?>() is { } path && string.IsNullOrWhiteSpace(path))
            result.AddError("--secrets needs the name of a file.");
    });

    /// <summary>For a command that cannot do without a place to keep a secret in.</summary>
    public bool IsFileRequired
    {
        init => _file.Required = value;
    }

    public void AddTo(Command command)
    {
        command.Add(_file);
        command.Add(_show);
    }

    public SecretOutput From(ParseResult parsed) => new(parsed.GetValue(_file), parsed.GetValue(_show));
}
