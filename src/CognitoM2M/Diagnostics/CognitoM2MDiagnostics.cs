namespace CognitoM2M;

/// <summary>Names under which this library can be observed, and configured where it uses what HttpClientFactory offers.</summary>
public static class CognitoM2MDiagnostics
{
    /// <summary>The meter: token requests and their duration, callers that waited, tokens that an API rejected.</summary>
    public const string MeterName = "CognitoM2M";

    /// <summary>The activity source: one activity for each fetch of a token.</summary>
    public const string ActivitySourceName = "CognitoM2M";

    /// <summary>The category of all log messages.</summary>
    public const string LogCategoryName = "CognitoM2M";

    /// <summary>
    /// The HttpClient that sends token requests: configure a proxy or a time-out with <c>services.AddHttpClient(thisName)</c>.
    /// It never carries a token, follows no redirect and keeps no cookie.
    /// </summary>
    public const string TokenHttpClientName = "CognitoM2M.TokenEndpoint";

    /// <summary>Counter <c>{request}</c>: requests sent to Cognito. What Cognito counts, and bills if they succeed.</summary>
    public const string TokenRequests = "cognito_m2m.token.requests";

    /// <summary>Histogram <c>s</c>: how long Cognito took to answer.</summary>
    public const string TokenRequestDuration = "cognito_m2m.token.request.duration";

    /// <summary>Counter <c>{call}</c>: calls that had to wait for a fetch because no usable token was held.</summary>
    public const string TokenWaits = "cognito_m2m.token.waits";

    /// <summary>Counter <c>{answer}</c>: 401 answers of an API to a token of ours.</summary>
    public const string TokenRejections = "cognito_m2m.token.rejections";
}
