using System.CommandLine;
using System.CommandLine.Parsing;
using CognitoM2M.Cli.Parsing;

namespace CognitoM2M.Cli.Secrets;

/// <summary>The options that say where a command puts secrets.</summary>
internal sealed class SecretOptions
{
    private readonly Option<bool> _show = Flag.Create("--show-secret", "Print the secrets to standard output. [default: secrets are not printed]");

    private readonly Option<string?> _destination = new("--secrets")
    {
        Description = "The JSON file (mode 0600) to write the secrets to, as configuration section CognitoM2M:Clients. Other content of the file is kept. With ssm:/PATH, each secret goes to the SecureString parameter /PATH/NAME of AWS Parameter Store. [default: none]",
        HelpName = "FILE|ssm:/PATH",
        CustomParser = ParseDestination,
    };

    private readonly Option<string?> _kmsKey = ParameterStoreOptions.CreateKmsKey();

    /// <summary>Whether the command cannot run without a place to store a secret in.</summary>
    public bool IsDestinationRequired
    {
        init => _destination.Required = value;
    }

    public void AddTo(Command command)
    {
        command.Add(_destination);
        command.Add(_kmsKey);
        command.Add(_show);
        ParameterStoreOptions.RequirePath(command, _destination, _kmsKey);
    }

    public SecretOutput Read(ParseResult parsed, ToolContext context)
    {
        var destination = parsed.GetValue(_destination);
        var show = parsed.GetValue(_show);
        return ParameterStoreOptions.FindPath(destination) is { } path
            ? SecretOutput.ToParameterStore(path, context.ReadAwsSettings(parsed).CreateParameterStoreSink(path, parsed.GetValue(_kmsKey)), show)
            : SecretOutput.ToFile(destination, show);
    }

    private static string? ParseDestination(ArgumentResult result) =>
        ParameterStoreOptions.FindPath(result.Tokens[0].Value) is null ? FilePath.ParseFileToWrite(result) : ParameterStoreOptions.ParseDestination(result);
}
