using CognitoM2M.Emulator;
using CognitoM2M.UserSessions.Errors;
using CognitoM2M.UserSessions.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;

namespace CognitoM2M.UserSessions.Tests.Errors;

/// <summary>Every row of the table of errors, as answers over HTTP.</summary>
public sealed class ErrorTableTests : SessionsTest
{
    [Fact]
    public async Task Error_of_the_user_pools_API_means_what_its_row_says()
    {
        foreach (var row in ServiceErrors.Rows)
        {
            Cognito.Faults.Set(EmulatorEndpoint.JsonApi, EmulatorFault.AwsError(row.Error, $"Something: {row.Part ?? "else"}."));
            // The last row of this name is for the steps that have no row of their own.
            var step = row.Step ?? (row is { Error: "NotAuthorizedException", Part: null } ? SessionStep.AccessToken : SessionStep.SignIn);
            // Without sessions of its own, a row about throttling would delay the next row.
            var sessions = Create(Web);

            AssertIs(row, await Assert.ThrowsAsync<CognitoUserSessionException>(() => RunAsync(sessions, step)));
        }
    }

    [Fact]
    public async Task Error_of_the_token_endpoint_or_a_callback_means_what_its_row_says()
    {
        foreach (var row in OAuthErrors.Rows)
        {
            Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.OAuthError(row.Error));
            var sessions = Create(Web);
            var begun = sessions.CreateAuthorization(new());
            var state = QueryHelpers.ParseQuery(begun.Address.Query)["state"];
            var query = row.Step == SessionStep.Callback ? $"?error={row.Error}&state={state}" : $"?code=c&state={state}";

            AssertIs(row, await Assert.ThrowsAsync<CognitoUserSessionException>(() => sessions.CompleteAuthorizationAsync(query, begun.CodeVerifier)));
        }
    }

    [Theory]
    [InlineData("NotAuthorizedException", "User is disabled.", "UserDisabled")]
    [InlineData("PasswordResetRequiredException", "Password reset required for the user", "PasswordResetRequired")]
    [InlineData("UserNotConfirmedException", "User is not confirmed.", "UserNotConfirmed")]
    [InlineData("UserNotFoundException", "User does not exist.", "WrongCredentials")]
    public async Task Error_that_keeps_a_user_from_signing_in_ends_the_session(string error, string message, string whenSigningIn)
    {
        Cognito.Faults.Set(EmulatorEndpoint.JsonApi, EmulatorFault.AwsError(error, message));

        var signIn = await Assert.ThrowsAsync<CognitoUserSessionException>(() => Sessions.SignInAsync("ann", Password));
        var refresh = await Assert.ThrowsAsync<CognitoUserSessionException>(() => Sessions.RefreshAsync("token"));
        var read = await Assert.ThrowsAsync<CognitoUserSessionException>(() => Sessions.GetUserAsync("token"));

        const string notSignedIn = "You could not be signed in. Check the user name and the password. After several attempts, wait 15 minutes or reset the password.";
        Assert.Equal((whenSigningIn, notSignedIn), (signIn.Failure.ToString(), signIn.UserMessage));
        Assert.Equal(("SessionEnded", "Your session has ended. Sign in again."), (refresh.Failure.ToString(), refresh.UserMessage));
        Assert.Equal(("SessionEnded", "Your session has ended. Sign in again."), (read.Failure.ToString(), read.UserMessage));
    }

    [Theory]
    [InlineData("NotAuthorizedException", "Refresh Token has been revoked", "SessionEnded", "Your session has ended. Sign in again.")]
    [InlineData("NotAuthorizedException", "Invalid Refresh Token", "SessionEnded", "Your session has ended. Sign in again.")]
    [InlineData("InvalidParameterException", "1 validation error detected: Value at 'clientSecret' failed to satisfy constraint", "Configuration", "Sign-in is not possible. Contact support.")]
    [InlineData("InvalidParameterException", "Invalid refresh token", "SessionEnded", "Your session has ended. Sign in again.")]
    [InlineData("AccessDeniedException", "text", "Blocked", "Sign-in is not possible. Contact support.")]
    [InlineData("RequestTimeoutException", "text", "Unavailable", "Sign-in is not available at the moment. Try again later.")]
    [InlineData("TooManyRequestsException", "Rate exceeded", "Throttled", "There are many requests at the moment. Wait a few seconds and try again.")]
    public async Task Error_of_a_refresh_says_whether_the_session_has_ended(string error, string message, string failure, string userMessage)
    {
        Cognito.Faults.Set(EmulatorEndpoint.JsonApi, EmulatorFault.AwsError(error, message));

        var refresh = await Assert.ThrowsAsync<CognitoUserSessionException>(() => Sessions.RefreshAsync("token"));

        Assert.Equal((failure, userMessage), (refresh.Failure.ToString(), refresh.UserMessage));
    }

    [Fact]
    public async Task Outage_is_transient_unless_the_input_may_be_used_up()
    {
        var challenge = new CognitoChallenge("SMS_MFA", "ann", "session");
        foreach (var fault in new[] { EmulatorFault.Status(503), EmulatorFault.Drop() })
        {
            Cognito.Faults.Set(EmulatorEndpoint.JsonApi, fault);
            Cognito.Faults.Set(EmulatorEndpoint.Token, fault);

            Assert.Equal((true, true), await FindAsync(() => Sessions.SignInAsync("ann", Password)));
            Assert.Equal((true, true), await FindAsync(() => Sessions.RefreshAsync("token")));
            Assert.Equal((true, true), await FindAsync(() => Sessions.GetUserAsync("token")));
            Assert.Equal((false, false), await FindAsync(() => Sessions.AnswerCodeAsync(challenge, "1")));
            Assert.Equal((false, false), await FindAsync(() => Sessions.ExchangeCodeAsync("code", Callback, new string('v', 43))));
        }

        // A throttled request was not carried out.
        Cognito.Faults.Set(EmulatorEndpoint.JsonApi, EmulatorFault.Throttled());
        Assert.Equal((true, true), await FindAsync(() => Sessions.AnswerCodeAsync(challenge, "1")));

        static async Task<(bool IsTransient, bool HasPause)> FindAsync(Func<Task> operation)
        {
            var failure = await Assert.ThrowsAsync<CognitoUserSessionException>(operation);
            return (failure.IsTransient, failure.RetryAfter is not null);
        }
    }

    [Theory]
    [InlineData("consent_required", "SignInCancelled", "consent_required")]
    [InlineData("NotAuthorizedException", "Unknown", "unknown_callback_error")]
    public async Task Error_of_a_callback_is_looked_up_among_the_OAuth_errors_alone(string sent, string failure, string error)
    {
        var begun = Sessions.CreateAuthorization(new());
        var state = QueryHelpers.ParseQuery(begun.Address.Query)["state"];

        var refused = await Assert.ThrowsAsync<CognitoUserSessionException>(() => Sessions.CompleteAuthorizationAsync($"?error={sent}&state={state}", begun.CodeVerifier));

        Assert.Equal((failure, error), (refused.Failure.ToString(), refused.Error));
    }

    [Fact]
    public async Task Answer_without_a_name_is_judged_by_its_status()
    {
        (int Status, CognitoUserSessionFailure Failure, bool IsTransient)[] cases =
        [
            (429, CognitoUserSessionFailure.Throttled, true),
            (408, CognitoUserSessionFailure.Unavailable, true),
            (500, CognitoUserSessionFailure.Unavailable, true),
            (503, CognitoUserSessionFailure.Unavailable, true),
            (403, CognitoUserSessionFailure.Blocked, false),
            (404, CognitoUserSessionFailure.Configuration, false),
            (499, CognitoUserSessionFailure.Configuration, false),
            (307, CognitoUserSessionFailure.Configuration, false),
        ];
        foreach (var (status, expected, isTransient) in cases)
        {
            Cognito.Faults.Set("InitiateAuth", EmulatorFault.Html(status));

            var failure = await AssertFailsAsync(expected, "http_error", () => Create(Web).SignInAsync("ann", Password));

            Assert.Equal((isTransient, status), (failure.IsTransient, (int)failure.StatusCode!));
            Assert.Equal(isTransient, failure.RetryAfter is not null);
        }
    }

    [Fact]
    public async Task Unknown_error_is_named_unless_its_name_can_be_an_echo_of_the_request()
    {
        Cognito.Faults.Set("InitiateAuth", EmulatorFault.AwsError("BrandNewException", "text"));
        await AssertFailsAsync(CognitoUserSessionFailure.Unknown, "BrandNewException", () => Sessions.SignInAsync("ann", Password));
        await AssertFailsAsync(CognitoUserSessionFailure.Configuration, "http_error", () => Sessions.SignInAsync("ann", "BrandNew"));

        Cognito.Faults.Set("InitiateAuth", EmulatorFault.AwsError("Not a name", "text"));
        await AssertFailsAsync(CognitoUserSessionFailure.Configuration, "http_error", () => Sessions.SignInAsync("ann", Password));
    }

    [Fact]
    public async Task Retry_after_of_Cognito_is_limited_to_15_minutes()
    {
        foreach (var (asked, expected) in new[] { (30, 30), (900, 900), (90_000, 900) })
        {
            Cognito.Faults.Set("InitiateAuth", EmulatorFault.Throttled(TimeSpan.FromSeconds(asked)));

            var failure = await AssertFailsAsync(CognitoUserSessionFailure.Throttled, "TooManyRequestsException", () => Create(Web).SignInAsync("ann", Password));

            Assert.Equal(TimeSpan.FromSeconds(expected), failure.RetryAfter);
        }
    }

    [Fact]
    public void Errors_that_could_show_that_a_user_exists_have_the_same_message()
    {
        CognitoUserSessionFailure[] telling =
        [
            CognitoUserSessionFailure.WrongCredentials, CognitoUserSessionFailure.UserDisabled, CognitoUserSessionFailure.TemporaryPasswordExpired,
            CognitoUserSessionFailure.UserNotConfirmed, CognitoUserSessionFailure.PasswordResetRequired,
        ];

        var messages = SessionFailures.Table
            .Where(row => telling.Contains(row.Failure) || row.Problem == Shared.SignInProblem.AttemptsExceeded)
            .Select(row => row.UserMessage);

        Assert.Equal([UserMessages.NotSignedIn], messages.Distinct());
    }

    [Fact]
    public void Every_failure_has_a_row()
    {
        var known = SessionFailures.Table.Concat(OwnErrors.Rows).Select(row => row.Failure);

        Assert.Empty(Enum.GetValues<CognitoUserSessionFailure>().Except(known));
    }

    private static void AssertIs(ErrorRow row, CognitoUserSessionException failure)
    {
        Assert.Equal((row.Error, row.Failure, row.UserMessage, row.Hint), (failure.Error, failure.Failure, failure.UserMessage, failure.Hint));
        // A code may be used up after an outage.
        var canRepeat = failure.Operation != "token" || row.Failure != CognitoUserSessionFailure.Unavailable;
        Assert.Equal((row.IsTransient && canRepeat, canRepeat ? row.RetryAfter : null), (failure.IsTransient, failure.RetryAfter));
        Assert.Contains(row.Error, failure.Message, StringComparison.Ordinal);
    }

    private static Task RunAsync(CognitoUserSessions sessions, SessionStep step) => step switch
    {
        SessionStep.SignIn => sessions.SignInAsync("ann", Password),
        SessionStep.Challenge => sessions.AnswerCodeAsync(new CognitoChallenge("SMS_MFA", "ann", "session"), "1"),
        SessionStep.Refresh => sessions.RefreshAsync("token"),
        SessionStep.AccessToken => sessions.GetUserAsync("token"),
        SessionStep.Revocation => sessions.RevokeAsync("token"),
        _ => throw new InvalidOperationException($"There is no operation for {step}."),
    };
}
