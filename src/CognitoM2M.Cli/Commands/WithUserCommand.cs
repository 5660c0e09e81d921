using System.CommandLine;
using System.CommandLine.Parsing;
using CognitoM2M.Cli.Output;
using CognitoM2M.Cli.Parsing;
using CognitoM2M.Cli.Running;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>Runs a command with a user who exists as long as the command runs.</summary>
internal static class WithUserCommand
{
    private const string Name = "with-user";

    public static Command Create(ToolContext context)
    {
        var words = new Argument<string[]>("COMMAND")
        {
            Description = "The command and its arguments, behind --. No shell reads them.",
            Arity = ArgumentArity.OneOrMore,
            CustomParser = ParseCommand,
        };
        var client = new Option<string?>("--client")
        {
            Description = "The name of the section in CognitoM2M:Clients that the command reads: its Username and Password are set as environment variables, too. [default: none]",
            HelpName = "NAME",
            CustomParser = TextValue.ParseVariablePart,
        };
        var pool = new UserPoolOption();
        var attributes = new UserAttributes();
        var command = new Command(
            Name,
            "Creates a temporary user, runs a command with the name and the password of the user in environment variables, and deletes the user: also if the command fails or is stopped. Returns the exit code of the command.")
        {
            words, client,
        };
        pool.AddTo(command);
        attributes.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RequireDashes(parsed, parsed.GetRequiredValue(words));
            using var run = new CommandRun(context.Host);
            using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, run.Stopping);
            var (userPool, _) = await pool.ReadAsync(context, parsed, stopping.Token).ConfigureAwait(false);
            using var provisioner = context.CreateProvisioner(parsed);
            return await RunAsync(
                context,
                progress => provisioner.CreateTemporaryUserAsync(userPool, attributes.ReadTemporary(parsed), progress, stopping.Token),
                user => run.RunAsync(parsed.GetRequiredValue(words), UserVariables.Create(user, parsed.GetValue(client)))).ConfigureAwait(false);
        });
        return command;
    }

    /// <summary>Whether the command handles signals itself, so that a signal does not end the tool before the user is deleted.</summary>
    public static bool HandlesSignals(Command command) => command.Name == Name;

    private static string[]? ParseCommand(ArgumentResult result)
    {
        string[] words = [.. result.Tokens.Select(token => token.Value)];
        if (!string.IsNullOrWhiteSpace(words[0]))
            return words;

        ValueError.Add(result, "must not be empty.");
        return null;
    }

    // Without the dashes, the tool would read an option of the command, such as --json, as an option of the tool.
    private static void RequireDashes(ParseResult parsed, string[] words)
    {
        if (parsed.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Skip(1).Count() != words.Length)
            throw new ToolException(ExitCode.Usage, "Write -- in front of the command: cognito-m2m with-user [options] -- COMMAND [arguments].");
    }

    private static async Task<int> RunAsync(
        ToolContext context, Func<IProgress<ProvisioningProgress>, Task<TemporaryUser>> createAsync, Func<TemporaryUser, Task<int>> runCommandAsync)
    {
        TemporaryUser? user = null;
        int exitCode;
        try
        {
            // Everything after the creation is in the try block: to show the progress can fail, too.
            await ProgressDisplay.ShowAsync(
                context.Host, "creating the temporary user", async progress => user = await createAsync(progress).ConfigureAwait(false)).ConfigureAwait(false);
            context.Terminal.Say($"Created the temporary user '{user!.Username}'.");
            exitCode = await runCommandAsync(user).ConfigureAwait(false);
        }
        catch when (user is not null)
        {
            await TryDeleteAsync(context, user).ConfigureAwait(false);
            throw;
        }

        // The result of the command counts more than the user who is left.
        var failure = await TryDeleteAsync(context, user).ConfigureAwait(false);
        return exitCode == 0 && failure is { } code ? (int)code : exitCode;
    }

    /// <returns>Null if the user is gone.</returns>
    private static async Task<ExitCode?> TryDeleteAsync(ToolContext context, TemporaryUser user)
    {
        try
        {
            await user.DisposeAsync().ConfigureAwait(false);
            context.Terminal.Say($"Deleted the temporary user '{user.Username}'.");
            return null;
        }
        catch (CognitoProvisioningException e)
        {
            var failure = Failure.Create(e);
            context.Terminal.Say($"error: {failure.Message}", Styles.Error);
            context.Terminal.Say($"With this tool: {context.Host.CommandName} user delete --pool {user.UserPoolId} --yes {user.Id}");
            return failure.Code;
        }
    }
}
