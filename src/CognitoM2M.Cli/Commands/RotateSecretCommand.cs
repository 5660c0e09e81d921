using System.CommandLine;
using CognitoM2M.Cli.Output;
using CognitoM2M.Cli.Secrets;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>Gives an app client a new secret, in one step or in two.</summary>
internal static class RotateSecretCommand
{
    public static Command Create(ToolContext context)
    {
        var file = BlueprintFile.CreateArgument();
        var settings = new RotationSettings();

        var command = new Command(
            "rotate-secret",
            "Replaces the secret of an app client: adds a secret, stores it, gets a token with it, waits until services have taken it, and then deletes the old secret.")
        {
            file,
        };
        settings.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(context, parsed, parsed.GetRequiredValue(file), settings, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ToolContext context, ParseResult parsed, string path, RotationSettings settings, CancellationToken cancellationToken)
    {
        var output = settings.ReadSecrets(parsed, context);
        var options = settings.Read(parsed, context);
        var blueprint = await BlueprintFile.LoadAsync(path, context.ReadVariables(parsed), cancellationToken).ConfigureAwait(false);
        var client = settings.FindClient(parsed, blueprint);
        output.RequireNames([client]);
        await output.WarnAsync(context.Host, cancellationToken).ConfigureAwait(false);
        using var provisioner = context.CreateProvisioner(parsed);
        var rotation = await ProgressDisplay.ShowAsync(
            context.Host,
            $"rotating the secret of '{client}'",
            progress => settings.IsFinish(parsed)
                ? provisioner.FinishRotationAsync(blueprint, client, output.Sink!, options, progress, cancellationToken)
                : provisioner.RotateSecretAsync(blueprint, client, output.Sink!, options, progress, cancellationToken)).ConfigureAwait(false);

        var finish = rotation.IsOldSecretKept ? FinishCommand.Create(context, parsed, path, client, output.Destination!, rotation) : null;
        if (context.WantsJson(parsed))
        {
            var document = new RotationDocument(
                rotation.ClientId, rotation.OldSecretId, rotation.NewSecretId, rotation.IsOldSecretKept, finish, output.FilePath, output.ParameterPath, output.Shown);
            context.Terminal.Document(JsonText.Serialize(document, CommandDocuments.Instance.RotationDocument));
        }
        else
        {
            context.Terminal.Result(Describe(rotation, finish));
            output.Write(context.Terminal);
        }

        return (int)ExitCode.Success;
    }

    private static string Describe(SecretRotation rotation, string? finish) =>
        finish is not null
            ? $"Secret {rotation.NewSecretId} is stored and gets tokens. Secret {rotation.OldSecretId} stays. When all services have the new secret: {finish}"
        : rotation.OldSecretId is null ? $"There is no old secret to delete. Secret {rotation.NewSecretId} gets tokens."
        : $"Secret {rotation.NewSecretId} replaces {rotation.OldSecretId}.";

    internal sealed record RotationDocument(
        string ClientId, string? OldSecretId, string NewSecretId, bool IsOldSecretKept, string? FinishCommand, string? SecretsFile, string? SecretsParameterPath,
        IReadOnlyList<ShownSecret>? Secrets);
}
