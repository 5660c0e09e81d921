using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CognitoM2M.Cli.Running;

/// <summary>A command with the standard streams, the folder and the environment of the tool, and further environment variables.</summary>
internal sealed class ChildProcess : IChildProcess
{
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    /// <summary>Starts a command.</summary>
    /// <param name="command">The program and its arguments. No shell reads them.</param>
    /// <param name="variables">The further environment variables.</param>
    /// <exception cref="ToolException">The command cannot be started.</exception>
    public static IChildProcess Start(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { UseShellExecute = false };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;

        try
        {
            return new ChildProcess(Process.Start(start)!);
        }
        catch (Win32Exception e)
        {
            throw new ToolException(ExitCode.CommandNotStarted, $"The command '{command[0]}' could not be started: {e.Message}");
        }
    }

    public async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        return _process.ExitCode;
    }

    public void PassOn(PosixSignal signal)
    {
        if (_process.HasExited)
            return;

        // The signal goes to all child processes, as from a terminal: 'dotnet test' ignores Ctrl+C and relies on its child process to get Ctrl+C, too.
        foreach (var process in ProcessTree.List(_process.Id))
            UnixProcess.Send(process, signal);
    }

    public void End()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // The command has ended by itself.
        }
    }

    public void Dispose() => _process.Dispose();
}
