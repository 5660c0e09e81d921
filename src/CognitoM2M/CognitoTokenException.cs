using System.Net;

namespace CognitoM2M;

/// <summary>There is no token to send, so nothing was sent. Says why, for which client, and what to look at.</summary>
public sealed class CognitoTokenException : Exception
{
    /// <summary>Makes an exception, for an <see cref="ICognitoTokenProvider"/> of your own, in tests for instance.</summary>
    /// <param name="clientName">The name of the client.</param>
    /// <param name="error">What happened, as <see cref="Error"/> says.</param>
    /// <param name="hint">What to look at first.</param>
    /// <param name="isTransient">Whether trying again later can help.</param>
    /// <param name="statusCode">The status code of Cognito's answer, if there was one.</param>
    /// <param name="retryAfter">How long until Cognito is asked again.</param>
    /// <param name="innerException">What caused it.</param>
    public CognitoTokenException(
        string clientName,
        string error,
        string hint,
        bool isTransient = false,
        HttpStatusCode? statusCode = null,
        TimeSpan? retryAfter = null,
        Exception? innerException = null)
        : base(Describe(clientName, error, hint, statusCode), innerException)
    {
        ClientName = clientName;
        Error = error;
        Hint = hint;
        StatusCode = statusCode;
        IsTransient = isTransient;
        RetryAfter = retryAfter;
    }

    /// <summary>The name of the client, as given to <c>AddCognitoM2MClient</c>.</summary>
    public string ClientName { get; }

    /// <summary>
    /// What happened: the OAuth 2.0 error code (RFC 6749, section 5.2: <c>invalid_client</c>, ...), the AWS error name
    /// (<c>NotAuthorizedException</c>, ...), or one of <see cref="CognitoTokenErrors"/>.
    /// </summary>
    public string Error { get; }

    /// <summary>What to look at first.</summary>
    public string Hint { get; }

    /// <summary>The status code of Cognito's answer; <see langword="null"/> if there was none.</summary>
    public HttpStatusCode? StatusCode { get; }

    /// <summary>Whether trying again later can help without anybody changing anything.</summary>
    public bool IsTransient { get; }

    /// <summary>
    /// How long until Cognito is asked again; until then every call that needs this token fails at once in the same way.
    /// <see langword="null"/> if waiting is not the point.
    /// </summary>
    public TimeSpan? RetryAfter { get; }

    private static string Describe(string clientName, string error, string hint, HttpStatusCode? statusCode) =>
        statusCode is { } status
            ? $"No token for client '{clientName}': {error} (status {(int)status}). {hint}"
            : $"No token for client '{clientName}': {error}. {hint}";
}
