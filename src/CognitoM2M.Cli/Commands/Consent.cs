using System.CommandLine;
using CognitoM2M.Cli.CommandLine;
using Spectre.Console;

namespace CognitoM2M.Cli.Commands;

/// <summary>A person's yes before anything is changed.</summary>
internal static class Consent
{
    public static Option<bool> CreateOption() => new("--yes", "-y") { Description = "Do not ask." };

    /// <summary>Asks, unless told not to.</summary>
    /// <exception cref="ToolException">Nobody is there to ask.</exception>
    /// <exception cref="OperationCanceledException">The answer is no, or was interrupted.</exception>
    public static async Task RequireAsync(ToolContext context, bool given, string question, CancellationToken cancellationToken)
    {
        if (given)
            return;

        if (!context.Terminal.CanAsk)
            throw new ToolException(ExitCode.NeedsAllowance, "This changes things, and there is nobody to ask. Nothing was changed. Confirm with --yes.");

        var prompt = new ConfirmationPrompt(Markup.Escape(question)) { DefaultValue = false };
        if (!await prompt.ShowAsync(context.Terminal.Error, cancellationToken).ConfigureAwait(false))
            throw new ToolException(ExitCode.Cancelled, "Nothing was changed.");
    }
}
