namespace CognitoM2M.Emulator;

/// <summary>
/// Counts the machine-to-machine token requests, by both routes. A request is counted when it arrives, even if it is refused or meets a
/// fault.
/// </summary>
public sealed class TokenRequestCounter
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string ClientId, EmulatedTokenRoute Route), int> _byClient = [];
    private int _total;
    private int _issuedTokens;

    internal TokenRequestCounter()
    {
    }

    /// <summary>The number of all token requests, those without a client id included.</summary>
    public int Total => Read(() => _total);

    /// <summary>The number of tokens that were issued.</summary>
    public int IssuedTokens => Read(() => _issuedTokens);

    /// <summary>Returns the number of requests with this client id, by both routes together.</summary>
    public int Count(string clientId) => Count(clientId, EmulatedTokenRoute.OAuth2) + Count(clientId, EmulatedTokenRoute.GetClientToken);

    /// <summary>Returns the number of requests with this client id, by one route.</summary>
    public int Count(string clientId, EmulatedTokenRoute route)
    {
        ArgumentNullException.ThrowIfNull(clientId);
        return Read(() => _byClient.GetValueOrDefault((clientId, route)));
    }

    /// <summary>Sets all counts to zero.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _byClient.Clear();
            _total = 0;
            _issuedTokens = 0;
        }
    }

    internal void CountRequest(string? clientId, EmulatedTokenRoute route)
    {
        lock (_gate)
        {
            _total++;
            if (clientId is not null)
                _byClient[(clientId, route)] = _byClient.GetValueOrDefault((clientId, route)) + 1;
        }
    }

    internal void CountIssuedToken()
    {
        lock (_gate)
            _issuedTokens++;
    }

    private int Read(Func<int> count)
    {
        lock (_gate)
            return count();
    }
}
