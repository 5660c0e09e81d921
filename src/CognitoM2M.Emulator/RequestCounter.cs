namespace CognitoM2M.Emulator;

/// <summary>
/// Counts requests to the operations of the JSON API as they arrive: refused ones and those that meet a fault included. Those to
/// operations that the emulator does not support are not counted.
/// </summary>
public sealed class RequestCounter
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _byOperation = new(StringComparer.Ordinal);

    internal RequestCounter()
    {
    }

    /// <summary>All requests.</summary>
    public int Total
    {
        get
        {
            lock (_gate)
                return _byOperation.Values.Sum();
        }
    }

    /// <summary>The operations that were asked for, and how often.</summary>
    public IReadOnlyDictionary<string, int> ByOperation
    {
        get
        {
            lock (_gate)
                return new Dictionary<string, int>(_byOperation, StringComparer.Ordinal);
        }
    }

    /// <summary>The requests to one operation.</summary>
    /// <param name="operation">Such as <c>CreateUserPool</c>.</param>
    public int For(string operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        lock (_gate)
            return _byOperation.GetValueOrDefault(operation);
    }

    /// <summary>Starts again at zero.</summary>
    public void Reset()
    {
        lock (_gate)
            _byOperation.Clear();
    }

    internal void Arrived(string operation)
    {
        lock (_gate)
            _byOperation[operation] = _byOperation.GetValueOrDefault(operation) + 1;
    }
}
