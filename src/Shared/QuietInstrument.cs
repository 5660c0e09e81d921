using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CognitoM2M.Shared;

/// <summary>A counter or histogram whose listeners may throw.</summary>
/// <param name="create">Makes the instrument. Listeners learn of it at once, so this may throw as well; then nothing is measured.</param>
internal sealed class QuietInstrument<T>(Func<Instrument<T>> create)
    where T : struct
{
    private readonly Instrument<T>? _instrument = Quietly.Get(create);

    /// <summary>Whether anybody listens.</summary>
    public bool IsEnabled => _instrument is { Enabled: true };

    /// <summary>Adds to the counter, or records in the histogram. Allocates nothing, because it may run on every call.</summary>
    public void Measure(T value, in TagList tags)
    {
        try
        {
            if (_instrument is Counter<T> counter)
                counter.Add(value, tags);
            else if (_instrument is Histogram<T> histogram)
                histogram.Record(value, tags);
        }
        catch (Exception)
        {
            // There is no other place to report this failure.
        }
    }
}
