using System.Diagnostics;
using CognitoM2M.Secrets;
using CognitoM2M.Tokens;

namespace CognitoM2M.Diagnostics;

/// <summary>What one entry reports: counted, timed, traced and logged under the name of its client.</summary>
internal sealed class TokenTelemetry(
    Instruments instruments, string clientName, CognitoTokenRoute route, string requestedScopes, double pricePerRequest = 0)
{
    private static readonly ActivitySource _activities = new(CognitoM2MDiagnostics.ActivitySourceName);

    public Activity? StartFetch(FetchReason reason, ActivityContext caller)
    {
        // Whoever waits for the fetch sees it in their trace; a renewal that nobody waits for stands alone, linked to who set it off.
        var waits = reason != FetchReason.Renewal;
        var activity = _activities.StartActivity(
            "cognito_m2m.acquire_token",
            ActivityKind.Internal,
            parentContext: waits ? caller : default,
            links: waits || caller == default ? null : [new ActivityLink(caller)]);
        return activity?.SetTag(TokenTags.Client, clientName).SetTag(TokenTags.Route, TokenTags.Word(route)).SetTag(TokenTags.Reason, TokenTags.Word(reason));
    }

    public void RequestEnded(FetchReason reason, TimeSpan took, string? error)
    {
        var tags = new TagList { { TokenTags.Client, clientName }, { TokenTags.Route, TokenTags.Word(route) }, { TokenTags.Reason, TokenTags.Word(reason) } };
        if (error is not null)
            tags.Add(TokenTags.Error, error);

        Instruments.Quietly(() =>
        {
            instruments.Requests.Add(1, tags);
            instruments.Duration.Record(took.TotalSeconds, tags);
            if (error is null)
                instruments.Cost.Add(pricePerRequest, tags);
        });
    }

    /// <summary>The shared tier had a token for which Cognito would have been asked.</summary>
    public void RequestSaved() => Instruments.Quietly(() =>
    {
        instruments.SavedRequests.Add(1, new KeyValuePair<string, object?>(TokenTags.Client, clientName));
        instruments.SavedCost.Add(pricePerRequest, new KeyValuePair<string, object?>(TokenTags.Client, clientName));
    });

    public void CallerServed(string caller, TokenOrigin origin) => instruments.Served(caller, origin);

    public void CallerWaits(string caller) => instruments.Waits.Add(1, new KeyValuePair<string, object?>(TokenTags.Client, caller));

    public void TokenRejected(string caller, string host, bool setsOffReplacement)
    {
        instruments.Rejections.Add(1, new KeyValuePair<string, object?>(TokenTags.Client, caller));
        if (setsOffReplacement)
            Log.TokenRejected(instruments.Logger, caller, host);
    }

    public void SecretSourceFailed(SecretUnavailableException problem) =>
        Log.SecretSourceFailed(instruments.Logger, problem.InnerException, clientName, problem.Message);

    /// <summary>Says how a fetch ended: once, for all who waited.</summary>
    /// <param name="activity">The fetch's own.</param>
    /// <param name="reason">Why it was started.</param>
    /// <param name="obtained">The token, if it brought one.</param>
    /// <param name="origin">From where.</param>
    /// <param name="failure">The failure, if it brought none.</param>
    /// <param name="retryIn">When the next attempt comes.</param>
    /// <param name="held">The token that calls go on with meanwhile.</param>
    /// <param name="fellBack">Whether they go on with that of the former secret.</param>
    public void FetchEnded(
        Activity? activity,
        FetchReason reason,
        CognitoAccessToken? obtained,
        TokenOrigin origin,
        TokenFailure? failure,
        TimeSpan retryIn,
        CognitoAccessToken? held,
        bool fellBack)
    {
        if (obtained is not null)
            TokenObtained(activity, obtained, reason, origin);
        else if (failure is not null && !ReferenceEquals(failure, TokenFailure.Disposed))
            FetchFailed(activity, failure, retryIn, held, fellBack);
    }

    private void TokenObtained(Activity? activity, CognitoAccessToken token, FetchReason reason, TokenOrigin origin)
    {
        activity?.SetTag(TokenTags.Source, TokenTags.Word(origin));
        if (origin == TokenOrigin.Memory)
            return;

        Log.TokenObtained(instruments.Logger, clientName, string.Join(' ', token.Scopes), TokenTags.Word(reason), TokenTags.Word(origin), token.ExpiresAt);

        var missing = ScopeSet.Split(requestedScopes).Except(token.Scopes, StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
            Log.ScopesMissing(instruments.Logger, clientName, string.Join(' ', missing));
    }

    private void FetchFailed(Activity? activity, TokenFailure failure, TimeSpan retryIn, CognitoAccessToken? held, bool fellBack)
    {
        activity?.SetTag(TokenTags.Error, failure.Error).SetStatus(ActivityStatusCode.Error);
        if (fellBack)
            Log.NewSecretFailed(instruments.Logger, clientName, failure.Error, failure.Hint);
        else if (held is not null)
            Log.RenewalFailed(instruments.Logger, failure.Cause, clientName, failure.Error, failure.IsTransient, held.ExpiresAt, retryIn, failure.Hint);
        else
            Log.FetchFailed(instruments.Logger, failure.Cause, clientName, failure.Error, failure.IsTransient, retryIn, failure.Hint);
    }
}
