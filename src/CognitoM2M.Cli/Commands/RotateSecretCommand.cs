using System.CommandLine;
using CognitoM2M.Cli.Output;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Cli.Secrets;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>Gives an app client a new secret.</summary>
internal static class RotateSecretCommand
{
    public static Command Create(ToolContext context)
    {
        var file = BlueprintFile.CreateArgument();
        var secrets = new SecretOptions { IsFileRequired = true };
        var client = new Option<string>("--client")
        {
            Description = "The name of the app client in the blueprint.",
            HelpName = "NAME",
            Required = true,
            CustomParser = TextValue.ParseName,
        };
        var superseded = new Option<string?>("--superseded-secret-id")
        {
            Description = "The id of the secret to delete, if the app client has two and the secrets file holds neither. [default: such a case is an error that lists both ids]",
            HelpName = "SECRET-ID",
            CustomParser = TextValue.ParseName,
        };

        var command = new Command(
            "rotate-secret", "Replaces the secret of an app client: adds a secret, stores it, gets a token with it, and then deletes the old secret.")
        {
            file, client, superseded,
        };
        secrets.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            context,
            parsed,
            parsed.GetRequiredValue(file),
            parsed.GetRequiredValue(client),
            secrets.Read(parsed),
            new RotationOptions
            {
                SupersededSecretId = parsed.GetValue(superseded),
                Ready = context.ReadAwsSettings(parsed).CreateReadyOptions(new ReadyOptions().Timeout),
            },
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ToolContext context, ParseResult parsed, string path, string clientName, SecretOutput output, RotationOptions options,
        CancellationToken cancellationToken)
    {
        var blueprint = await BlueprintFile.LoadAsync(path, context.ReadVariables(parsed), cancellationToken).ConfigureAwait(false);
        await output.WarnAsync(context.Host, cancellationToken).ConfigureAwait(false);
        using var provisioner = context.CreateProvisioner(parsed);
        var rotation = await ProgressDisplay.ShowAsync(
            context.Host,
            $"rotating the secret of '{clientName}'",
            progress => provisioner.RotateSecretAsync(
                blueprint, clientName, output.Sink!, options, progress, cancellationToken)).ConfigureAwait(false);

        if (context.WantsJson(parsed))
        {
            context.Terminal.Document(JsonText.Serialize(
                new RotationDocument(rotation.ClientId, rotation.OldSecretId, rotation.NewSecretId, output.Path, output.Shown)));
        }
        else
        {
            context.Terminal.Result($"Secret {rotation.NewSecretId} replaces {rotation.OldSecretId}.");
            output.Write(context.Terminal);
        }

        return (int)ExitCode.Success;
    }

    private sealed record RotationDocument(
        string ClientId, string OldSecretId, string NewSecretId, string? SecretsFile, IReadOnlyList<ShownSecret>? Secrets);
}
