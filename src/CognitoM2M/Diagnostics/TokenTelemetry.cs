using System.Diagnostics;
using System.Diagnostics.Metrics;
using CognitoM2M.Tokens;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Diagnostics;

/// <summary>The meter and the logger that all clients of one provider share.</summary>
internal sealed class Instruments : IDisposable
{
    private readonly Meter? _ownMeter;

    public Instruments(ILogger logger, IMeterFactory? meterFactory)
    {
        Logger = logger;
        var meter = meterFactory?.Create(CognitoM2MDiagnostics.MeterName) ?? (_ownMeter = new Meter(CognitoM2MDiagnostics.MeterName));
        Requests = meter.CreateCounter<long>(CognitoM2MDiagnostics.TokenRequests, "{request}", "Requests sent to Cognito.");
        Duration = meter.CreateHistogram<double>(CognitoM2MDiagnostics.TokenRequestDuration, "s", "How long Cognito took to answer.");
        Waits = meter.CreateCounter<long>(CognitoM2MDiagnostics.TokenWaits, "{call}", "Calls that waited for a fetch.");
        Rejections = meter.CreateCounter<long>(CognitoM2MDiagnostics.TokenRejections, "{answer}", "401 answers to a token.");
    }

    public ILogger Logger { get; }

    public Counter<long> Requests { get; }

    public Histogram<double> Duration { get; }

    public Counter<long> Waits { get; }

    public Counter<long> Rejections { get; }

    public void Dispose() => _ownMeter?.Dispose();
}

/// <summary>What one entry reports: counted, timed, traced and logged under the name of its client.</summary>
internal sealed class TokenTelemetry(Instruments instruments, string clientName, CognitoTokenRoute route, string requestedScopes)
{
    private static readonly ActivitySource _activities = new(CognitoM2MDiagnostics.ActivitySourceName);

    private const string ClientTag = "cognito_m2m.client";
    private const string RouteTag = "cognito_m2m.route";
    private const string ReasonTag = "cognito_m2m.reason";
    private const string ErrorTag = "error.type";

    private readonly string _route = route == CognitoTokenRoute.OAuth2 ? "oauth2" : "get_client_token";

    public Activity? StartFetch(FetchReason reason, ActivityContext caller)
    {
        // Whoever waits for the fetch sees it in their trace; a renewal that nobody waits for stands alone, linked to who set it off.
        var waits = reason != FetchReason.Renewal;
        var activity = _activities.StartActivity(
            "cognito_m2m.acquire_token",
            ActivityKind.Internal,
            parentContext: waits ? caller : default,
            links: waits || caller == default ? null : [new ActivityLink(caller)]);
        return activity?.SetTag(ClientTag, clientName).SetTag(RouteTag, _route).SetTag(ReasonTag, Word(reason));
    }

    public void RequestEnded(FetchReason reason, TimeSpan took, string? error)
    {
        var tags = new TagList { { ClientTag, clientName }, { RouteTag, _route }, { ReasonTag, Word(reason) } };
        if (error is not null)
            tags.Add(ErrorTag, error);

        try
        {
            instruments.Requests.Add(1, tags);
            instruments.Duration.Record(took.TotalSeconds, tags);
        }
        catch (Exception)
        {
            // A listener that throws must not cost the token that just came in.
        }
    }

    public void CallerWaits(string caller) => instruments.Waits.Add(1, new KeyValuePair<string, object?>(ClientTag, caller));

    public void TokenRejected(string caller, string host, bool setsOffReplacement)
    {
        instruments.Rejections.Add(1, new KeyValuePair<string, object?>(ClientTag, caller));
        if (setsOffReplacement)
            Log.TokenRejected(instruments.Logger, caller, host);
    }

    /// <summary>Says how a fetch ended: once, for all who waited.</summary>
    /// <param name="activity">The fetch's own.</param>
    /// <param name="reason">Why it was started.</param>
    /// <param name="obtained">The token, if it brought one.</param>
    /// <param name="failure">The failure, if it brought none.</param>
    /// <param name="retryIn">When the next attempt comes.</param>
    /// <param name="held">The token that calls go on with meanwhile.</param>
    public void FetchEnded(
        Activity? activity, FetchReason reason, CognitoAccessToken? obtained, TokenFailure? failure, TimeSpan retryIn, CognitoAccessToken? held)
    {
        if (obtained is not null)
            TokenObtained(obtained, reason);
        else if (failure is not null && !ReferenceEquals(failure, TokenFailure.Disposed))
            FetchFailed(activity, failure, retryIn, held);
    }

    private void TokenObtained(CognitoAccessToken token, FetchReason reason)
    {
        Log.TokenObtained(instruments.Logger, clientName, string.Join(' ', token.Scopes), Word(reason), token.ExpiresAt);

        var missing = ScopeSet.Split(requestedScopes).Except(token.Scopes, StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
            Log.ScopesMissing(instruments.Logger, clientName, string.Join(' ', missing));
    }

    private void FetchFailed(Activity? activity, TokenFailure failure, TimeSpan retryIn, CognitoAccessToken? held)
    {
        activity?.SetTag(ErrorTag, failure.Error).SetStatus(ActivityStatusCode.Error);
        if (held is not null)
            Log.RenewalFailed(instruments.Logger, failure.Cause, clientName, failure.Error, failure.IsTransient, held.ExpiresAt, retryIn, failure.Hint);
        else
            Log.FetchFailed(instruments.Logger, failure.Cause, clientName, failure.Error, failure.IsTransient, retryIn, failure.Hint);
    }

    private static string Word(FetchReason reason) => reason switch
    {
        FetchReason.Cold => "cold",
        FetchReason.Renewal => "renewal",
        FetchReason.Rejected => "rejected",
        _ => "forced",
    };
}
