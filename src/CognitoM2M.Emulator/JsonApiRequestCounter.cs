namespace CognitoM2M.Emulator;

/// <summary>
/// Counts the requests to the operations of the JSON API. A request is counted when it arrives, even if it is refused or meets a fault.
/// Requests to operations that the emulator does not support are not counted.
/// </summary>
public sealed class JsonApiRequestCounter
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _byOperation = new(StringComparer.Ordinal);

    internal JsonApiRequestCounter()
    {
    }

    /// <summary>The number of all requests.</summary>
    public int Total
    {
        get
        {
            lock (_gate)
                return _byOperation.Values.Sum();
        }
    }

    /// <summary>
    /// A copy of the counts: the number of requests by the name of the operation. Operations without requests are missing.
    /// </summary>
    public IReadOnlyDictionary<string, int> ByOperation
    {
        get
        {
            lock (_gate)
                return new Dictionary<string, int>(_byOperation, StringComparer.Ordinal);
        }
    }

    /// <summary>Returns the number of requests to one operation.</summary>
    /// <param name="operation">The name of the operation, such as <c>CreateUserPool</c>; case-sensitive.</param>
    public int Count(string operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        lock (_gate)
            return _byOperation.GetValueOrDefault(operation);
    }

    /// <summary>Sets all counts to zero.</summary>
    public void Reset()
    {
        lock (_gate)
            _byOperation.Clear();
    }

    internal void CountRequest(string operation)
    {
        lock (_gate)
            _byOperation[operation] = _byOperation.GetValueOrDefault(operation) + 1;
    }
}
