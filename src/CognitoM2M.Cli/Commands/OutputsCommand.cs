using System.CommandLine;
using CognitoM2M.Cli.Output;

namespace CognitoM2M.Cli.Commands;

/// <summary>Prints what services need to know of a set-up that was applied.</summary>
internal static class OutputsCommand
{
    public static Command Create(ToolContext context)
    {
        var file = BlueprintFile.CreateArgument();

        var command = new Command("outputs", "Prints the user pool id, issuer, key set, token endpoint and client ids. Prints no secret.") { file };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var blueprint = await BlueprintFile.LoadAsync(parsed.GetRequiredValue(file), context.ReadVariables(parsed), cancellationToken).ConfigureAwait(false);
            using var provisioner = context.CreateProvisioner(parsed);
            var outputs = await ProgressDisplay.ShowAsync(
                context.Host,
                "reading the user pool",
                progress => provisioner.GetOutputsAsync(blueprint, progress, cancellationToken)).ConfigureAwait(false);

            if (context.WantsJson(parsed))
                context.Terminal.Document(JsonText.Serialize(outputs, CommandDocuments.Instance.ProvisioningOutputs));
            else
                OutputsText.Write(context.Terminal, outputs, showsAll: true);

            return (int)ExitCode.Success;
        });
        return command;
    }
}
