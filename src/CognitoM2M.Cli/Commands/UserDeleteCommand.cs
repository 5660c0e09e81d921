using System.CommandLine;
using CognitoM2M.Cli.Output;
using CognitoM2M.Cli.Parsing;

namespace CognitoM2M.Cli.Commands;

/// <summary>Deletes a user.</summary>
internal static class UserDeleteCommand
{
    public static Command Create(ToolContext context)
    {
        var name = new Argument<string>("NAME")
        {
            Description = "The name that the user signs in with, or the sub.",
            CustomParser = result => TextValue.ParseUsername(result)!,
        };
        var pool = new UserPoolOption();
        var yes = Confirmation.CreateOption();
        var command = new Command("delete", "Deletes a user. A user who does not exist is an error.") { name, yes };
        pool.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (userPool, _) = await pool.ReadAsync(context, parsed, cancellationToken).ConfigureAwait(false);
            var user = parsed.GetRequiredValue(name);
            await Confirmation.RequireAsync(context, parsed.GetValue(yes), $"Delete the user '{user}' of user pool {userPool}?", cancellationToken).ConfigureAwait(false);
            using var provisioner = context.CreateProvisioner(parsed);
            if (!await provisioner.DeleteUserAsync(userPool, user, cancellationToken).ConfigureAwait(false))
                throw new ToolException(ExitCode.NotFound, $"There is no user '{user}' in user pool {userPool}.");

            if (context.WantsJson(parsed))
                context.Terminal.Document(JsonText.Serialize(new DeletedUsersDocument([user], []), CommandDocuments.Instance.DeletedUsersDocument));
            else
                context.Terminal.Result($"Deleted the user '{user}'.");
            return (int)ExitCode.Success;
        });
        return command;
    }

    internal sealed record DeletedUsersDocument(IReadOnlyList<string> Deleted, IReadOnlyList<string> Left);
}
