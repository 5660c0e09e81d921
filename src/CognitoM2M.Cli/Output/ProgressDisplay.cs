using CognitoM2M.Provisioning;
using CognitoM2M.Shared;
using Spectre.Console;

namespace CognitoM2M.Cli.Output;

/// <summary>Shows the progress of a command on standard error: one changing line on a terminal, separate lines elsewhere.</summary>
internal static class ProgressDisplay
{
    /// <summary>Runs work that may take more than a second, and shows its progress.</summary>
    /// <param name="host">Has the terminal and the clock.</param>
    /// <param name="firstLine">Shown until the work reports for the first time.</param>
    /// <param name="work">The work. It may report from any thread.</param>
    public static async Task<T> ShowAsync<T>(ToolHost host, string firstLine, Func<IProgress<ProvisioningProgress>, Task<T>> work)
    {
        var console = host.Terminal.Error;
        if (console.Profile.Capabilities is { Ansi: true, Interactive: true })
        {
            return await console.Status().StartAsync(Markup.Escape(firstLine), async status =>
            {
                using var changing = new ChangingLine(line => status.Status(Markup.Escape(OneLine.Escape(line))), host.TimeProvider);
                return await work(changing).ConfigureAwait(false);
            }).ConfigureAwait(false);
        }

        using var lines = new LineProgress(firstLine, line => host.Terminal.Say(line), host.TimeProvider);
        return await work(lines).ConfigureAwait(false);
    }

    /// <inheritdoc cref="ShowAsync{T}"/>
    public static Task ShowAsync(ToolHost host, string firstLine, Func<IProgress<ProvisioningProgress>, Task> work) =>
        ShowAsync(host, firstLine, async progress =>
        {
            await work(progress).ConfigureAwait(false);
            return true;
        });
}
