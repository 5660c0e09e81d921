namespace CognitoM2M.Emulator;

/// <summary>Counts token requests as they arrive: refused ones and those that meet a fault included.</summary>
public sealed class TokenRequestCounter
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string ClientId, TokenRoute Route), int> _byClient = [];
    private int _total;
    private int _issued;

    internal TokenRequestCounter()
    {
    }

    /// <summary>All token requests, those that name no client id included.</summary>
    public int Total => Read(() => _total);

    /// <summary>The tokens that were issued.</summary>
    public int Issued => Read(() => _issued);

    /// <summary>The requests that named this client id, by either route.</summary>
    public int For(string clientId) => For(clientId, TokenRoute.OAuth2) + For(clientId, TokenRoute.GetClientToken);

    /// <summary>The requests that named this client id, by one route.</summary>
    public int For(string clientId, TokenRoute route)
    {
        ArgumentNullException.ThrowIfNull(clientId);
        return Read(() => _byClient.GetValueOrDefault((clientId, route)));
    }

    /// <summary>Starts again at zero.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _byClient.Clear();
            _total = 0;
            _issued = 0;
        }
    }

    internal void Arrived(string? clientId, TokenRoute route)
    {
        lock (_gate)
        {
            _total++;
            if (clientId is not null)
                _byClient[(clientId, route)] = _byClient.GetValueOrDefault((clientId, route)) + 1;
        }
    }

    internal void TokenIssued()
    {
        lock (_gate)
            _issued++;
    }

    private int Read(Func<int> count)
    {
        lock (_gate)
            return count();
    }
}
