using System.Collections.Concurrent;
using CognitoM2M.Shared;

namespace CognitoM2M.UserSessions.Requests;

/// <summary>The pacers of the quota categories. Cognito counts the requests of each category apart.</summary>
internal sealed class RequestPaces(TimeProvider timeProvider, TimeSpan longestWait, int maxSignInRequestsPerSecond)
{
    private readonly ConcurrentDictionary<string, Lazy<RequestPacer>> _byCategory = new(StringComparer.Ordinal);
    private readonly long _start = timeProvider.GetTimestamp();

    /// <summary>The time since this object was made.</summary>
    public TimeSpan Now => timeProvider.GetElapsedTime(_start);

    public RequestPacer Find(RequestQuota quota) =>
        _byCategory.GetOrAdd(quota.Category, _ => new Lazy<RequestPacer>(() => new RequestPacer(timeProvider, () => Now, longestWait, GetLimit(quota)))).Value;

    // Four fifths leave room for other processes, and for the fifth that may be sent at once.
    private int GetLimit(RequestQuota quota) => quota == RequestQuota.UserAuthentication ? maxSignInRequestsPerSecond : quota.PerSecond * 4 / 5;
}
