using System.Runtime.InteropServices;

namespace CognitoM2M.Cli.Running;

/// <summary>A command that the tool has started. Tests replace it.</summary>
internal interface IChildProcess : IDisposable
{
    /// <summary>Waits until the command has ended.</summary>
    /// <returns>The exit code of the command.</returns>
    Task<int> WaitAsync();

    /// <summary>Sends a signal to the command and to what the command has started. Not called on Windows.</summary>
    void PassOn(PosixSignal signal);

    /// <summary>Ends the command and what the command has started.</summary>
    void End();
}
