using System.Diagnostics;
using CognitoM2M.Shared;
using CognitoM2M.Tokens;

namespace CognitoM2M.Diagnostics;

/// <summary>Counts, times, traces and logs the events of one cache entry, under the name of its client. Never throws, although listeners may.</summary>
internal sealed class TokenTelemetry(
    Instruments instruments, string clientName, CognitoTokenRoute route, string requestedScopes, double usdPerRequest = 0)
{
    private static readonly ActivitySource? _activities = Quietly.Get(() => new ActivitySource(CognitoM2MDiagnostics.ActivitySourceName));

    private volatile string _missingScopes = "";

    public Activity? StartFetch(FetchReason reason, ActivityContext caller)
    {
        // A fetch that callers wait for belongs to the trace of the caller that started it. A renewal, which nobody waits for, is only linked to that trace.
        var waits = reason != FetchReason.Renewal;
        var activity = Quietly.Get(() => _activities?.StartActivity(
            "cognito_m2m.acquire_token",
            ActivityKind.Internal,
            parentContext: waits ? caller : default,
            links: waits || caller == default ? null : [new ActivityLink(caller)]));
        return activity?.SetTag(TokenTags.Client, clientName).SetTag(TokenTags.Route, TokenTags.Describe(route)).SetTag(TokenTags.Reason, TokenTags.Describe(reason));
    }

    public void RequestEnded(FetchReason reason, TimeSpan took, string? error)
    {
        var tags = new TagList { { TokenTags.Client, clientName }, { TokenTags.Route, TokenTags.Describe(route) }, { TokenTags.Reason, TokenTags.Describe(reason) } };
        if (error is not null)
            tags.Add(TokenTags.Error, error);

        instruments.Requests.Measure(1, tags);
        instruments.Duration.Measure(took.TotalSeconds, tags);
        if (error is null)
            instruments.Cost.Measure(usdPerRequest, tags);
    }

    /// <summary>A token request waited for its turn.</summary>
    public void RequestWaited(FetchReason reason, TimeSpan waited) => instruments.TimeInQueue.Measure(
        waited.TotalSeconds,
        new TagList { { TokenTags.Client, clientName }, { TokenTags.Route, TokenTags.Describe(route) }, { TokenTags.Reason, TokenTags.Describe(reason) } });

    /// <summary>The shared tier had a token, so that no token request was sent to Cognito.</summary>
    public void RequestSaved()
    {
        instruments.SavedRequests.Measure(1, TagClient(clientName));
        instruments.SavedCost.Measure(usdPerRequest, TagClient(clientName));
    }

    public void CallerServed(string caller, TokenOrigin origin) => instruments.Served(caller, origin);

    public void CallerWaits(string caller) => instruments.Waits.Measure(1, TagClient(caller));

    public void TokenRejected(string caller, string rejectedBy, bool startsReplacement)
    {
        instruments.Rejections.Measure(1, TagClient(caller));
        if (startsReplacement)
            Log.TokenRejected(instruments.Logger, caller, rejectedBy);
    }

    public void SecretSourceFailed(string problem, Exception? cause) => Log.SecretSourceFailed(instruments.Logger, cause, clientName, problem);

    /// <summary>Reports how a fetch ended: once, for all callers that waited.</summary>
    /// <param name="activity">The activity of the fetch.</param>
    /// <param name="reason">Why the fetch was started.</param>
    /// <param name="obtained">The token that the fetch obtained; null if it failed.</param>
    /// <param name="origin">Where the token was obtained from.</param>
    /// <param name="failure">The failure, if the fetch returned no token.</param>
    /// <param name="retryIn">The time until the next attempt.</param>
    /// <param name="held">The held token that calls use until the next attempt.</param>
    /// <param name="isFirstWithNewSecret">Whether this was the first fetch with a changed client secret.</param>
    /// <param name="failedFor">How long fetches had failed before this one returned a token; null if they had not.</param>
    public void FetchEnded(
        Activity? activity,
        FetchReason reason,
        CognitoAccessToken? obtained,
        TokenOrigin origin,
        TokenFailure? failure,
        TimeSpan retryIn,
        CognitoAccessToken? held,
        bool isFirstWithNewSecret,
        TimeSpan? failedFor)
    {
        if (obtained is not null)
            TokenObtained(activity, obtained, reason, origin, failedFor);
        else if (failure is not null && !ReferenceEquals(failure, TokenFailure.Disposed))
            FetchFailed(activity, failure, retryIn, held, isFirstWithNewSecret);

        if (activity is not null)
            Quietly.Run(activity.Stop);
    }

    private static TagList TagClient(string client) => new() { { TokenTags.Client, client } };

    private void TokenObtained(Activity? activity, CognitoAccessToken token, FetchReason reason, TokenOrigin origin, TimeSpan? failedFor)
    {
        activity?.SetTag(TokenTags.Source, TokenTags.Describe(origin));
        if (failedFor is { } duration)
            Log.FetchesRecovered(instruments.Logger, clientName, duration);
        if (origin == TokenOrigin.Memory)
            return;

        Log.TokenObtained(instruments.Logger, clientName, string.Join(' ', token.Scopes), TokenTags.Describe(reason), TokenTags.Describe(origin), token.ExpiresAt);

        ReportMissingScopes(FindMissingScopes(token));
    }

    // Nobody can request scopes for a user, and ID tokens have none.
    private string FindMissingScopes(CognitoAccessToken token) =>
        route == CognitoTokenRoute.UserPassword ? ""
        : requestedScopes.Length == 0 && token.Scopes.Count == 0
            ? "every allowed scope"
            : string.Join(' ', ScopeSet.Split(requestedScopes).Except(token.Scopes, StringComparer.Ordinal));

    // The tokens of an entry lack the same scopes, so one message is enough.
    private void ReportMissingScopes(string missing)
    {
        if (missing == _missingScopes)
            return;

        _missingScopes = missing;
        if (missing.Length > 0)
            Log.ScopesMissing(instruments.Logger, clientName, missing);
    }

    private void FetchFailed(Activity? activity, TokenFailure failure, TimeSpan retryIn, CognitoAccessToken? held, bool isFirstWithNewSecret)
    {
        activity?.SetTag(TokenTags.Error, failure.Error).SetStatus(ActivityStatusCode.Error);
        if (held is null && retryIn == TimeSpan.Zero)
            Log.RenewalFailedAtEnd(instruments.Logger, failure.Cause, clientName, failure.Error, failure.IsTransient, failure.Hint);
        else if (held is null)
            Log.FetchFailed(instruments.Logger, failure.Cause, clientName, failure.Error, failure.IsTransient, retryIn, failure.Hint);
        else if (isFirstWithNewSecret)
            Log.NewSecretFailed(instruments.Logger, failure.Cause, clientName, failure.Error, held.ExpiresAt, retryIn, failure.Hint);
        else
            Log.RenewalFailed(instruments.Logger, failure.Cause, clientName, failure.Error, failure.IsTransient, held.ExpiresAt, retryIn, failure.Hint);
    }
}
