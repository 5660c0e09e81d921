using System.CommandLine;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Cli.Output;
using CognitoM2M.Cli.Secrets;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>Makes what the blueprint describes.</summary>
internal static class ApplyCommand
{
    public static Command Create(ToolContext context)
    {
        var file = BlueprintFile.CreateArgument();
        var planning = new PlanningOptions();
        var secrets = new SecretOptions();
        var yes = Consent.CreateOption();
        var allow = new Option<string[]>("--allow")
        {
            Description = "What may be lost; may be repeated.",
            HelpName = "scope|flow|app-client|domain|all",
        };
        allow.AcceptOnlyFromAmong("scope", "flow", "app-client", "domain", "all");
        var wait = new Option<bool>("--wait") { Description = "Wait until each app client gets a token. AWS charges for each token." };
        var timeout = new Option<int>("--timeout")
        {
            Description = "How long to wait; a new custom domain may need 60 minutes.",
            HelpName = "MINUTES",
            CustomParser = WholeNumber.Between(1, 1440),
            DefaultValueFactory = _ => 5,
        };

        var command = new Command("apply", "Makes what the blueprint describes.") { file, yes, allow, wait, timeout };
        planning.AddTo(command);
        secrets.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            context,
            parsed,
            parsed.GetRequiredValue(file),
            planning.From(parsed),
            secrets.From(parsed),
            new ApplyOptions
            {
                Allow = LossNames.Parse(parsed.GetValue(allow) ?? []),
                Ready = parsed.GetValue(wait)
                    ? context.AwsSettings(parsed).ToReadyOptions(TimeSpan.FromMinutes(parsed.GetValue(timeout)))
                    : null,
            },
            parsed.GetValue(yes),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ToolContext context, ParseResult parsed, string path, PlanOptions planning, SecretOutput secrets, ApplyOptions options, bool yes,
        CancellationToken cancellationToken)
    {
        var json = context.WantsJson(parsed);
        var blueprint = await BlueprintFile.LoadAsync(path, cancellationToken).ConfigureAwait(false);
        using var session = context.OpenSession(parsed);
        var plan = await ProgressDisplay.ShowAsync(
            context.Host,
            "Reading what exists",
            progress => session.Provisioner.PlanAsync(blueprint, planning, progress, cancellationToken)).ConfigureAwait(false);

        if (!json)
            PlanText.Write(context.Terminal, plan);

        if (!plan.IsEmpty)
        {
            RequireAllowance(plan, options.Allow);
            await Consent.RequireAsync(context, yes, $"Carry out {Steps(plan)}?", cancellationToken).ConfigureAwait(false);
        }

        options.Secrets = secrets.Sink;
        var outputs = await ProgressDisplay.ShowAsync(
            context.Host,
            "Applying",
            progress => session.Provisioner.ApplyAsync(plan, options, progress, cancellationToken)).ConfigureAwait(false);

        if (json)
            context.Terminal.Result(JsonText.Of(new ApplyDocument(PlanDocument.Of(plan).Steps, outputs, secrets.Path, secrets.Shown)));
        else
            WriteText(context.Terminal, outputs, secrets);

        return (int)ExitCode.Success;
    }

    // Before the question, so that nobody says yes to what is refused afterwards.
    private static void RequireAllowance(ProvisioningPlan plan, ProvisioningLosses allowed)
    {
        var missing = plan.Losses & ~allowed;
        if (missing == ProvisioningLosses.None)
            return;

        var reasons = plan.Steps.Where(step => (step.Losses & missing) != ProvisioningLosses.None)
            .Select(step => $"{Environment.NewLine}  {step.Title}: {step.LossReason}");
        var flags = string.Join(' ', LossNames.Of(missing).Select(name => $"--allow {name}"));
        throw new ToolException(
            ExitCode.NeedsAllowance,
            $"Something would be lost. Nothing was changed. If that is meant, add {flags}:{string.Concat(reasons)}");
    }

    private static void WriteText(Terminal terminal, ProvisioningOutputs outputs, SecretOutput secrets)
    {
        OutputsText.Write(terminal, outputs);
        secrets.Write(terminal);

        if (secrets.Sink is null)
            terminal.Say("Secrets were not handed over. To have them, apply again with --secrets FILE.");
    }

    private static string Steps(ProvisioningPlan plan) => plan.Steps.Count == 1 ? "this step" : $"these {plan.Steps.Count} steps";

    private sealed record ApplyDocument(
        IReadOnlyList<StepDocument> Steps, ProvisioningOutputs Outputs, string? SecretsFile, IReadOnlyList<ShownSecret>? Secrets);
}
