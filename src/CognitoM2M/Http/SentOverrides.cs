using System.Collections.Concurrent;
using CognitoM2M.Tokens;

namespace CognitoM2M.Http;

/// <summary>
/// Finds the override that a token was sent for. A handler may copy a message while its token is on it, and leave out its options. The copy
/// then asks for the same token by carrying it. Tokens are kept as digests.
/// </summary>
internal sealed class SentOverrides
{
    // A handler copies a message within seconds. So all overrides may be dropped when there are more than this, to bound the memory.
    private const int MostTokens = 1_000;

    private readonly ConcurrentDictionary<UInt128, CognitoTokenRequest> _requests = new();

    public void Add(string headerValue, CognitoTokenRequest request)
    {
        var token = TokenDigest.Compute(headerValue);
        if (_requests.Count >= MostTokens && !_requests.ContainsKey(token))
            _requests.Clear();
        _requests[token] = request;
    }

    public CognitoTokenRequest? Find(string headerValue) => _requests.GetValueOrDefault(TokenDigest.Compute(headerValue));
}
