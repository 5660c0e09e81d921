using CognitoM2M.Verification;

namespace CognitoM2M.AspNetCore.Authentication;

/// <summary>Says in the log which setting accepts a valid token of the other kind.</summary>
internal static class RejectionHint
{
    /// <summary>Adds the hint to what was found, if there is a hint.</summary>
    /// <param name="rejection">The rejection.</param>
    /// <param name="isOwn">Whether <c>AddCognitoM2M</c> registered the scheme. The schemes of <c>UseCognitoM2M</c> accept access tokens only.</param>
    public static TokenRejection Add(TokenRejection rejection, bool isOwn)
    {
        var hint = (rejection.Reason, rejection.Actual) switch
        {
            (TokenRejectionReason.NotAnAccessToken, "'id'") when isOwn => "an ID token; set AcceptedTokens to Id or AccessAndId to accept ID tokens",
            (TokenRejectionReason.NotAnAccessToken, "'id'") => "an ID token; to accept ID tokens, use AddCognitoM2M",
            (TokenRejectionReason.NotAnIdToken, "'access'") => "an access token; set AcceptedTokens to Access or AccessAndId to accept access tokens",
            _ => null,
        };
        return hint is null ? rejection : new TokenRejection(rejection.Reason, rejection.Expected, $"{rejection.Actual} ({hint})");
    }
}
