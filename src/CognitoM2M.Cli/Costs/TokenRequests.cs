using CognitoM2M.Shared;

namespace CognitoM2M.Cli.Costs;

/// <summary>How many token requests a month of 30 days takes.</summary>
/// <param name="WithoutCache">One request for each call; null if the number of calls is not known.</param>
/// <param name="WithoutSharedTier">Each process keeps its own token of each app client.</param>
/// <param name="WithSharedTier">All processes together keep one token of each app client.</param>
internal sealed record TokenRequests(long? WithoutCache, long WithoutSharedTier, long WithSharedTier)
{
    /// <summary>Estimates the requests of processes that run all month.</summary>
    /// <param name="appClients">How many app clients call.</param>
    /// <param name="processes">How many processes use each app client.</param>
    /// <param name="tokenLifetime">How long a token is valid.</param>
    /// <param name="calls">How many calls all processes make in a month; null if they call all the time.</param>
    public static TokenRequests Estimate(int appClients, int processes, TimeSpan tokenLifetime, long? calls)
    {
        var ofOneCache = RequestsPerMonth.CountRenewals(tokenLifetime);
        return new(calls, Limit((long)appClients * processes * ofOneCache), Limit(appClients * ofOneCache));

        // No call takes more than one request.
        long Limit(long requests) => Math.Min(requests, calls ?? long.MaxValue);
    }

    /// <summary>Takes what the library's meters have counted in a month.</summary>
    /// <param name="requests">The sum of <c>cognito_m2m.token.requests</c>.</param>
    /// <param name="saved">The sum of <c>cognito_m2m.token.saved_requests</c>.</param>
    public static TokenRequests FromMeters(long requests, long saved) => new(WithoutCache: null, requests + saved, requests);
}
