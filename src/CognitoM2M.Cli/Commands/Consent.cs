using System.CommandLine;

namespace CognitoM2M.Cli.Commands;

/// <summary>A person's yes before anything is changed.</summary>
internal static class Consent
{
    public static Option<bool> CreateOption() => new("--yes", "-y") { Description = "Do not ask." };

    /// <summary>Asks, unless told not to.</summary>
    /// <exception cref="ToolException">Nobody is there to ask, or the answer is no.</exception>
    public static async Task RequireAsync(ToolContext context, bool given, string question, CancellationToken cancellationToken)
    {
        if (given)
            return;

        if (context.Terminal.Ask is not { } ask)
        {
            throw new ToolException(
                ExitCode.NeedsAllowance, "This changes things, and there is nobody to ask. Nothing was changed. Confirm with --yes.");
        }

        if (!await ask(question, cancellationToken).ConfigureAwait(false))
            throw new ToolException(ExitCode.Cancelled, "Nothing was changed.");
    }
}
