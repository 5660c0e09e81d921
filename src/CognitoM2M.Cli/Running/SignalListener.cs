using System.Runtime.InteropServices;

namespace CognitoM2M.Cli.Running;

/// <summary>Keeps signals from ending the tool, and passes them to a handler.</summary>
internal sealed class SignalListener : IDisposable
{
    // .NET raises these on Windows, too: Ctrl+C, Ctrl+Break, a closed console window, and shutdown.
    private static readonly PosixSignal[] _signals = [PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];

    private readonly List<PosixSignalRegistration> _registrations;

    private SignalListener(Action<PosixSignal> handle) => _registrations =
    [
        .. _signals.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            handle(context.Signal);
        })),
    ];

    public static IDisposable Start(Action<PosixSignal> handle) => new SignalListener(handle);

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }
}
