using System.Runtime.InteropServices;
using CognitoM2M.Emulator;

namespace CognitoM2M.Cli.Tests.Running;

/// <summary><c>with-user</c> as a process, with real commands and real signals, against the emulator.</summary>
public sealed class WithUserProcessTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cognito-m2m-");
    private CognitoEmulator _cognito = null!;
    private EmulatedUserPool _pool = null!;

    public async Task InitializeAsync()
    {
        _cognito = await CognitoEmulator.StartAsync();
        _pool = _cognito.CreateUserPool("tests");
    }

    public async Task DisposeAsync()
    {
        await _cognito.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [LinuxTheory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("kill -9 $$", 137)]
    public async Task User_is_gone_after_success_and_failure(string script, int exitCode)
    {
        using var tool = Start("sh", "-c", $"echo \"$COGNITO_M2M_USERNAME at $COGNITO_M2M_USER_POOL_ID\"; {script}");

        var (code, output, _) = await tool.WaitAsync();

        Assert.Equal(exitCode, code);
        Assert.Matches($"^cognito-m2m-temp-[0-9]{{8}}T[0-9]{{6}}Z-[a-z0-9]{{16}} at {_pool.Id}\n$", output);
        Assert.Empty(_pool.Users);
    }

    [LinuxTheory]
    [InlineData("no-such-command-anywhere")]
    [InlineData("/dev/null")]
    public async Task User_is_gone_if_the_command_cannot_be_started(string command)
    {
        using var tool = Start(command);

        var (code, _, error) = await tool.WaitAsync();

        Assert.Equal((int)ExitCode.CommandNotStarted, code);
        Assert.Contains($"The command '{command}' could not be started", error, StringComparison.Ordinal);
        Assert.Empty(_pool.Users);
    }

    [LinuxTheory]
    [InlineData(PosixSignal.SIGINT, "INT")]
    [InlineData(PosixSignal.SIGTERM, "TERM")]
    [InlineData(PosixSignal.SIGHUP, "HUP")]
    [InlineData(PosixSignal.SIGQUIT, "QUIT")]
    public async Task Signal_reaches_the_command_which_may_finish_its_work_before_the_user_is_deleted(PosixSignal signal, string name)
    {
        using var tool = Start("sh", "-c", $"trap 'echo stopped; exit 3' {name}; echo ready; while :; do sleep 0.1; done");
        await tool.WaitForAsync("ready");
        Assert.Single(_pool.Users);

        tool.Send(signal);
        var (code, output, _) = await tool.WaitAsync();

        Assert.Equal((3, "ready\nstopped\n"), (code, output));
        Assert.Empty(_pool.Users);
    }

    [LinuxTheory]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGTERM, 143)]
    public async Task Command_that_the_signal_ends_returns_the_code_of_the_signal(PosixSignal signal, int exitCode)
    {
        using var tool = Start("sh", "-c", "echo ready; exec sleep 1000");
        await tool.WaitForAsync("ready");

        tool.Send(signal);
        var (code, _, _) = await tool.WaitAsync();

        Assert.Equal(exitCode, code);
        Assert.Empty(_pool.Users);
    }

    [LinuxTheory]
    [InlineData(PosixSignal.SIGINT)]
    [InlineData(PosixSignal.SIGTERM)]
    public async Task Second_signal_ends_a_command_that_goes_on(PosixSignal signal)
    {
        // The command goes on after the first signal. A second one within a quarter of a second would count as the same event, so the command waits.
        using var tool = Start("sh", "-c", "trap 'sleep 0.4; echo second' INT TERM; echo ready; while :; do sleep 0.1; done; echo never");
        await tool.WaitForAsync("ready");

        tool.Send(signal);
        await tool.WaitForAsync("second");
        tool.Send(signal);
        var (code, output, _) = await tool.WaitAsync();

        Assert.Equal((137, "ready\nsecond\n"), (code, output));
        Assert.Empty(_pool.Users);
    }

    [LinuxTheory]
    [InlineData("input of the tool")]
    public async Task Command_has_the_streams_of_the_tool(string text)
    {
        using var tool = Start("sh", "-c", $"echo '{text}'; echo 'message' >&2");

        var (_, output, error) = await tool.WaitAsync();

        Assert.Equal($"{text}\n", output);
        Assert.Contains("message\n", error, StringComparison.Ordinal);
    }

    private ToolProcess Start(params string[] command) =>
        ToolProcess.Start(_cognito.BaseAddress, _folder.FullName, ["with-user", "--pool", _pool.Id, "--client", "robots", "--", .. command]);
}
