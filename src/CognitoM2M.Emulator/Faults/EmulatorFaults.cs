namespace CognitoM2M.Emulator;

/// <summary>The faults in force, at most one per endpoint.</summary>
public sealed class EmulatorFaults
{
    private readonly Lock _gate = new();
    private readonly Dictionary<EmulatorEndpoint, EmulatorFault> _inForce = [];

    internal EmulatorFaults()
    {
    }

    /// <summary>Puts a fault in force, in place of the one before it. Requests already under way do not notice.</summary>
    public void Set(EmulatorEndpoint endpoint, EmulatorFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);

        lock (_gate)
            _inForce[endpoint] = fault;
    }

    /// <summary>Ends an endpoint's fault, if there is one. Requests that already wait keep waiting.</summary>
    public void Clear(EmulatorEndpoint endpoint)
    {
        lock (_gate)
            _inForce.Remove(endpoint);
    }

    /// <summary>Ends all faults.</summary>
    public void Clear()
    {
        lock (_gate)
            _inForce.Clear();
    }

    /// <summary>The fault that the next request meets.</summary>
    internal EmulatorFault? Take(EmulatorEndpoint endpoint)
    {
        lock (_gate)
        {
            if (!_inForce.TryGetValue(endpoint, out var fault))
                return null;

            if (fault.Times == 1)
                _inForce.Remove(endpoint);
            else
                _inForce[endpoint] = fault with { Times = fault.Times - 1 };
            return fault;
        }
    }
}
