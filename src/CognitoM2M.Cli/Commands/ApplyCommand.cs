using System.CommandLine;
using CognitoM2M.Cli.Output;
using CognitoM2M.Cli.Secrets;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>Creates and changes what the blueprint describes.</summary>
internal static class ApplyCommand
{
    public static Command Create(ToolContext context)
    {
        var file = BlueprintFile.CreateArgument();
        var settings = new ApplySettings();

        var command = new Command("apply", "Creates the user pool that the blueprint describes, or changes it until it matches.") { file };
        settings.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(context, parsed, file, settings, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ToolContext context, ParseResult parsed, Argument<string> file, ApplySettings settings, CancellationToken cancellationToken)
    {
        var json = context.WantsJson(parsed);
        var secrets = settings.ReadSecrets(parsed, context);
        var options = settings.Read(parsed, context);
        var source = await LoadAsync(context, parsed, file, settings, cancellationToken).ConfigureAwait(false);
        using var provisioner = context.CreateProvisioner(parsed);
        var plan = await ProgressDisplay.ShowAsync(
            context.Host,
            "reading the user pool",
            progress => source(provisioner, progress)).ConfigureAwait(false);

        if (!json)
            PlanText.Write(context.Terminal, plan, settings.AreVerbose(parsed));

        secrets.RequireNames(plan.Blueprint.AppClients.Select(client => client.Name));
        if (!plan.IsEmpty)
        {
            RequireAllowance(plan, options.Allow);
            await Confirmation.RequireAsync(context, settings.IsConfirmed(parsed), CreateQuestion(plan), cancellationToken).ConfigureAwait(false);
        }

        await secrets.WarnAsync(context.Host, cancellationToken).ConfigureAwait(false);
        if (settings.DescribeWait(parsed) is { } wait)
            context.Terminal.Say(wait);
        options.Secrets = secrets.Sink;
        options.SecretVariables = context.Host.FindValue;
        var outputs = await ProgressDisplay.ShowAsync(
            context.Host,
            "applying the plan",
            progress => provisioner.ApplyAsync(plan, options, progress, cancellationToken)).ConfigureAwait(false);

        if (json)
            context.Terminal.Document(JsonText.Serialize(
                new ApplyDocument(PlanDocument.Create(plan).Steps, outputs, secrets.FilePath, secrets.ParameterPath, secrets.Shown), CommandDocuments.Instance.ApplyDocument));
        else
            WriteText(context.Terminal, outputs, secrets, settings.AreVerbose(parsed));

        return (int)ExitCode.Success;
    }

    /// <summary>Reads the blueprint or the saved plan, and returns what makes a plan of it.</summary>
    private static async Task<Func<CognitoProvisioner, IProgress<ProvisioningProgress>, Task<ProvisioningPlan>>> LoadAsync(
        ToolContext context, ParseResult parsed, Argument<string> file, ApplySettings settings, CancellationToken cancellationToken)
    {
        var variables = context.ReadVariables(parsed);
        if (settings.ReadSavedPlan(parsed) is { } path)
        {
            var named = parsed.GetResult(file) is { Implicit: false } ? parsed.GetValue(file) : null;
            var saved = await SavedPlanOptions.LoadAsync(path, named, parsed.GetValue(context.Options.Variables), variables, cancellationToken).ConfigureAwait(false);
            return (provisioner, progress) => provisioner.PlanAgainAsync(saved, progress, cancellationToken);
        }

        var blueprint = await BlueprintFile.LoadAsync(parsed.GetRequiredValue(file), variables, cancellationToken).ConfigureAwait(false);
        return (provisioner, progress) => provisioner.PlanAsync(blueprint, settings.ReadPlanning(parsed), progress, cancellationToken);
    }

    // This check comes before the question, so that no user confirms a plan that is then refused.
    private static void RequireAllowance(ProvisioningPlan plan, DestructiveChanges allowed)
    {
        var missing = plan.DestructiveChanges & ~allowed;
        if (missing == DestructiveChanges.None)
            return;

        var reasons = plan.Steps.Where(step => (step.DestructiveChanges & missing) != DestructiveChanges.None)
            .Select(step => $"{step.Title}: {step.Warning}");
        throw new ToolException(
            ExitCode.ConfirmationRequired,
            $"Nothing was changed: the plan has destructive changes. To make them, add {DestructiveChangeNames.DescribeOptions(missing)}.",
            [.. reasons]);
    }

    private static string CreateQuestion(ProvisioningPlan plan) =>
        plan.Steps.Count == 1 ? "Carry out this step?" : $"Carry out these {plan.Steps.Count} steps?";

    private static void WriteText(Terminal terminal, ProvisioningOutputs outputs, SecretOutput secrets, bool showsAll)
    {
        OutputsText.Write(terminal, outputs, showsAll);
        secrets.Write(terminal);

        if (secrets.Sink is null)
            terminal.Say("The secrets were not stored. To store them, run apply again with --secrets FILE or --secrets ssm:/PATH.");
    }

    internal sealed record ApplyDocument(
        IReadOnlyList<StepDocument> Steps, ProvisioningOutputs Outputs, string? SecretsFile, string? SecretsParameterPath, IReadOnlyList<ShownSecret>? Secrets);
}
