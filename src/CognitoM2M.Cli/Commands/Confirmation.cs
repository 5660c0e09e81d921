using System.CommandLine;
using CognitoM2M.Cli.Parsing;

namespace CognitoM2M.Cli.Commands;

/// <summary>The user's confirmation before a command changes anything.</summary>
internal static class Confirmation
{
    public static Option<bool> CreateOption() => Flag.Create("--yes", "Do not ask for confirmation. Required where no terminal is attached.", "-y");

    /// <summary>Asks the user, unless <c>--yes</c> was given.</summary>
    /// <exception cref="ToolException">There is no terminal to ask at, or the answer is no.</exception>
    public static async Task RequireAsync(ToolContext context, bool isGiven, string question, CancellationToken cancellationToken)
    {
        if (isGiven)
            return;

        if (context.Terminal.Ask is not { } ask)
        {
            throw new ToolException(
                ExitCode.ConfirmationRequired, "Nothing was changed: the change needs a confirmation, and no terminal is attached. Confirm with --yes.");
        }

        if (!await ask(question, cancellationToken).ConfigureAwait(false))
            throw new ToolException(ExitCode.Cancelled, "Nothing was changed.");
    }
}
