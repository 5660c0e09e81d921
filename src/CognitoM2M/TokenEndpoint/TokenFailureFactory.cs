using System.Net;
using System.Text.RegularExpressions;
using CognitoM2M.Secrets;
using CognitoM2M.Settings;
using CognitoM2M.Tokens;

namespace CognitoM2M.TokenEndpoint;

/// <summary>Turns what came back instead of a token into a failure that says what to look at.</summary>
internal sealed partial class TokenFailureFactory(AppClientSettings client, string scopes)
{
    // What is named in a message; anything else may be an echo of what was sent.
    private static readonly string[] _mediaTypes =
        ["text/html", "text/plain", "text/xml", "application/json", "application/xml", "application/xhtml+xml", "application/octet-stream", "application/x-amz-json-1.1"];

    private string Where => $"{client.Endpoint.Authority}{client.Endpoint.AbsolutePath}";

    /// <summary>The server answered, and not with success.</summary>
    public TokenFailure Answered(HttpResponseMessage response, string? namedError, string secret, DateTimeOffset now)
    {
        var status = response.StatusCode;
        var error = IsSafeName(namedError, secret) ? namedError! : CognitoTokenErrors.HttpError;
        return new TokenFailure(error, HintFor(error, response), IsTransient(error, status))
        {
            StatusCode = status,
            RetryAfter = RetryAfter(response, now),
        };
    }

    /// <summary>The server says success and sends something else.</summary>
    public TokenFailure NotAToken(HttpResponseMessage response, string problem) =>
        new(CognitoTokenErrors.InvalidResponse,
            $"The answer of {Where} is not a token response: {problem}{ContentType(response)}. Is this the address of Cognito, with nothing in between that answers in its place?",
            IsTransient: false)
        {
            StatusCode = response.StatusCode,
        };

    /// <summary>No answer came.</summary>
    public TokenFailure NotAnswered(Exception cause) =>
        new(CognitoTokenErrors.RequestFailed, HintFor((cause as HttpRequestException)?.HttpRequestError), IsTransient: true)
        {
            // The message of this one quotes what the server sent.
            Cause = cause is HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } ? null : cause,
        };

    /// <summary>Nothing was sent, for want of a secret.</summary>
    public static TokenFailure NoSecret(SecretUnavailableException problem) =>
        new(CognitoTokenErrors.SecretUnavailable, problem.Message, IsTransient: true) { Cause = problem.InnerException };

    /// <summary>No answer came in time.</summary>
    public TokenFailure TimedOut(string limit, Exception? cause = null) =>
        new(CognitoTokenErrors.Timeout, $"{Where} did not answer within {limit}.", IsTransient: true) { Cause = cause };

    private static bool IsTransient(string error, HttpStatusCode status) =>
        (int)status >= 500
        || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
        // On the JSON API the status says little: throttling comes with 400.
        || error is "TooManyRequestsException" or "ThrottlingException" or "InternalErrorException" or "InternalServerException"
            or "InternalFailure" or "ServiceUnavailable" or "RequestTimeoutException" or "server_error" or "temporarily_unavailable";

    private string HintFor(string error, HttpResponseMessage response) => error switch
    {
        "invalid_client" or "NotAuthorizedException" =>
            $"{Where} does not accept client id '{client.ClientId}' with the secret it was given. Is the app client in that user pool, and is the secret its present one?",
        "invalid_grant" =>
            $"The app client '{client.ClientId}' is probably not enabled for OAuth: set AllowedOAuthFlowsUserPoolClient to true (and send every other setting of the client along with it, or they are reset).",
        "invalid_scope" =>
            $"Asked for {ScopesAsked}. Each must be allowed for app client '{client.ClientId}' (AllowedOAuthScopes) and be written resource-server/scope, as it stands on the resource server.",
        "unauthorized_client" =>
            $"The app client '{client.ClientId}' may not use client_credentials: add it to AllowedOAuthFlows, as the only flow of a client that has a secret.",
        "unsupported_grant_type" =>
            $"{Where} does not know client_credentials; is it the token endpoint of a user pool?",
        "invalid_request" =>
            $"{Where} found the request malformed. If ClientMetadata is set, look at that first, then at what stands between here and Cognito.",
        "InvalidParameterException" =>
            $"Asked for {ScopesAsked}. Each must be allowed for app client '{client.ClientId}', whose ExplicitAuthFlows must be ALLOW_CLIENT_TOKEN_AUTH alone; just after a change of the client it may take some seconds.",
        "ResourceNotFoundException" =>
            $"{Where} knows no app client '{client.ClientId}', or not one of the scopes; is it in this region?",
        "OperationNotEnabledException" =>
            "GetClientToken is not available there; a user pool's replica region may refuse it. Use the primary region, or the OAuth2 route.",
        "UnknownOperationException" =>
            $"{Where} does not know GetClientToken; is it the address of the user pools API?",
        "ForbiddenException" => BlockedHint,
        "TooManyRequestsException" or "ThrottlingException" => ThrottledHint,
        _ => HintFor(response),
    };

    private string HintFor(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        429 => ThrottledHint,
        403 => BlockedHint,
        405 => $"{Where} does not take the request; does the address end in /oauth2/token?",
        404 => $"There is nothing at {Where}; is the address right?",
        >= 300 and < 400 => $"{Where} answered with a redirect, which is not followed, so that the secret goes nowhere else. Is the address right?",
        >= 500 => $"{Where} has a problem of its own{ContentType(response)}.",
        _ => $"{Where} refused the request{ContentType(response)}.",
    };

    private string HintFor(HttpRequestError? error) => error switch
    {
        HttpRequestError.NameResolutionError =>
            $"The name {client.Endpoint.Host} does not resolve. A new domain takes up to a minute; otherwise check Domain and Region.",
        HttpRequestError.ConnectionError => $"No connection to {client.Endpoint.Authority}; is there a way out to it from here?",
        HttpRequestError.InvalidResponse => $"The answer of {client.Endpoint.Authority} is not HTTP; what listens there?",
        HttpRequestError.SecureConnectionError => $"No TLS connection to {client.Endpoint.Authority}; see the inner exception.",
        _ => $"The request to {client.Endpoint.Authority} ended without an answer; see the inner exception.",
    };

    private string BlockedHint =>
        $"{Where} is blocked for this request, most likely by an AWS WAF web ACL or a proxy.";

    private string ThrottledHint =>
        $"{Where} is throttled. Cognito allows 150 client-credentials requests per second for a whole account; something asks for more tokens than it keeps.";

    private string ScopesAsked => scopes.Length == 0 ? "every scope allowed" : $"[{scopes}]";

    private static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        var asked = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            // By the server's own clock, if it says what that is.
            { Date: { } date } => date - (response.Headers.Date ?? now),
            _ => TimeSpan.Zero,
        };
        return asked > TimeSpan.Zero ? asked : null;
    }

    private static string ContentType(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is { } type && Array.IndexOf(_mediaTypes, type) >= 0 ? $" (it is {type})" : "";

    // What a server says goes into messages only in the form of a name, and never with the secret in it.
    private static bool IsSafeName(string? name, string secret) =>
        name is not null && ErrorName().IsMatch(name) && !name.Contains(secret, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^(?=.{2,64}\z)([a-z]+(_[a-z]+)*|[A-Z][A-Za-z]+)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ErrorName();
}
