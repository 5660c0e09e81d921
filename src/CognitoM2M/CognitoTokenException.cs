using System.Net;

namespace CognitoM2M;

/// <summary>There is no token, so the call was not made. Says why, for which client, and what to look at first.</summary>
/// <remarks>
/// Derived from <see cref="HttpRequestException"/>, so that code for calls that could not be made (<c>catch</c> clauses, retry predicates,
/// gRPC, Refit) handles this exception, too. <see cref="HttpRequestException.StatusCode"/> is always <see langword="null"/>: the API that
/// was to be called sent no response.
/// </remarks>
/// <param name="clientName">The name of the client.</param>
/// <param name="error">What happened; see <see cref="Error"/>.</param>
/// <param name="hint">What to look at first.</param>
/// <param name="innerException">The cause; null if there is none.</param>
public sealed class CognitoTokenException(string clientName, string error, string hint, Exception? innerException = null)
    : HttpRequestException(message: null, innerException, statusCode: null)
{
    /// <summary>The name of the client, as given to <c>AddCognitoM2MClient</c>.</summary>
    public string ClientName { get; } = clientName;

    /// <summary>
    /// What happened: the OAuth 2.0 error code (RFC 6749, section 5.2: <c>invalid_client</c>, ...), the AWS error name
    /// (<c>NotAuthorizedException</c>, ...), or one of <see cref="CognitoTokenErrors"/>.
    /// </summary>
    public string Error { get; } = error;

    /// <summary>What to look at first.</summary>
    public string Hint { get; } = hint;

    /// <summary>The status code of Cognito's response; <see langword="null"/> if there was no response.</summary>
    public HttpStatusCode? TokenEndpointStatusCode { get; init; }

    /// <summary>Whether a later attempt can succeed without anybody changing anything.</summary>
    /// <value><see langword="false"/> by default.</value>
    public bool IsTransient { get; init; }

    /// <summary>How long until Cognito is asked again. Until then every call that needs this token fails at once with the same error.</summary>
    /// <value><see langword="null"/> if a later call can succeed at once, or if only a change can help.</value>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The failure in words: client, error, status and hint. Holds no token and no secret.</summary>
    public override string Message => TokenEndpointStatusCode is { } status
        ? $"No token for client '{ClientName}': {Error} (status {(int)status}). {Hint}"
        : $"No token for client '{ClientName}': {Error}. {Hint}";
}
