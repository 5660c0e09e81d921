using System.Net;
using CognitoM2M.Secrets;
using CognitoM2M.Settings;
using CognitoM2M.Shared;
using CognitoM2M.Tokens;

namespace CognitoM2M.TokenEndpoint;

/// <summary>Turns a response without a token, or no response, into a failure that says what to look at first.</summary>
internal sealed class TokenFailureFactory(AppClientSettings client, string scopes, string metadata)
{
    // The media types that a message may name. Any other text may be an echo of the request.
    private static readonly string[] _mediaTypes =
        ["text/html", "text/plain", "text/xml", "application/json", "application/xml", "application/xhtml+xml", "application/octet-stream", "application/x-amz-json-1.1"];

    private string Where => $"{client.Endpoint.Authority}{client.Endpoint.AbsolutePath}";

    /// <summary>The server responded with an error.</summary>
    public TokenFailure Answered(HttpResponseMessage response, string? namedError, DateTimeOffset now, params ReadOnlySpan<string?> secrets)
    {
        var status = response.StatusCode;
        var error = IsSafe(namedError, secrets) ? namedError! : CognitoTokenErrors.HttpError;
        return new TokenFailure(error, HintFor(error, response), IsTransient(error, status))
        {
            StatusCode = status,
            RetryAfter = RetryAfter(response, now),
            IsRefusedSecret = error is "invalid_client" or "NotAuthorizedException",
        };
    }

    /// <summary>The response is successful and is not a token response.</summary>
    public TokenFailure NotAToken(HttpResponseMessage response, string problem) =>
        new(CognitoTokenErrors.InvalidResponse,
            $"The response of {Where} is not a token response: {problem}{DescribeContentType(response)}. Check that this is the address of Cognito, and that no proxy responds in its place.",
            IsTransient: false)
        {
            StatusCode = response.StatusCode,
        };

    /// <summary>No response came.</summary>
    public TokenFailure NotAnswered(Exception cause) =>
        new(CognitoTokenErrors.RequestFailed, HintFor((cause as HttpRequestException)?.HttpRequestError), IsTransient: true)
        {
            // The message of this exception quotes what the server sent.
            Cause = cause is HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } ? null : cause,
        };

    /// <summary>Nothing was sent, because there is no client secret.</summary>
    public static TokenFailure NoSecret(SecretUnavailableException problem) =>
        new(CognitoTokenErrors.SecretUnavailable, problem.Message, problem.IsTransient) { Cause = problem.InnerException };

    /// <summary>Nothing was sent, because other token requests of this process went first for too long.</summary>
    public TokenFailure NoTurn() => new(
        CognitoTokenErrors.QueueTimeout,
        $"The token request was not sent: for {FetchOrder.LongestTurnWait.TotalSeconds:0} s other token requests of this process to {client.Endpoint.Authority} went first. "
            + "MaxTokenRequestsPerSecond limits them, and they are slower while Cognito throttles. Find the code that requests so many tokens. Raise the limit if your quota allows more.",
        IsTransient: true);

    /// <summary>No response came in time.</summary>
    public TokenFailure TimedOut(string limit, Exception? cause = null) =>
        new(CognitoTokenErrors.Timeout, $"{Where} did not answer within {limit}.", IsTransient: true) { Cause = cause };

    private static bool IsSafe(string? name, ReadOnlySpan<string?> secrets)
    {
        foreach (var secret in secrets)
        {
            if (!ErrorName.IsSafe(name, secret))
                return false;
        }

        return true;
    }

    private static bool IsTransient(string error, HttpStatusCode status) =>
        (int)status >= 500
        || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
        // The JSON API sends status 400 for throttling, too.
        || error is "TooManyRequestsException" or "ThrottlingException" or "InternalErrorException" or "InternalServerException"
            or "InternalFailure" or "ServiceUnavailable" or "RequestTimeoutException" or "server_error" or "temporarily_unavailable";

    private string HintFor(string error, HttpResponseMessage response) => error switch
    {
        "invalid_client" or "NotAuthorizedException" =>
            $"{Where} does not accept client id '{client.ClientId}' with this client secret. Check that the app client is in this user pool, and that the secret is its current one.",
        "invalid_grant" =>
            $"The app client '{client.ClientId}' is probably not enabled for OAuth: set AllowedOAuthFlowsUserPoolClient to true (and send every other setting of the app client with it, or Cognito resets them).",
        "invalid_scope" =>
            $"Requested: {RequestedScopes}. Each scope must be allowed for app client '{client.ClientId}' (AllowedOAuthScopes) and be written resource-server/scope, as on the resource server.",
        "unauthorized_client" =>
            $"The app client '{client.ClientId}' may not use client_credentials: add it to AllowedOAuthFlows. It must be the only flow, and the app client needs a secret.",
        "unsupported_grant_type" =>
            $"{Where} does not support client_credentials. Check that it is the token endpoint of a user pool.",
        "invalid_request" =>
            $"{Where} refused the request as malformed. "
            + (metadata.Length > 0 ? "Check the client metadata first. Then check" : "Check that this is the token endpoint of a user pool, and")
            + " whether a proxy changes the request.",
        "InvalidParameterException" =>
            $"Requested: {RequestedScopes}. Each scope must be allowed for app client '{client.ClientId}', and its ExplicitAuthFlows must be ALLOW_CLIENT_TOKEN_AUTH only. A change of the app client takes effect after some seconds.",
        "ResourceNotFoundException" =>
            $"{Where} does not know app client '{client.ClientId}' or one of the scopes. Check the region.",
        "OperationNotEnabledException" =>
            "GetClientToken is not available at this address. A replica region of a user pool may refuse the operation. Use the primary region, or Route OAuth2.",
        "UnknownOperationException" =>
            $"{Where} does not know GetClientToken. Check that it is the address of the user pools API.",
        "ForbiddenException" => BlockedHint,
        "TooManyRequestsException" or "ThrottlingException" => ThrottledHint,
        _ => HintFor(response),
    };

    private string HintFor(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        429 => ThrottledHint,
        403 => BlockedHint,
        405 => $"{Where} does not accept this request. Check that the address ends in /oauth2/token.",
        404 => $"{Where} does not exist. Check the address.",
        >= 300 and < 400 => $"{Where} responded with a redirect. Redirects are not followed, because the client secret must not go to another address. Check the address.",
        >= 500 => $"{Where} returned a server error.{DescribeForeignResponse(response)}",
        _ when client.Route == CognitoTokenRoute.OAuth2 && client.Endpoint.AbsolutePath == "/" =>
            $"{Where} refused the request. Check the address: the token endpoint of a user pool ends in /oauth2/token.",
        _ => $"{Where} refused the request.{DescribeForeignResponse(response)}",
    };

    private string HintFor(HttpRequestError? error) => error switch
    {
        HttpRequestError.NameResolutionError =>
            $"The host name {client.Endpoint.Host} does not resolve. A new domain takes up to a minute. Otherwise check Domain and Region.",
        HttpRequestError.ConnectionError when client.Endpoint.IsLoopback =>
            $"No connection to {client.Endpoint.Authority}. This address belongs to this machine or container itself. Check that the emulator is running here, and its port.",
        HttpRequestError.ConnectionError => $"No connection to {client.Endpoint.Authority}. Check that this host can reach it (firewall, proxy, security group).",
        HttpRequestError.InvalidResponse => $"The response of {client.Endpoint.Authority} is not HTTP. Check which server listens at this address.",
        HttpRequestError.SecureConnectionError => $"No TLS connection to {client.Endpoint.Authority}. See the inner exception.",
        _ => $"The request to {client.Endpoint.Authority} ended without a response. See the inner exception.",
    };

    private string BlockedHint =>
        $"{Where} blocked this request. The most likely cause is an AWS WAF web ACL or a proxy.";

    private string ThrottledHint =>
        $"{Where} throttles token requests. Cognito allows 150 per second for an AWS account in one region, and this quota cannot be raised. Find the service that requests tokens without caching them.";

    private string RequestedScopes => scopes.Length == 0 ? "every allowed scope" : $"[{scopes}]";

    private static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        var asked = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            // Measured on the server's own clock, if the response has a Date header.
            { Date: { } date } => date - (response.Headers.Date ?? now),
            _ => TimeSpan.Zero,
        };
        return asked > TimeSpan.Zero ? asked : null;
    }

    private static string DescribeContentType(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is { } type && Array.IndexOf(_mediaTypes, type) >= 0 ? $" (content type {type})" : "";

    // Cognito answers in JSON.
    private static string DescribeForeignResponse(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is { } type && !type.Contains("json", StringComparison.Ordinal) && Array.IndexOf(_mediaTypes, type) >= 0
            ? $" The response is {type}, and Cognito responds in JSON: a proxy or a load balancer may have responded in its place."
            : "";
}
