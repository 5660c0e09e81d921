using System.Collections.Concurrent;

namespace CognitoM2M.Http;

/// <summary>
/// Finds the override that a token was sent for. A handler may copy a message while its token is on it, and leave out its options. The copy
/// then asks for the same token by carrying it.
/// </summary>
internal sealed class SentOverrides
{
    // A handler copies a message within seconds. So all overrides may be dropped when there are more than this, to bound the memory.
    private const int MostTokens = 1_000;

    private readonly ConcurrentDictionary<string, CognitoTokenRequest> _requests = new(StringComparer.Ordinal);

    public void Add(string headerValue, CognitoTokenRequest request)
    {
        if (_requests.Count >= MostTokens && !_requests.ContainsKey(headerValue))
            _requests.Clear();
        _requests[headerValue] = request;
    }

    public CognitoTokenRequest? Find(string headerValue) => _requests.GetValueOrDefault(headerValue);
}
