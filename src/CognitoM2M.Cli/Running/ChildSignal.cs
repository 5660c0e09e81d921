using System.Runtime.InteropServices;

namespace CognitoM2M.Cli.Running;

/// <summary>What happens to the running command when the tool gets a signal.</summary>
internal enum ChildSignal
{
    /// <summary>Nothing: the signal belongs to one that was handled before.</summary>
    Ignore,

    /// <summary>Nothing: the system has sent the signal to the command, too.</summary>
    LeaveToSystem,

    /// <summary>The command gets the same signal.</summary>
    PassOn,

    /// <summary>The command is ended.</summary>
    End,
}

/// <summary>Decides what a signal means for the running command.</summary>
internal static class ChildSignals
{
    // Programs such as timeout send a signal to a process and then to its whole group.
    private static readonly TimeSpan _sameEvent = TimeSpan.FromMilliseconds(250);

    /// <param name="signal">The signal.</param>
    /// <param name="sinceFirst">How long ago the first signal came; null if this is the first.</param>
    /// <param name="isWindows">Whether the tool runs on Windows, where every process of a console gets the events of the console.</param>
    /// <param name="isInForeground">Whether the tool is in the foreground of a terminal, which sends Ctrl+C to every process there.</param>
    public static ChildSignal Decide(PosixSignal signal, TimeSpan? sinceFirst, bool isWindows, bool isInForeground)
    {
        if (sinceFirst is { } elapsed)
            return elapsed < _sameEvent ? ChildSignal.Ignore : ChildSignal.End;

        var isFromKeyboard = signal is PosixSignal.SIGINT or PosixSignal.SIGQUIT;
        return isWindows || (isFromKeyboard && isInForeground) ? ChildSignal.LeaveToSystem : ChildSignal.PassOn;
    }
}
