using CognitoM2M.Verification;

namespace CognitoM2M.AspNetCore.Authentication;

/// <summary>Says in the log which setting accepts a token that is good, but of the other kind.</summary>
internal static class RejectionHint
{
    /// <summary>What was found, with the hint if there is one.</summary>
    public static string DescribeActual(TokenRejection rejection) => Find(rejection) is { } hint ? $"{rejection.Actual} ({hint})" : rejection.Actual;

    /// <summary>The whole rejection in one sentence, with the hint if there is one.</summary>
    public static string Describe(TokenRejection rejection) => new TokenRejection(rejection.Reason, rejection.Expected, DescribeActual(rejection)).Message;

    private static string? Find(TokenRejection rejection) => (rejection.Reason, rejection.Actual) switch
    {
        (TokenRejectionReason.NotAnAccessToken, "'id'") => "an ID token; set AcceptedTokens to Id or AccessAndId to accept ID tokens",
        (TokenRejectionReason.NotAnIdToken, "'access'") => "an access token; set AcceptedTokens to Access or AccessAndId to accept access tokens",
        _ => null,
    };
}
