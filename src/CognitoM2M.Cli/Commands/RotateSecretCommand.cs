using System.CommandLine;
using CognitoM2M.Cli.Output;
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
        var client = new Option<string>("--client") { Description = "The name of the app client.", HelpName = "NAME", Required = true };
        var superseded = new Option<string?>("--superseded")
        {
            Description = "The id of the secret to give up, when the app client has two and the file holds neither.",
            HelpName = "SECRET-ID",
        };

        var command = new Command("rotate-secret", "Replaces an app client's secret; the old one goes when the new one works.")
        {
            file, client, superseded,
        };
        secrets.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var blueprint = await BlueprintFile.LoadAsync(parsed.GetRequiredValue(file), cancellationToken).ConfigureAwait(false);
            var output = secrets.From(parsed);
            var options = new RotationOptions
            {
                SupersededSecretId = parsed.GetValue(superseded),
                Ready = context.AwsSettings(parsed).ToReadyOptions(new ReadyOptions().Timeout),
            };
            var clientName = parsed.GetRequiredValue(client);

            using var session = context.OpenSession(parsed);
            var rotation = await ProgressDisplay.ShowAsync(
                context.Host,
                $"Rotating the secret of '{clientName}'",
                progress => session.Provisioner.RotateSecretAsync(
                    blueprint, clientName, output.Sink!, options, progress, cancellationToken)).ConfigureAwait(false);

            if (context.WantsJson(parsed))
            {
                context.Terminal.Result(JsonText.Of(
                    new RotationDocument(rotation.ClientId, rotation.OldSecretId, rotation.NewSecretId, output.Path, output.Shown)));
            }
            else
            {
                context.Terminal.Result($"Secret {rotation.NewSecretId} replaces {rotation.OldSecretId}.");
                output.Write(context.Terminal);
            }

            return (int)ExitCode.Success;
        });
        return command;
    }

    private sealed record RotationDocument(
        string ClientId, string OldSecretId, string NewSecretId, string? SecretsFile, IReadOnlyList<ShownSecret>? Secrets);
}
