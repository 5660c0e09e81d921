using CognitoM2M.Shared;

namespace CognitoM2M.Emulator.Page;

/// <summary>What one app client did in the last minutes, and what it would cost.</summary>
internal sealed record ClientActivity
{
    /// <summary>The time that is looked at.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>So many tokens that were not needed make a finding. Fewer may be the processes of a service that starts.</summary>
    public const int ManyUnneeded = 10;

    // A rate that was measured for a shorter time says little about a month.
    private static readonly TimeSpan _shortestMeasure = TimeSpan.FromMinutes(1);

    /// <summary>Null for all requests without an app client.</summary>
    public required string? ClientId { get; init; }

    /// <summary>All requests of the window.</summary>
    public required int Requests { get; init; }

    /// <summary>The tokens of the window that the app client got for itself.</summary>
    public required int Issued { get; init; }

    /// <summary>
    /// The issued tokens that were not needed: an earlier token of the app client, for the same scopes, had more than half of its lifetime
    /// left. Caches renew later than that.
    /// </summary>
    public required int Unneeded { get; init; }

    /// <summary>The requests of the window that got an error or no response.</summary>
    public required int Failed { get; init; }

    /// <summary>The last error code of the window; null if there is none.</summary>
    public required string? LastError { get; init; }

    /// <summary>The token requests of a month if each token is kept until its renewal.</summary>
    public required long MonthlyRenewals { get; init; }

    /// <summary>The token requests of a month at this rate: the renewals, and the tokens that are not needed.</summary>
    public required long MonthlyRequests { get; init; }

    public bool AsksForTooMany => Unneeded >= ManyUnneeded;

    /// <summary>Summarizes the requests by app client.</summary>
    /// <param name="log">The last requests, oldest first.</param>
    /// <param name="isComplete">Whether the log holds all requests of the window.</param>
    /// <param name="now">The end of the window.</param>
    public static IReadOnlyList<ClientActivity> Summarize(IReadOnlyList<LoggedTokenRequest> log, bool isComplete, DateTimeOffset now) =>
        [.. log.GroupBy(request => request.ClientId, StringComparer.Ordinal).Select(requests => Summarize([.. requests], log[0].ArrivedAt, isComplete, now))];

    private static ClientActivity Summarize(
        IReadOnlyList<LoggedTokenRequest> requests, DateTimeOffset logBegin, bool isComplete, DateTimeOffset now)
    {
        var begin = now - Window;
        var recent = requests.Where(request => request.ArrivedAt >= begin).ToList();
        var freshUntil = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var lifetimes = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        var unneeded = 0;
        foreach (var request in requests.Where(IsCharged))
        {
            var lifetime = request.Lifetime!.Value;
            if (request.ArrivedAt >= begin && freshUntil.TryGetValue(request.Scopes, out var until) && request.ArrivedAt < until)
                unneeded++;
            freshUntil[request.Scopes] = request.ArrivedAt + lifetime / 2;
            lifetimes[request.Scopes] = lifetime;
        }

        // If the log is too short for the window, it covers the time since its oldest request.
        var measured = isComplete ? Max(now - requests[0].ArrivedAt, _shortestMeasure) : Max(now - logBegin, TimeSpan.FromSeconds(1));
        var renewals = lifetimes.Values.Sum(RequestsPerMonth.CountRenewals);
        return new ClientActivity
        {
            ClientId = requests[0].ClientId,
            Requests = recent.Count,
            Issued = recent.Count(IsCharged),
            Unneeded = unneeded,
            Failed = recent.Count(request => request.Status != 200),
            LastError = recent.LastOrDefault(request => request.Error is not null)?.Error,
            MonthlyRenewals = renewals,
            MonthlyRequests = renewals + (long)(unneeded * (RequestsPerMonth.Month / (measured < Window ? measured : Window))),
        };
    }

    private static bool IsCharged(LoggedTokenRequest request) => request is { IsMachineToMachine: true, Lifetime: not null };

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
