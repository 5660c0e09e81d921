using System.CommandLine;
using CognitoM2M.Cli.Output;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>Shows what <c>apply</c> would do.</summary>
internal static class PlanCommand
{
    public static Command Create(ToolContext context)
    {
        var file = BlueprintFile.CreateArgument();
        var planning = new PlanningOptions();
        var detailedExitCode = Flag.Create(
            "--detailed-exitcode", "Exit with 0 if there is nothing to change and with 2 if there are changes. [default: exit with 0 in both cases]");

        var output = SavedPlanOptions.CreateOutput();

        var command = new Command("plan", "Shows what apply would do. Changes nothing.") { file, detailedExitCode, output };
        planning.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetRequiredValue(file);
            var variables = new UsedVariables(context.ReadVariables(parsed));
            var plan = await ReadAsync(context, parsed, path, planning.Read(parsed), variables, cancellationToken).ConfigureAwait(false);

            if (parsed.GetValue(output) is { } savedPath)
            {
                var isEmulator = context.ReadAwsSettings(parsed).EmulatorAddress is not null;
                await SavedPlanOptions
                    .SaveAsync(context.Host, SavedPlan.Create(plan, path, variables.Values), savedPath, isEmulator, cancellationToken)
                    .ConfigureAwait(false);
            }

            if (context.WantsJson(parsed))
                context.Terminal.Document(JsonText.Serialize(PlanDocument.Create(plan), CommandDocuments.Instance.PlanDocument));
            else
                WriteText(context.Terminal, plan, planning.AreVerbose(parsed));

            return (int)(parsed.GetValue(detailedExitCode) && !plan.IsEmpty ? ExitCode.Changes : ExitCode.Success);
        });
        return command;
    }

    private static void WriteText(Terminal terminal, ProvisioningPlan plan, bool showsAll)
    {
        PlanText.Write(terminal, plan, showsAll);
        if (plan.DestructiveChanges != DestructiveChanges.None)
            terminal.Result($"apply makes the changes marked with ! only with {DestructiveChangeNames.DescribeOptions(plan.DestructiveChanges)}.");
    }

    private static async Task<ProvisioningPlan> ReadAsync(
        ToolContext context, ParseResult parsed, string path, PlanOptions options, UsedVariables variables, CancellationToken cancellationToken)
    {
        var blueprint = await BlueprintFile.LoadAsync(path, variables.Find, cancellationToken).ConfigureAwait(false);
        using var provisioner = context.CreateProvisioner(parsed);
        return await ProgressDisplay.ShowAsync(
            context.Host,
            "reading the user pool",
            progress => provisioner.PlanAsync(blueprint, options, progress, cancellationToken)).ConfigureAwait(false);
    }
}
