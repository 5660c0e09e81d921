using CognitoM2M.Provisioning;
using Spectre.Console;

namespace CognitoM2M.Cli.Output;

/// <summary>Shows on standard error what is going on: a line that moves on a terminal, lines elsewhere.</summary>
internal static class ProgressDisplay
{
    /// <summary>Does something that may take more than a second.</summary>
    /// <param name="host">Where to show it.</param>
    /// <param name="beginning">What is shown until the first report.</param>
    /// <param name="work">What to do; may report from any thread.</param>
    public static async Task<T> ShowAsync<T>(ToolHost host, string beginning, Func<IProgress<ProvisioningProgress>, Task<T>> work)
    {
        var console = host.Terminal.Error;
        if (console.Profile.Capabilities is { Ansi: true, Interactive: true })
        {
            return await console.Status().StartAsync(
                Markup.Escape(beginning), status => work(new StatusProgress(status))).ConfigureAwait(false);
        }

        using var lines = new LineProgress(beginning, line => host.Terminal.Say(line), host.TimeProvider);
        return await work(lines).ConfigureAwait(false);
    }

    /// <inheritdoc cref="ShowAsync{T}"/>
    public static Task ShowAsync(ToolHost host, string beginning, Func<IProgress<ProvisioningProgress>, Task> work) =>
        ShowAsync(host, beginning, async progress =>
        {
            await work(progress).ConfigureAwait(false);
            return true;
        });

    private sealed class StatusProgress(StatusContext status) : IProgress<ProvisioningProgress>
    {
        public void Report(ProvisioningProgress value) => status.Status(Markup.Escape(PlainText.Of(ProgressText.Of(value))));
    }
}
