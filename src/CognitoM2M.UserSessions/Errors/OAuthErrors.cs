using static CognitoM2M.UserSessions.CognitoUserSessionFailure;

namespace CognitoM2M.UserSessions.Errors;

/// <summary>The errors of <c>/oauth2/token</c>, and those that <c>/oauth2/authorize</c> sends to the callback. The first row that fits counts.</summary>
internal static class OAuthErrors
{
    private static readonly TimeSpan _shortPause = TimeSpan.FromSeconds(5);

    public static IReadOnlyList<ErrorRow> Rows { get; } =
    [
        new("invalid_grant", SignInExpired, UserMessages.BeginAgain, "The code has expired or was used before, or code verifier or redirect URI do not fit it. If no code works, set AllowedOAuthFlowsUserPoolClient of the app client to true."),
        new("access_denied", SignInCancelled, UserMessages.Cancelled, "The user has cancelled at the identity provider, or the identity provider refused."),
        new("login_required", SignInCancelled, UserMessages.Cancelled, "Nobody has signed in with this browser, and prompt=none allows no sign-in page."),
        new("interaction_required", SignInCancelled, UserMessages.Cancelled, "Cognito must show a page to the user, and prompt=none allows no page."),
        new("consent_required", SignInCancelled, UserMessages.Cancelled, "The user must consent on a page, and prompt=none allows no page."),
        new("invalid_client", Configuration, UserMessages.NotPossible, "ClientId or ClientSecret is wrong. Check that the app client is in this user pool."),
        new("unauthorized_client", Configuration, UserMessages.NotPossible, "Add the flow code to AllowedOAuthFlows of the app client, and the identity provider to SupportedIdentityProviders."),
        new("unsupported_response_type", Configuration, UserMessages.NotPossible, "The app client does not allow the flow code."),
        new("unsupported_grant_type", Configuration, UserMessages.NotPossible, "The address is not the domain of a user pool. Check Domain or DomainUrl."),
        new("invalid_scope", Configuration, UserMessages.NotPossible, "A requested scope is not in AllowedOAuthScopes of the app client."),
        new("redirect_mismatch", Configuration, UserMessages.NotPossible, "The redirect URI is not a callback URL of the app client."),
        new("invalid_request", Refused, UserMessages.NotPossible, "An identity provider or a Lambda function of the user pool refused the sign-in. The parameter error_description of the callback says why.")
        {
            Step = SessionStep.Callback,
        },
        new("invalid_request", Configuration, UserMessages.NotPossible, "Cognito refused the request as malformed. Check whether a proxy changes it."),
        new("server_error", Unavailable, UserMessages.TryLater, "Cognito returned a server error.") { RetryAfter = _shortPause },
        new("temporarily_unavailable", Unavailable, UserMessages.TryLater, "Cognito is overloaded.") { RetryAfter = _shortPause },
        new("too_many_requests", Throttled, UserMessages.WaitShortly, "Cognito throttles.") { RetryAfter = _shortPause },
    ];
}
