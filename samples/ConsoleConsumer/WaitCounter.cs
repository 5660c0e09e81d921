using System.Diagnostics.Metrics;
using CognitoM2M;

namespace ConsoleConsumer;

/// <summary>Counts, through the library's own meter, the calls that had to wait for a token.</summary>
internal sealed class WaitCounter : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _waits;

    public WaitCounter()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == CognitoM2MDiagnostics.MeterName && instrument.Name == CognitoM2MDiagnostics.TokenWaits)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref _waits, value));
        _listener.Start();
    }

    public long Waits => Interlocked.Read(ref _waits);

    public void Dispose() => _listener.Dispose();
}
