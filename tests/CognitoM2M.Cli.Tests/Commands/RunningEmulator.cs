namespace CognitoM2M.Cli.Tests.Commands;

/// <summary>A running <c>cognito-m2m emulate</c> on a free port. Disposing stops it.</summary>
internal sealed class RunningEmulator : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly StartWriter _output = new();
    private readonly Task<ToolRun> _run;

    public RunningEmulator(Func<string[], CancellationToken, TextWriter, Task<ToolRun>> run, params string[] options) =>
        _run = run(["emulate", "--port", "0", .. options], _stop.Token, _output);

    /// <summary>The whole first message.</summary>
    public Task<string> Started => Task.WhenAny(_output.Flushed, FailAsync()).Unwrap();

    public async Task<string> AddressAsync()
    {
        var text = await Started;
        return text[text.IndexOf("http://", StringComparison.Ordinal)..].Split(' ', '\n', '"')[0];
    }

    public async Task<ToolRun> StopAsync()
    {
        await _stop.CancelAsync();
        return await _run;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task<string> FailAsync()
    {
        var run = await _run;
        throw new InvalidOperationException(run.Everything);
    }

    /// <summary>Completes a task when the emulator has written its whole first message.</summary>
    private sealed class StartWriter : StringWriter
    {
        private readonly TaskCompletionSource<string> _flushed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Flushed => _flushed.Task;

        public override void Flush()
        {
            var text = ToString();
            if (text.TrimEnd().EndsWith('}') || text.Contains("Ctrl+C", StringComparison.Ordinal))
                _flushed.TrySetResult(text);
        }
    }
}
