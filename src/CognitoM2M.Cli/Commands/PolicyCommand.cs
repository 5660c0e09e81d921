using System.CommandLine;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Cli.Secrets;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>Prints the IAM policy that a blueprint needs. Sends no request.</summary>
internal static class PolicyCommand
{
    public static Command Create(ToolContext context)
    {
        var file = BlueprintFile.CreateArgument();
        var account = new Option<string?>("--account-id")
        {
            Description = "The AWS account, 12 digits. [default: any account]",
            HelpName = "DIGITS",
            CustomParser = TextValue.ParseAccountId,
        };
        var pool = new Option<string?>("--user-pool-id")
        {
            Description = "The user pool, once it exists. [default: the id in the blueprint, or else any user pool]",
            HelpName = "ID",
            CustomParser = TextValue.ParseUserPoolId,
        };
        var readOnly = Flag.Create("--read-only", "Allow only what plan and outputs need.");
        var adopt = Flag.Create("--adopt", "Also allow what apply --adopt needs: to mark a user pool that no blueprint manages. [default: not allowed]");
        var noDelete = Flag.Create("--no-delete", "Leave out what destroy, --prune and the replacement of a domain need.");
        var noRotation = Flag.Create("--no-rotation", "Leave out what rotate-secret needs.");

        var temporaryUsers = Flag.Create(
            "--temporary-users", "Allow only what with-user, 'user create --temporary', 'user delete' and 'user sweep' need. No blueprint is read, unless FILE is given.");

        var secrets = new Option<string?>("--secrets")
        {
            Description = "Also allow to store secrets in AWS Parameter Store under this path, as apply and rotate-secret do. [default: Parameter Store is not allowed]",
            HelpName = "ssm:/PATH",
            CustomParser = ParameterStoreOptions.ParseDestination,
        };
        var kmsKey = ParameterStoreOptions.CreateKmsKey();

        var command = new Command("policy", "Prints the least-privilege IAM policy for a blueprint. Sends no request. It covers the region of --region, AWS_REGION or AWS_DEFAULT_REGION, or else every region.")
        {
            file, account, pool, secrets, kmsKey, readOnly, adopt, noDelete, noRotation, temporaryUsers,
        };
        Option[] others = [secrets, kmsKey, readOnly, adopt, noDelete, noRotation];
        command.Validators.Add(result =>
        {
            if (result.GetValue(temporaryUsers) && others.FirstOrDefault(option => result.GetResult(option) is not null) is { } other)
                result.AddError($"--temporary-users and {other.Name} exclude each other.");
        });
        ParameterStoreOptions.RequirePath(command, secrets, kmsKey);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(temporaryUsers))
            {
                context.Terminal.Document(ProvisioningPolicy.CreateForTemporaryUsers(new PolicyOptions
                {
                    Region = context.ReadAwsSettings(parsed).Region,
                    AccountId = parsed.GetValue(account),
                    UserPoolId = parsed.GetValue(pool) ?? await FindUserPoolIdAsync(context, parsed, file, cancellationToken).ConfigureAwait(false),
                }));
                return (int)ExitCode.Success;
            }

            var blueprint = await BlueprintFile.LoadAsync(parsed.GetRequiredValue(file), context.ReadVariables(parsed), cancellationToken).ConfigureAwait(false);
            var mayChange = !parsed.GetValue(readOnly);

            if (blueprint.UserPool is { External: true, Id: null } && parsed.GetValue(pool) is null && mayChange)
            {
                throw new ToolException(
                    ExitCode.Usage,
                    "The user pool is external, so it has no tag that limits the policy to it. Give --user-pool-id, or userPool.id in the blueprint. "
                    + "With --read-only the id may be left out.");
            }

            context.Terminal.Document(ProvisioningPolicy.Create(blueprint, new PolicyOptions
            {
                Region = context.ReadAwsSettings(parsed).Region,
                AccountId = parsed.GetValue(account),
                UserPoolId = parsed.GetValue(pool),
                SecretsPath = ParameterStoreOptions.FindPath(parsed.GetValue(secrets)),
                SecretsKmsKey = parsed.GetValue(kmsKey),
                AllowApply = mayChange,
                AllowAdoption = parsed.GetValue(adopt),
                AllowDelete = mayChange && !parsed.GetValue(noDelete),
                AllowRotation = mayChange && !parsed.GetValue(noRotation),
            }));
            return (int)ExitCode.Success;
        });
        return command;
    }

    /// <summary>The id of the user pool in the blueprint, if the user names a blueprint.</summary>
    private static async Task<string?> FindUserPoolIdAsync(ToolContext context, ParseResult parsed, Argument<string> file, CancellationToken cancellationToken) =>
        parsed.GetResult(file) is { Tokens.Count: > 0 }
            ? (await BlueprintFile.LoadAsync(parsed.GetRequiredValue(file), context.ReadVariables(parsed), cancellationToken).ConfigureAwait(false)).UserPool.Id
            : null;
}
