using System.Runtime.InteropServices;

namespace CognitoM2M.Cli.Running;

/// <summary>
/// Runs one command, and keeps signals from ending the tool before its work is done. A signal that comes before the command runs cancels
/// <see cref="Stopping"/>; a signal that comes while it runs goes to the command.
/// </summary>
internal sealed class CommandRun : IDisposable
{
    private readonly ToolHost _host;
    private readonly IDisposable _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private IChildProcess? _child;
    private PosixSignal? _first;
    private long _firstAt;

    public CommandRun(ToolHost host)
    {
        _host = host;
        _listener = host.ListenForSignals(Handle);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Starts the command and waits until it has ended.</summary>
    /// <returns>The exit code of the command.</returns>
    /// <exception cref="ToolException">The command cannot be started.</exception>
    /// <exception cref="OperationCanceledException">A signal came before the command was started.</exception>
    public async Task<int> RunAsync(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> variables)
    {
        IChildProcess child;
        lock (_gate)
        {
            Stopping.ThrowIfCancellationRequested();
            _child = child = _host.StartProcess(command, variables);
        }

        try
        {
            return await child.WaitAsync().ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
                _child = null;
            child.Dispose();
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _stopping.Dispose();
    }

    private void Handle(PosixSignal signal)
    {
        lock (_gate)
        {
            var sinceFirst = _first is null ? (TimeSpan?)null : _host.TimeProvider.GetElapsedTime(_firstAt);
            if (_first is null)
                (_first, _firstAt) = (signal, _host.TimeProvider.GetTimestamp());
            if (_child is null)
            {
                _stopping.Cancel();
                return;
            }

            switch (ChildSignals.Decide(signal, sinceFirst, _host.IsWindows, _host.IsInForeground()))
            {
                case ChildSignal.PassOn:
                    _child.PassOn(signal);
                    break;
                case ChildSignal.End:
                    _child.End();
                    break;
            }
        }
    }
}
