using System.CommandLine;
using CognitoM2M.Cli.Output;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>Deletes what the blueprint describes.</summary>
internal static class DestroyCommand
{
    public static Command Create(ToolContext context)
    {
        var file = BlueprintFile.CreateArgument();
        var yes = Confirmation.CreateOption();
        var allowUntagged = Flag.Create(
            "--allow-untagged-user-pool",
            "Also delete what the blueprint names in a user pool that is external or not managed by a blueprint. The user pool stays. [default: such a user pool is an error]");
        var allowWhole = Flag.Create(
            "--allow-whole-user-pool",
            "Delete the user pool with everything in it: users, and what others have created. [default: it is deleted only if it was created from a blueprint and nothing else is in it]");
        var overrideProtection = Flag.Create(
            "--override-deletion-protection", "Turn deletion protection off first. [default: a protected user pool is an error]");

        var command = new Command("destroy", "Deletes what the blueprint names, and the user pool if it was created from a blueprint and nothing else is in it.")
        {
            file, yes, allowUntagged, allowWhole, overrideProtection,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            context,
            parsed,
            parsed.GetRequiredValue(file),
            new DestroyOptions
            {
                AllowUntaggedUserPool = parsed.GetValue(allowUntagged),
                AllowWholeUserPool = parsed.GetValue(allowWhole),
                OverrideDeletionProtection = parsed.GetValue(overrideProtection),
            },
            parsed.GetValue(yes),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ToolContext context, ParseResult parsed, string path, DestroyOptions options, bool isConfirmed, CancellationToken cancellationToken)
    {
        var json = context.WantsJson(parsed);
        var blueprint = await BlueprintFile.LoadAsync(path, context.ReadVariables(parsed), cancellationToken).ConfigureAwait(false);
        using var provisioner = context.CreateProvisioner(parsed);
        var plan = await ProgressDisplay.ShowAsync(
            context.Host,
            "reading the user pool",
            progress => provisioner.PlanDestroyAsync(blueprint, options, progress, cancellationToken)).ConfigureAwait(false);

        if (!json)
            PlanText.Write(context.Terminal, plan);

        if (!plan.IsEmpty)
        {
            await Confirmation.RequireAsync(context, isConfirmed, CreateQuestion(plan), cancellationToken).ConfigureAwait(false);
            await ProgressDisplay.ShowAsync(
                context.Host,
                "destroying",
                progress => provisioner.DestroyAsync(plan, plan.DestructiveChanges, progress, cancellationToken)).ConfigureAwait(false);
        }

        if (json)
            context.Terminal.Document(JsonText.Serialize(
                new DestroyDocument(plan.UserPoolId, PlanDocument.Create(plan).Steps, plan.Staying, plan.Unmanaged), CommandDocuments.Instance.DestroyDocument));
        else if (!plan.IsEmpty)
            context.Terminal.Result(plan.Staying.Count == 0 ? "Destroyed." : "Destroyed. Everything that the plan lists as staying is still there.");

        return (int)ExitCode.Success;
    }

    private static string CreateQuestion(ProvisioningPlan plan)
    {
        var pool = $"user pool '{plan.Blueprint.UserPool.Name}' ({plan.UserPoolId})";
        if (plan.DestructiveChanges.HasFlag(DestructiveChanges.UserPool))
            return $"Delete {pool} permanently?";

        return plan.Steps.Count == 1 ? $"Carry out this step in {pool}?" : $"Carry out these {plan.Steps.Count} steps in {pool}?";
    }

    internal sealed record DestroyDocument(
        string? UserPoolId, IReadOnlyList<StepDocument> Steps, IReadOnlyList<string> Staying, IReadOnlyList<string> Unmanaged);
}
