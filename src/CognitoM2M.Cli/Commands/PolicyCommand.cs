using System.CommandLine;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>Prints the IAM policy that a blueprint needs. Asks nobody.</summary>
internal static class PolicyCommand
{
    public static Command Create(ToolContext context)
    {
        var file = BlueprintFile.CreateArgument();
        var account = new Option<string?>("--account-id") { Description = "The account. [default: any]", HelpName = "DIGITS" };
        var pool = new Option<string?>("--user-pool-id")
        {
            Description = "The user pool, once it exists. [default: that of the blueprint, else any]",
            HelpName = "ID",
        };
        account.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } id && (id.Length != 12 || !id.All(char.IsAsciiDigit)))
                result.AddError("--account-id must be 12 digits.");
        });
        pool.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } id && !IsUserPoolId(id))
                result.AddError("--user-pool-id must look like eu-west-1_AbCdEfGhI.");
        });
        var readOnly = new Option<bool>("--read-only") { Description = "For plan and outputs alone." };
        var noDelete = new Option<bool>("--no-delete") { Description = "Without destroying, replacing and pruning." };
        var noRotation = new Option<bool>("--no-rotation") { Description = "Without secret rotation." };

        var command = new Command("policy", "Prints the least-privilege IAM policy for a blueprint, for one --region or any.")
        {
            file, account, pool, readOnly, noDelete, noRotation,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var blueprint = await BlueprintFile.LoadAsync(parsed.GetRequiredValue(file), cancellationToken).ConfigureAwait(false);
            var mayChange = !parsed.GetValue(readOnly);

            context.Terminal.Result(ProvisioningPolicy.For(blueprint, new PolicyOptions
            {
                // The option alone: a policy should not depend on the machine that printed it.
                Region = parsed.GetValue(context.Options.Region),
                AccountId = parsed.GetValue(account),
                UserPoolId = parsed.GetValue(pool),
                AllowApply = mayChange,
                AllowDelete = mayChange && !parsed.GetValue(noDelete),
                AllowRotation = mayChange && !parsed.GetValue(noRotation),
            }));
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static bool IsUserPoolId(string id) =>
        id.Split('_') is [{ Length: > 0 } region, { Length: > 0 } rest] && region.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && rest.All(char.IsAsciiLetterOrDigit);
}
