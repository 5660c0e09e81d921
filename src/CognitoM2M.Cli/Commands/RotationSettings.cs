using System.CommandLine;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Cli.Secrets;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>The options of <c>rotate-secret</c>.</summary>
internal sealed class RotationSettings
{
    private readonly SecretOptions _secrets = new() { IsDestinationRequired = true };

    private readonly Option<string?> _client = new("--client")
    {
        Description = "The name of the app client in the blueprint. [default: the only app client in the blueprint]",
        HelpName = "NAME",
        CustomParser = TextValue.ParseName,
    };

    private readonly Option<bool> _keepOld = Flag.Create(
        "--keep-old", "Stop when the new secret is stored and gets tokens. Both secrets then work, until --finish.");

    private readonly Option<bool> _finish = Flag.Create(
        "--finish", "Delete the old secret that --keep-old left, if the new one gets a token. Adds no secret.");

    private readonly Option<int?> _deleteAfter = new("--delete-after")
    {
        Description = "How long the new secret must exist before the old one is deleted, from 0 to 10080 minutes. With --finish, the command refuses to delete earlier; else it waits. [default: the token lifetime of the app client plus 5 minutes; with --finish or an emulator 0]",
        HelpName = "MINUTES",
        CustomParser = result => WholeNumber.CreateParser(0, 10_080)(result),
    };

    private readonly Option<string?> _superseded = new("--superseded-secret-id")
    {
        Description = "The id of the secret to delete, if the app client has two and --secrets does not hold the newer. [default: such a case is an error that lists both ids]",
        HelpName = "SECRET-ID",
        CustomParser = TextValue.ParseName,
    };

    public void AddTo(Command command)
    {
        command.Add(_client);
        command.Add(_keepOld);
        command.Add(_finish);
        command.Add(_deleteAfter);
        command.Add(_superseded);
        _secrets.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_keepOld) && result.GetValue(_finish))
                result.AddError("--keep-old and --finish exclude each other.");
            if (result.GetValue(_keepOld) && result.GetResult(_deleteAfter) is not null)
                result.AddError("--delete-after has no effect with --keep-old. Give it with --finish.");
            if (result.GetValue(_finish) && result.GetResult(_superseded) is not null)
                result.AddError("--superseded-secret-id has no effect with --finish.");
        });
    }

    public bool IsFinish(ParseResult parsed) => parsed.GetValue(_finish);

    public SecretOutput ReadSecrets(ParseResult parsed, ToolContext context) => _secrets.Read(parsed, context);

    public RotationOptions Read(ParseResult parsed, ToolContext context) => new()
    {
        SupersededSecretId = parsed.GetValue(_superseded),
        KeepOldSecret = parsed.GetValue(_keepOld),
        DeleteOldSecretAfter = parsed.GetValue(_deleteAfter) is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
        ReplaceOtherSecrets = _secrets.MayReplaceOthers(parsed),
        Ready = context.ReadAwsSettings(parsed).CreateReadyOptions(new ReadyOptions().Timeout),
    };

    /// <summary>The app client that the user names, or else the only one of the blueprint.</summary>
    public string FindClient(ParseResult parsed, Blueprint blueprint)
    {
        if (parsed.GetValue(_client) is { } name)
            return name;

        return blueprint.AppClients is [var only]
            ? only.Name
            : throw new ToolException(
                ExitCode.Ambiguous,
                $"Choose an app client with --client NAME. The app clients of the blueprint are {string.Join(", ", blueprint.AppClients.Select(client => $"'{client.Name}'"))}.");
    }
}
