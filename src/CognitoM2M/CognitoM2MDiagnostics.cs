namespace CognitoM2M;

/// <summary>Names under which this library can be observed, and configured where it uses what HttpClientFactory offers.</summary>
public static class CognitoM2MDiagnostics
{
    /// <summary>The meter: token requests, their duration and cost, calls and where their tokens came from, the state of each client.</summary>
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

    /// <summary>Counter <c>{call}</c>: calls that got a token, by where it came from: memory, the shared tier or Cognito.</summary>
    public const string TokensServed = "cognito_m2m.token.served";

    /// <summary>Counter <c>{request}</c>: token requests that were not sent because the shared tier had another process's token.</summary>
    public const string TokenSavedRequests = "cognito_m2m.token.saved_requests";

    /// <summary>Counter <c>{USD}</c>: successful token requests, at the client's <c>PricePerTokenRequest</c>.</summary>
    public const string TokenCost = "cognito_m2m.token.cost";

    /// <summary>Counter <c>{USD}</c>: saved token requests, at the same price.</summary>
    public const string TokenSavedCost = "cognito_m2m.token.saved_cost";

    /// <summary>Gauge <c>s</c>: how long the token of each client is still valid; 0 without one.</summary>
    public const string TokenRemaining = "cognito_m2m.token.remaining";

    /// <summary>Gauge <c>s</c>: how long Cognito is left alone yet after failures of a client; 0 if all is well.</summary>
    public const string TokenBackOff = "cognito_m2m.token.backoff";

    /// <summary>Histogram <c>s</c>: how long the distributed cache took for one operation.</summary>
    public const string SharedTierDuration = "cognito_m2m.shared_tier.operation.duration";

    /// <summary>Counter <c>{answer}</c>: 401 answers of an API to a token of ours.</summary>
    public const string TokenRejections = "cognito_m2m.token.rejections";
}
