namespace CognitoM2M;

/// <summary>Names of the meter, its instruments, the activity source and the log category of this library, and of the HttpClient that sends token requests.</summary>
public static class CognitoM2MDiagnostics
{
    /// <summary>The meter. It measures token requests with their duration and cost, the source of the token of each call, and the state of each client.</summary>
    public const string MeterName = "CognitoM2M";

    /// <summary>The activity source. Each fetch of a token is one activity.</summary>
    public const string ActivitySourceName = "CognitoM2M";

    /// <summary>The category of all log messages.</summary>
    public const string LogCategoryName = "CognitoM2M";

    /// <summary>
    /// The HttpClient that sends token requests. To configure a proxy, a time-out or a primary handler, call <c>services.AddHttpClient</c>
    /// with this name. The client follows no redirect, keeps no cookie, and has no other handlers and no request log. What is registered for
    /// all HttpClients (<c>ConfigureHttpClientDefaults</c>, <c>IHttpMessageHandlerBuilderFilter</c>) does not apply to it.
    /// </summary>
    public const string TokenHttpClientName = "CognitoM2M.TokenEndpoint";

    /// <summary>
    /// Counter <c>{request}</c>: requests sent to Cognito. Cognito bills the successful ones.
    /// Tags: <c>cognito_m2m.client</c>, <c>cognito_m2m.route</c>, <c>cognito_m2m.reason</c>, <c>error.type</c>.
    /// </summary>
    public const string TokenRequests = "cognito_m2m.token.requests";

    /// <summary>
    /// Histogram <c>s</c>: how long Cognito took to respond.
    /// Tags: <c>cognito_m2m.client</c>, <c>cognito_m2m.route</c>, <c>cognito_m2m.reason</c>, <c>error.type</c>.
    /// </summary>
    public const string TokenRequestDuration = "cognito_m2m.token.request.duration";

    /// <summary>
    /// Histogram <c>s</c>: how long a token request waited for its turn, because of <see cref="CognitoM2MClientOptions.MaxTokenRequestsPerSecond"/> or because Cognito throttles.
    /// Tags: <c>cognito_m2m.client</c>, <c>cognito_m2m.route</c>, <c>cognito_m2m.reason</c>.
    /// </summary>
    public const string TokenRequestTimeInQueue = "cognito_m2m.token.request.time_in_queue";

    /// <summary>
    /// Counter <c>{call}</c>: calls that waited for a fetch because no usable token was held.
    /// Tag: <c>cognito_m2m.client</c>.
    /// </summary>
    public const string TokenWaits = "cognito_m2m.token.waits";

    /// <summary>
    /// Counter <c>{call}</c>: calls that got a token, by the source of the token: memory, the shared tier or Cognito.
    /// Tags: <c>cognito_m2m.client</c>, <c>cognito_m2m.source</c>.
    /// </summary>
    public const string TokensServed = "cognito_m2m.token.served";

    /// <summary>
    /// Counter <c>{request}</c>: token requests that were not sent because the shared tier had the token of another process.
    /// Tag: <c>cognito_m2m.client</c>.
    /// </summary>
    public const string TokenSavedRequests = "cognito_m2m.token.saved_requests";

    /// <summary>
    /// Counter <c>{USD}</c>: cost of the successful token requests, at <see cref="CognitoM2MClientOptions.UsdPerTokenRequest"/> of the client.
    /// Tags: <c>cognito_m2m.client</c>, <c>cognito_m2m.route</c>, <c>cognito_m2m.reason</c>.
    /// </summary>
    public const string TokenCost = "cognito_m2m.token.cost";

    /// <summary>
    /// Counter <c>{USD}</c>: cost of the token requests that were not sent, at the same price.
    /// Tag: <c>cognito_m2m.client</c>.
    /// </summary>
    public const string TokenSavedCost = "cognito_m2m.token.saved_cost";

    /// <summary>
    /// Gauge <c>s</c>: how long the token of each client is still valid; 0 without a token.
    /// Tags: <c>cognito_m2m.client</c>, <c>cognito_m2m.scopes</c>.
    /// </summary>
    public const string TokenRemaining = "cognito_m2m.token.remaining";

    /// <summary>
    /// Gauge <c>s</c>: how long until Cognito is asked again after a failed fetch of a client; 0 if no back-off runs.
    /// Tags: <c>cognito_m2m.client</c>, <c>cognito_m2m.scopes</c>.
    /// </summary>
    public const string TokenBackOff = "cognito_m2m.token.backoff";

    /// <summary>
    /// Histogram <c>s</c>: how long one operation on the distributed cache took.
    /// Tags: <c>cognito_m2m.operation</c>, <c>error.type</c>.
    /// </summary>
    public const string SharedTierDuration = "cognito_m2m.shared_tier.operation.duration";

    /// <summary>
    /// Counter <c>{answer}</c>: tokens that an API rejected with status 401, or that were reported with <see cref="ICognitoTokenProvider.ReplaceRejectedTokenAsync"/>.
    /// Tag: <c>cognito_m2m.client</c>.
    /// </summary>
    public const string TokenRejections = "cognito_m2m.token.rejections";
}
