using System.Diagnostics.Metrics;
using CognitoM2M;

namespace ConsoleConsumer;

/// <summary>Adds up one counter of the library's meter.</summary>
internal sealed class MeterCount : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _value;

    public MeterCount(string instrumentName)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == CognitoM2MDiagnostics.MeterName && instrument.Name == instrumentName)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref _value, value));
        _listener.Start();
    }

    public long Value => Interlocked.Read(ref _value);

    public void Dispose() => _listener.Dispose();
}
