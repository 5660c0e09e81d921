using System.Runtime.InteropServices;

namespace CognitoM2M.Cli.Running;

/// <summary>What .NET does not offer about processes on Linux and macOS.</summary>
internal static class UnixProcess
{
    /// <summary>Sends a signal to a process. A process that has ended is no error.</summary>
    public static void Send(int processId, PosixSignal signal) => _ = Kill(processId, signal switch
    {
        PosixSignal.SIGHUP => 1,
        PosixSignal.SIGINT => 2,
        PosixSignal.SIGQUIT => 3,
        _ => 15,
    });

    /// <summary>Whether this process is in the foreground of its terminal. Ctrl+C then reaches every process that this process has started, too.</summary>
    public static bool IsInForeground()
    {
        if (OperatingSystem.IsWindows())
            return false;

        try
        {
            using var terminal = File.OpenHandle("/dev/tty", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return GetForegroundGroup((int)terminal.DangerousGetHandle()) == GetOwnGroup();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The process has no terminal.
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);

    [DllImport("libc", EntryPoint = "tcgetpgrp")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetForegroundGroup(int file);

    [DllImport("libc", EntryPoint = "getpgrp")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetOwnGroup();
}
