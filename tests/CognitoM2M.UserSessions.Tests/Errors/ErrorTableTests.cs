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
    public async Task Pause_that_Cognito_asks_for_counts_up_to_15_minutes()
    {
        foreach (var (asked, expected) in new[] { (30, 30), (900, 900), (90_000, 900) })
        {
            Cognito.Faults.Set("InitiateAuth", EmulatorFault.Throttled(TimeSpan.FromSeconds(asked)));

            var failure = await AssertFailsAsync(CognitoUserSessionFailure.Throttled, "TooManyRequestsException", () => Create(Web).SignInAsync("ann", Password));

            Assert.Equal(TimeSpan.FromSeconds(expected), failure.RetryAfter);
        }
    }

    [Fact]
    public void Whatever_could_say_that_a_user_exists_is_told_in_the_same_words()
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
        var known = SessionFailures.Table.Concat(OwnErrors.Rows).Select(row => row.Failure).Append(OwnErrors.UnknownCallback.Failure);

        Assert.Empty(Enum.GetValues<CognitoUserSessionFailure>().Except(known));
    }

    private static void AssertIs(ErrorRow row, CognitoUserSessionException failure)
    {
        Assert.Equal((row.Error, row.Failure, row.UserMessage, row.Hint), (failure.Error, failure.Failure, failure.UserMessage, failure.Hint));
        Assert.Equal((row.IsTransient, row.RetryAfter), (failure.IsTransient, failure.RetryAfter));
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
