using System.Runtime.InteropServices;
using CognitoM2M.Cli.Running;
using CognitoM2M.Emulator;
using CognitoM2M.Testing;

namespace CognitoM2M.Cli.Tests.Commands;

/// <summary><c>with-user</c> with a command that the test plays.</summary>
public sealed class WithUserTests : ToolTestBase
{
    private readonly ManualClock _clock = new();
    private readonly FakeCommand _command = new();
    private EmulatedUserPool _pool = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _pool = Cognito.CreateUserPool("tests");
        StartProcess = _command.Start;
        _command.Pool = _pool;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public async Task Command_gets_the_user_and_its_exit_code_is_returned(int exitCode)
    {
        _command.Exit.SetResult(exitCode);

        var run = await RunWithUserAsync("--client", "robots", "--attribute", "given_name=Ann", "--", "dotnet", "test", "--filter", "Orders");

        Assert.Equal(exitCode, (int)run.Code);
        Assert.Equal(["dotnet", "test", "--filter", "Orders"], _command.Words!);
        Assert.Equal("Ann", _command.GivenName);
        Assert.Equal(
            ["COGNITO_M2M_PASSWORD", "COGNITO_M2M_USERNAME", "COGNITO_M2M_USER_POOL_ID", "CognitoM2M__Clients__robots__Password", "CognitoM2M__Clients__robots__Username"],
            _command.Variables!.Keys.Order(StringComparer.Ordinal));
        var name = _command.Username!;
        Assert.Equal((name, name, _pool.Id), (_command.Variables["COGNITO_M2M_USERNAME"], _command.Variables["CognitoM2M__Clients__robots__Username"], _command.Variables["COGNITO_M2M_USER_POOL_ID"]));
        Assert.Equal(_command.Variables["COGNITO_M2M_PASSWORD"], _command.Variables["CognitoM2M__Clients__robots__Password"]);
        Assert.DoesNotContain(_command.Variables["COGNITO_M2M_PASSWORD"], run.Everything, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
        Assert.Contains($"Deleted the temporary user '{name}'.", run.Error, StringComparison.Ordinal);
        Assert.Empty(_pool.Users);
    }

    [Fact]
    public async Task Only_the_variables_of_the_tool_are_set_without_a_client()
    {
        _command.Exit.SetResult(0);

        await RunWithUserAsync("--", "true");

        Assert.Equal(3, _command.Variables!.Count);
    }

    [Fact]
    public async Task User_is_deleted_if_the_command_cannot_be_started()
    {
        StartProcess = (_, _) => throw new ToolException(ExitCode.CommandNotStarted, "The command could not be started.");

        var run = await RunWithUserAsync("--", "no-such-command");

        Assert.Equal(ExitCode.CommandNotStarted, run.Code);
        Assert.Contains("Deleted the temporary user", run.Error, StringComparison.Ordinal);
        Assert.Empty(_pool.Users);
    }

    [Fact]
    public async Task Command_runs_and_its_user_is_deleted_although_messages_cannot_be_written()
    {
        ErrorWriter = new FullDisk();
        _command.Exit.SetResult(7);

        var run = await RunWithUserAsync("--", "true");

        Assert.Equal(7, (int)run.Code);
        Assert.Equal(["true"], _command.Words!);
        Assert.Empty(_pool.Users);
    }

    [Theory]
    [InlineData(0, (int)ExitCode.Unreachable)]
    [InlineData(7, 7)]
    public async Task User_who_cannot_be_deleted_is_named_with_both_commands(int exitCode, int expected)
    {
        _command.Exit.SetResult(exitCode);
        _command.OnStart = () => Cognito.Faults.Set(EmulatorEndpoint.JsonApi, EmulatorFault.Status(404));

        var run = await RunWithUserAsync("--", "true");

        var left = Assert.Single(_pool.Users);
        Assert.Equal(expected, (int)run.Code);
        Assert.Contains($"aws cognito-idp admin-delete-user --user-pool-id {_pool.Id} --username {left.Username} --region eu-west-1", run.Error, StringComparison.Ordinal);
        Assert.Contains($"cognito-m2m user delete --pool {_pool.Id} --yes {left.Username}", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT, false, false, "SIGINT")]
    [InlineData(PosixSignal.SIGTERM, false, false, "SIGTERM")]
    [InlineData(PosixSignal.SIGHUP, false, false, "SIGHUP")]
    [InlineData(PosixSignal.SIGINT, true, false, "")]
    [InlineData(PosixSignal.SIGINT, false, true, "")]
    public async Task First_signal_goes_to_the_command_and_the_second_ends_it(PosixSignal signal, bool isWindows, bool isInForeground, string passedOn)
    {
        (Clock, IsWindows, IsInForeground) = (_clock, isWindows, isInForeground);
        var running = RunWithUserAsync("--", "stubborn");
        await _command.Started.Task;

        OnSignal!(signal);
        OnSignal!(signal);
        Assert.Equal(passedOn, string.Join(' ', _command.Signals));
        Assert.False(_command.IsEnded);
        _clock.Advance(TimeSpan.FromSeconds(1));
        OnSignal!(signal);
        var run = await running;

        Assert.True(_command.IsEnded);
        Assert.Equal(137, (int)run.Code);
        Assert.Empty(_pool.Users);
    }

    [Fact]
    public async Task Signal_before_the_command_runs_starts_no_command_and_leaves_no_user()
    {
        var provisioner = CreateProvisioner;
        CreateProvisioner = options =>
        {
            OnSignal!(PosixSignal.SIGINT);
            return provisioner?.Invoke(options) ?? new(options);
        };

        var run = await RunWithUserAsync("--", "true");

        Assert.Equal(ExitCode.Cancelled, run.Code);
        Assert.Null(_command.Words);
        Assert.Empty(_pool.Users);
    }

    [Fact]
    public async Task User_pool_of_the_blueprint_is_the_default()
    {
        Write(BlueprintPath, """{ "userPool": { "name": "tests" } }""");
        _command.Exit.SetResult(0);

        var run = await RunAsync("with-user", "--blueprint", BlueprintPath, "--", "true");

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Equal(_pool.Id, _command.Variables!["COGNITO_M2M_USER_POOL_ID"]);
    }

    [Theory]
    [InlineData("Required argument missing", "with-user", "--pool", "p")]
    [InlineData("--pool and --blueprint exclude each other", "with-user", "--pool", "p", "--blueprint", "b", "--", "true")]
    [InlineData("cannot be part of the name of an environment variable", "with-user", "--pool", "p", "--client", "a=b", "--", "true")]
    [InlineData("Write -- in front of the command", "with-user", "--pool", "p", "dotnet", "test", "--filter", "x")]
    [InlineData("Write -- in front of the command", "with-user", "--pool", "p", "dotnet", "--", "test")]
    [InlineData("must be NAME=VALUE", "with-user", "--pool", "p", "--attribute", "x", "--", "true")]
    public async Task Wrong_command_line_creates_no_user(string message, params string[] args)
    {
        var run = await RunAsync(args);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    private Task<ToolRun> RunWithUserAsync(params string[] args) => RunAsync(["with-user", "--pool", _pool.Id, .. args]);

    /// <summary>A command that runs until the test says its exit code, or until it is ended.</summary>
    private sealed class FakeCommand
    {
        public EmulatedUserPool? Pool { get; set; }

        public IReadOnlyList<string>? Words { get; private set; }

        public IReadOnlyDictionary<string, string>? Variables { get; private set; }

        public string? Username { get; private set; }

        public string? GivenName { get; private set; }

        public Action? OnStart { get; set; }

        public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<int> Exit { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<PosixSignal> Signals { get; } = [];

        public bool IsEnded { get; private set; }

        public FakeProcess Start(IReadOnlyList<string> words, IReadOnlyDictionary<string, string> variables)
        {
            var user = Pool!.Users.Single();
            (Words, Variables, Username, GivenName) = (words, variables, user.Username, user.Attributes.GetValueOrDefault("given_name"));
            OnStart?.Invoke();
            Started.SetResult();
            return new FakeProcess(this);
        }

        public void End()
        {
            IsEnded = true;
            Exit.TrySetResult(137);
        }
    }

    private sealed class FullDisk : StringWriter
    {
        public override void WriteLine(string? value) => throw new IOException("No space left on device");
    }

    private sealed class FakeProcess(FakeCommand command) : IChildProcess
    {
        public Task<int> WaitAsync() => command.Exit.Task;

        public void PassOn(PosixSignal signal) => command.Signals.Add(signal);

        public void End() => command.End();

        public void Dispose()
        {
        }
    }
}
