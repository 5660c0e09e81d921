namespace CognitoM2M.Emulator;

/// <summary>
/// The faults of an emulator: at most one for each endpoint and for each operation of the JSON API. All members are thread-safe.
/// </summary>
public sealed class EmulatorFaults
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, EmulatorFault> _faults = new(StringComparer.Ordinal);
    private readonly Func<string, bool> _isOperation;

    internal EmulatorFaults(Func<string, bool> isOperation) => _isOperation = isOperation;

    /// <summary>
    /// Sets the fault of an endpoint. It replaces a fault that was set before. Requests that have already arrived are not affected.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="fault">The fault.</param>
    public void Set(EmulatorEndpoint endpoint, EmulatorFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);

        lock (_gate)
            _faults[GetKey(endpoint)] = fault;
    }

    /// <summary>
    /// Sets the fault of one operation of the JSON API. It has precedence over a fault of <see cref="EmulatorEndpoint.JsonApi"/>.
    /// </summary>
    /// <param name="operation">The name of the operation, such as <c>CreateUserPool</c>; case-sensitive.</param>
    /// <param name="fault">The fault.</param>
    /// <exception cref="ArgumentException">The emulator does not support the operation.</exception>
    public void Set(string operation, EmulatorFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);

        var key = RequireOperation(operation);
        lock (_gate)
            _faults[key] = fault;
    }

    /// <summary>Removes the fault of an endpoint, if there is one. Requests that the fault already delays stay delayed.</summary>
    public void Clear(EmulatorEndpoint endpoint)
    {
        lock (_gate)
            _faults.Remove(GetKey(endpoint));
    }

    /// <summary>Removes the fault of one operation of the JSON API, if there is one.</summary>
    /// <param name="operation">The name of the operation; case-sensitive.</param>
    /// <exception cref="ArgumentException">The emulator does not support the operation.</exception>
    public void Clear(string operation)
    {
        var key = RequireOperation(operation);
        lock (_gate)
            _faults.Remove(key);
    }

    /// <summary>Removes all faults.</summary>
    public void Clear()
    {
        lock (_gate)
            _faults.Clear();
    }

    /// <summary>Reads all faults, by the name of their endpoint or operation.</summary>
    internal IReadOnlyDictionary<string, EmulatorFault> ReadAll()
    {
        lock (_gate)
            return _faults.ToDictionary(fault => fault.Key.TrimStart('/'), fault => fault.Value, StringComparer.Ordinal);
    }

    /// <summary>Takes the fault for one request to an endpoint; null if there is none.</summary>
    internal EmulatorFault? Take(EmulatorEndpoint endpoint) => Take(GetKey(endpoint));

    /// <summary>Takes the fault for one request to an operation; null if there is none.</summary>
    internal EmulatorFault? TakeForOperation(string operation) => Take(operation) ?? Take(EmulatorEndpoint.JsonApi);

    private EmulatorFault? Take(string key)
    {
        lock (_gate)
        {
            if (!_faults.TryGetValue(key, out var fault))
                return null;

            if (fault.Skip > 0)
            {
                _faults[key] = fault with { Skip = fault.Skip - 1 };
                return null;
            }

            if (fault.Times == 1)
                _faults.Remove(key);
            else
                _faults[key] = fault with { Times = fault.Times - 1 };
            return fault;
        }
    }

    private string RequireOperation(string operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return _isOperation(operation)
            ? operation
            : throw new ArgumentException(
                $"The emulator does not support the operation '{operation}'. Check the spelling; names are case-sensitive.", nameof(operation));
    }

    // A slash keeps the keys of endpoints apart from the names of operations. GetClientToken is both an endpoint and an operation and has
    // one key.
    private static string GetKey(EmulatorEndpoint endpoint) => endpoint switch
    {
        EmulatorEndpoint.GetClientToken => nameof(EmulatorEndpoint.GetClientToken),
        _ => $"/{endpoint}",
    };
}
