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
            "--allow-untagged-user-pool", "Also delete a user pool that was not created from a blueprint. [default: such a user pool is an error]");
        var overrideProtection = Flag.Create(
            "--override-deletion-protection", "Turn deletion protection off first. [default: a protected user pool is an error]");

        var command = new Command("destroy", "Deletes the blueprint's domains and its user pool with everything in it.")
        {
            file, yes, allowUntagged, overrideProtection,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            context,
            parsed,
            parsed.GetRequiredValue(file),
            new DestroyOptions
            {
                AllowUntaggedUserPool = parsed.GetValue(allowUntagged),
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
            var question = $"Delete user pool '{blueprint.UserPool.Name}' ({plan.UserPoolId}) permanently?";
            await Confirmation.RequireAsync(context, isConfirmed, question, cancellationToken).ConfigureAwait(false);
            await ProgressDisplay.ShowAsync(
                context.Host,
                "destroying",
                progress => provisioner.DestroyAsync(plan, plan.DestructiveChanges, progress, cancellationToken)).ConfigureAwait(false);
        }

        if (json)
            context.Terminal.Document(JsonText.Serialize(new DestroyDocument(plan.UserPoolId, PlanDocument.Create(plan).Steps)));
        else if (!plan.IsEmpty)
            context.Terminal.Result("Destroyed.");

        return (int)ExitCode.Success;
    }

    private sealed record DestroyDocument(string? UserPoolId, IReadOnlyList<StepDocument> Steps);
}
