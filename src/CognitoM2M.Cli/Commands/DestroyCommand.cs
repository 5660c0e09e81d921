using System.CommandLine;
using CognitoM2M.Cli.Output;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>Removes what the blueprint describes.</summary>
internal static class DestroyCommand
{
    public static Command Create(ToolContext context)
    {
        var file = BlueprintFile.CreateArgument();
        var yes = Consent.CreateOption();
        var includeForeign = new Option<bool>("--include-foreign") { Description = "Also a user pool that was not made from a blueprint." };
        var overrideProtection = new Option<bool>("--override-deletion-protection")
        {
            Description = "Switch deletion protection off first.",
        };

        var command = new Command("destroy", "Removes the domains and the user pool with everything in it.")
        {
            file, yes, includeForeign, overrideProtection,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            context,
            parsed,
            parsed.GetRequiredValue(file),
            new DestroyOptions
            {
                IncludeForeign = parsed.GetValue(includeForeign),
                OverrideDeletionProtection = parsed.GetValue(overrideProtection),
            },
            parsed.GetValue(yes),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ToolContext context, ParseResult parsed, string path, DestroyOptions options, bool yes, CancellationToken cancellationToken)
    {
        var json = context.WantsJson(parsed);
        var blueprint = await BlueprintFile.LoadAsync(path, cancellationToken).ConfigureAwait(false);
        using var session = context.OpenSession(parsed);
        var plan = await ProgressDisplay.ShowAsync(
            context.Host,
            "Reading what exists",
            progress => session.Provisioner.PlanDestroyAsync(blueprint, options, progress, cancellationToken)).ConfigureAwait(false);

        if (!json)
            PlanText.Write(context.Terminal, plan);

        if (!plan.IsEmpty)
        {
            var question = $"Delete user pool '{blueprint.UserPool.Name}' ({plan.UserPoolId}) for good?";
            await Consent.RequireAsync(context, yes, question, cancellationToken).ConfigureAwait(false);
            await ProgressDisplay.ShowAsync(
                context.Host,
                "Destroying",
                progress => session.Provisioner.DestroyAsync(plan, plan.Losses, progress, cancellationToken)).ConfigureAwait(false);
        }

        if (json)
            context.Terminal.Result(JsonText.Of(new DestroyDocument(plan.UserPoolId, PlanDocument.Of(plan).Steps)));
        else if (!plan.IsEmpty)
            context.Terminal.Result("Destroyed.");

        return (int)ExitCode.Success;
    }

    private sealed record DestroyDocument(string? UserPoolId, IReadOnlyList<StepDocument> Steps);
}
