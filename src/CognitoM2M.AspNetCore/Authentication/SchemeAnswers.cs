using Microsoft.AspNetCore.Http;

namespace CognitoM2M.AspNetCore.Authentication;

/// <summary>What the answers of all schemes that accept Cognito's tokens have in common.</summary>
internal static class SchemeAnswers
{
    // The longest time that a verifier waits between two attempts to download a key set.
    private const string RetryAfterSeconds = "10";

    /// <summary>
    /// Whether the answer of another scheme stands. Several schemes may be challenged in turn. Another scheme may have no keys (503), or accept the token except for
    /// its scopes (403). Then this scheme must not tell the caller that the token is bad.
    /// </summary>
    public static bool IsGivenByOtherScheme(HttpResponse response) =>
        response.StatusCode is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status403Forbidden;

    /// <summary>Answers 503. Nothing is wrong with the caller's token, so another token would not help.</summary>
    public static void AskToTryAgain(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = RetryAfterSeconds;
        response.Headers.WWWAuthenticate = default;
    }
}
