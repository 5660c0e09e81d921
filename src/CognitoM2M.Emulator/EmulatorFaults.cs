namespace CognitoM2M.Emulator;

/// <summary>The faults in force, at most one per endpoint and per operation of the JSON API.</summary>
public sealed class EmulatorFaults
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, EmulatorFault> _inForce = new(StringComparer.Ordinal);
    private readonly Func<string, bool> _isOperation;

    internal EmulatorFaults(Func<string, bool> isOperation) => _isOperation = isOperation;

    /// <summary>Puts a fault in force, in place of the one before it. Requests already under way do not notice.</summary>
    public void Set(EmulatorEndpoint endpoint, EmulatorFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);

        lock (_gate)
            _inForce[KeyOf(endpoint)] = fault;
    }

    /// <summary>As <see cref="Set(EmulatorEndpoint, EmulatorFault)"/>, for one operation of the JSON API.</summary>
    /// <param name="operation">Such as <c>CreateUserPool</c>; case-sensitive.</param>
    /// <param name="fault">What goes wrong.</param>
    /// <exception cref="ArgumentException">The emulator does not support the operation.</exception>
    public void Set(string operation, EmulatorFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);

        var key = RequireOperation(operation);
        lock (_gate)
            _inForce[key] = fault;
    }

    /// <summary>Ends an endpoint's fault, if there is one. Requests that already wait keep waiting.</summary>
    public void Clear(EmulatorEndpoint endpoint)
    {
        lock (_gate)
            _inForce.Remove(KeyOf(endpoint));
    }

    /// <summary>As <see cref="Clear(EmulatorEndpoint)"/>, for one operation of the JSON API.</summary>
    /// <exception cref="ArgumentException">The emulator does not support the operation.</exception>
    public void Clear(string operation)
    {
        var key = RequireOperation(operation);
        lock (_gate)
            _inForce.Remove(key);
    }

    /// <summary>Ends all faults.</summary>
    public void Clear()
    {
        lock (_gate)
            _inForce.Clear();
    }

    /// <summary>The fault that the next request to an endpoint meets.</summary>
    internal EmulatorFault? Take(EmulatorEndpoint endpoint) => Take(KeyOf(endpoint));

    /// <summary>The fault that the next request to an operation meets.</summary>
    internal EmulatorFault? TakeForOperation(string operation) => Take(operation) ?? Take(EmulatorEndpoint.JsonApi);

    private EmulatorFault? Take(string key)
    {
        lock (_gate)
        {
            if (!_inForce.TryGetValue(key, out var fault))
                return null;

            if (fault.Skip > 0)
            {
                _inForce[key] = fault with { Skip = fault.Skip - 1 };
                return null;
            }

            if (fault.Times == 1)
                _inForce.Remove(key);
            else
                _inForce[key] = fault with { Times = fault.Times - 1 };
            return fault;
        }
    }

    private string RequireOperation(string operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return _isOperation(operation)
            ? operation
            : throw new ArgumentException($"The emulator does not support the operation '{operation}'.", nameof(operation));
    }

    // No operation is named like these; and the one operation that is an endpoint too is meant by either name.
    private static string KeyOf(EmulatorEndpoint endpoint) => endpoint switch
    {
        EmulatorEndpoint.GetClientToken => nameof(EmulatorEndpoint.GetClientToken),
        _ => $"/{endpoint}",
    };
}
