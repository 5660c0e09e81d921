using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace CognitoM2M.Testing;

/// <summary>Keeps every measurement of one meter, and creates that meter. Each is one text: the instrument, the value, and the tags by name.</summary>
internal sealed class MeterRecorder : IMeterFactory
{
    private readonly MeterListener _listener = new();
    private readonly List<Meter> _meters = [];

    public MeterRecorder()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // Tests that run at the same time have meters of the same name.
            if (instrument.Meter.Scope == this)
            {
                Instruments.Enqueue(instrument);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
    }

    public ConcurrentQueue<string> Measurements { get; } = new();

    public ConcurrentQueue<Instrument> Instruments { get; } = new();

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    /// <summary>The measurements of one instrument. Gauges are read now.</summary>
    public IReadOnlyList<string> Find(string instrument)
    {
        _listener.RecordObservableInstruments();
        return [.. Measurements.Where(measurement => measurement.StartsWith($"{instrument} ", StringComparison.Ordinal)).Select(measurement => measurement[(instrument.Length + 1)..])];
    }

    public void Dispose()
    {
        _listener.Dispose();
        _meters.ForEach(meter => meter.Dispose());
    }

    private void Record<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var texts = tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $" {tag.Key}={tag.Value}");
        Measurements.Enqueue(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{instrument.Name} {value}{string.Concat(texts)}"));
    }
}
