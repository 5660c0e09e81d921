using System.Runtime.InteropServices;
using CognitoM2M.Cli.Running;

namespace CognitoM2M.Cli.Tests.Running;

public sealed class ChildSignalsTests
{
    [Theory]
    // The first signal: Linux and macOS without a terminal.
    [InlineData(PosixSignal.SIGINT, null, false, false, nameof(ChildSignal.PassOn))]
    [InlineData(PosixSignal.SIGQUIT, null, false, false, nameof(ChildSignal.PassOn))]
    [InlineData(PosixSignal.SIGTERM, null, false, false, nameof(ChildSignal.PassOn))]
    [InlineData(PosixSignal.SIGHUP, null, false, false, nameof(ChildSignal.PassOn))]
    // In the foreground of a terminal, which sends what the keyboard causes to the command, too.
    [InlineData(PosixSignal.SIGINT, null, false, true, nameof(ChildSignal.LeaveToSystem))]
    [InlineData(PosixSignal.SIGQUIT, null, false, true, nameof(ChildSignal.LeaveToSystem))]
    [InlineData(PosixSignal.SIGTERM, null, false, true, nameof(ChildSignal.PassOn))]
    [InlineData(PosixSignal.SIGHUP, null, false, true, nameof(ChildSignal.PassOn))]
    // Windows.
    [InlineData(PosixSignal.SIGINT, null, true, false, nameof(ChildSignal.LeaveToSystem))]
    [InlineData(PosixSignal.SIGQUIT, null, true, false, nameof(ChildSignal.LeaveToSystem))]
    [InlineData(PosixSignal.SIGTERM, null, true, false, nameof(ChildSignal.LeaveToSystem))]
    [InlineData(PosixSignal.SIGHUP, null, true, false, nameof(ChildSignal.LeaveToSystem))]
    // A later signal.
    [InlineData(PosixSignal.SIGINT, 0, false, false, nameof(ChildSignal.Ignore))]
    [InlineData(PosixSignal.SIGINT, 249, false, true, nameof(ChildSignal.Ignore))]
    [InlineData(PosixSignal.SIGINT, 250, false, true, nameof(ChildSignal.End))]
    [InlineData(PosixSignal.SIGTERM, 250, false, false, nameof(ChildSignal.End))]
    [InlineData(PosixSignal.SIGINT, 250, true, false, nameof(ChildSignal.End))]
    [InlineData(PosixSignal.SIGINT, 100_000, true, false, nameof(ChildSignal.End))]
    public void Signal_is_passed_on_once_and_a_later_one_ends_the_command(PosixSignal signal, int? sinceFirst, bool isWindows, bool isInForeground, string expected) =>
        Assert.Equal(
            expected,
            ChildSignals.Decide(signal, sinceFirst is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null, isWindows, isInForeground).ToString());

    [Theory]
    [InlineData("", "7")]
    [InlineData("    7     1\n   12     7\n   13    12\n  14     1\n", "7 12 13")]
    [InlineData("7 7\n12 7\nx y\n1 2 3\n", "7 12")]
    public void Tree_of_a_process_is_found_in_the_table_of_processes(string table, string expected) =>
        Assert.Equal(expected, string.Join(' ', ProcessTree.List(7, table)));
}
