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

    private readonly Option<bool> _replace = Flag.Create(
        "--replace-secrets", "Replace secrets of other app clients that --secrets holds under the same names. [default: such a secret is an error]");

    /// <summary>Whether the command cannot run without a place to store a secret in.</summary>
    public bool IsDestinationRequired
    {
        init => _destination.Required = value;
    }

    public void AddTo(Command command)
    {
        command.Add(_destination);
        command.Add(_kmsKey);
        command.Add(_replace);
        command.Add(_show);
        ParameterStoreOptions.RequirePath(command, _destination, _kmsKey);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_replace) is not null && result.GetResult(_destination) is null)
                result.AddError("--replace-secrets has no effect without --secrets. Add --secrets.");
        });
    }

    public SecretOutput Read(ParseResult parsed, ToolContext context)
    {
        var destination = parsed.GetValue(_destination);
        var show = parsed.GetValue(_show);
        return ParameterStoreOptions.FindPath(destination) is { } path
            ? SecretOutput.ToParameterStore(path, context.ReadAwsSettings(parsed).CreateParameterStoreSink(path, parsed.GetValue(_kmsKey)), show)
            : SecretOutput.ToFile(destination, show);
    }

    /// <summary>Whether the options say where secrets go.</summary>
    public bool HasDestination(CommandResult result) => result.GetResult(_destination) is not null || result.GetValue(_show);

    /// <summary>Whether the user lets secrets of other app clients be replaced.</summary>
    public bool MayReplaceOthers(ParseResult parsed) => parsed.GetValue(_replace);

    private static string? ParseDestination(ArgumentResult result) =>
        ParameterStoreOptions.FindPath(result.Tokens[0].Value) is null ? FilePath.ParseFileToWrite(result) : ParameterStoreOptions.ParseDestination(result);
}
