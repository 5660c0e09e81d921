using System.Text.Json;
using CognitoM2M.Settings;
using CognitoM2M.Shared;
using CognitoM2M.TokenEndpoint;
using CognitoM2M.Tokens;

namespace CognitoM2M.SignIn;

/// <summary>Turns a response without tokens into a failure that says what an administrator has to do.</summary>
internal sealed class SignInFailures(AppClientSettings client, TokenFailureFactory failures)
{
    private string User => $"user '{client.Username}'";

    private string AppClient => $"app client '{client.ClientId}'";

    /// <summary>Cognito responded with an error, or something else responded.</summary>
    /// <param name="response">The response.</param>
    /// <param name="body">Its body; null if the body is not a JSON object.</param>
    /// <param name="now">The time.</param>
    /// <param name="secrets">The secrets in the request, which no message may show.</param>
    public TokenFailure Answered(HttpResponseMessage response, JsonElement? body, DateTimeOffset now, params ReadOnlySpan<string?> secrets)
    {
        var error = JsonApiError.Read(response, body);
        var problem = SignInProblems.Find(error);
        var failure = failures.Answered(response, error.Name, now, secrets);
        return failure with
        {
            Hint = FindHint(problem, failure.Error) ?? failure.Hint,
            IsTransient = failure.IsTransient || problem == SignInProblem.AttemptsExceeded,
            IsRefusedSecret = MayAnotherHelp(problem) || IsUnknownRefusal(problem, failure.Error),
            Problem = problem,
        };
    }

    /// <summary>Cognito wants something else than the password, too. A program cannot give it.</summary>
    public TokenFailure Challenged(HttpResponseMessage response, string challenge) =>
        new(CognitoTokenErrors.ChallengeRequired, Challenges.Describe(challenge, client), IsTransient: false)
        {
            StatusCode = response.StatusCode,
            Problem = SignInProblem.Other,
            IsRefusedSecret = challenge == Challenges.NewPasswordRequired,
        };

    /// <summary>Whether another password or another client secret may be accepted.</summary>
    private static bool MayAnotherHelp(SignInProblem problem) =>
        problem is SignInProblem.WrongPassword or SignInProblem.PasswordExpired or SignInProblem.PasswordResetRequired or SignInProblem.SecretMissing or SignInProblem.SecretWrong;

    /// <summary>Whether Cognito refused the sign-in in words that this library does not know. The password may be wrong.</summary>
    private static bool IsUnknownRefusal(SignInProblem problem, string error) => problem == SignInProblem.Other && error == "NotAuthorizedException";

    private static string SaysPause =>
        $"This process signs in at once with another password, and again with this one after {PasswordGuard.DoubtPause.TotalMinutes:0} minutes.";

    // The host name counts first, because the region may be left over beside the address of an endpoint.
    private string? FindRegion() => client.Endpoint.Host.Split('.').FirstOrDefault(AwsPartition.IsRegionCode) ?? client.Region;

    private string? FindHint(SignInProblem problem, string error) => problem switch
    {
        SignInProblem.WrongPassword =>
            $"Cognito refused the password of {User}, or {AppClient} is in another user pool. This process does not send this password again, because Cognito locks users out "
            + "after wrong passwords. It signs in again when Password, PasswordFile or PasswordSource gives another password. If the password was set in Cognito only now, start the process again.",
        SignInProblem.AttemptsExceeded =>
            $"Cognito has locked {User} out for up to 15 minutes after wrong passwords. This process does not try again for {PasswordGuard.LockOutPause.TotalMinutes:0} minutes. "
            + "Find the program that has a wrong password.",
        SignInProblem.PasswordExpired => $"The temporary password of {User} has expired. {SaysPause} {AdminCommands.WriteSetPassword(client)}",
        SignInProblem.PasswordResetRequired => $"Cognito wants a new password for {User}. {SaysPause} {AdminCommands.WriteSetPassword(client)}",
        SignInProblem.UserNotConfirmed =>
            $"The {User} is not confirmed. An administrator must confirm the user: {AdminCommands.Write(client, "admin-confirm-sign-up")}",
        SignInProblem.UserDisabled => $"The {User} is disabled. An administrator must enable the user: {AdminCommands.Write(client, "admin-enable-user")}",
        SignInProblem.UserNotFound => $"The user pool of {AppClient} has no {User}. Check Username and ClientId.",
        SignInProblem.SecretMissing => $"The {AppClient} has a secret. Set ClientSecret, ClientSecretFile or ClientSecretSource.",
        SignInProblem.SecretWrong =>
            $"Cognito does not accept the client secret of {AppClient}. Check that the secret is its current one. If the app client has no secret, remove ClientSecret.",
        SignInProblem.RefreshTokenRefused => $"Cognito refused the refresh token of {User}.",
        SignInProblem.TriggerRefused => $"A Lambda trigger of the user pool refused the sign-in of {User}, or failed. Look at the log of the function.",
        SignInProblem.FlowNotEnabled =>
            $"The {AppClient} does not allow sign-in with a password: add ALLOW_USER_PASSWORD_AUTH and ALLOW_REFRESH_TOKEN_AUTH to its ExplicitAuthFlows (and send every other setting of the app client with them, or Cognito resets them).",
        SignInProblem.OperationNotAvailable => "The sign-in of users is not available at this address. Check that it is the address of the user pools API, in the primary region of the user pool.",
        SignInProblem.AppClientNotFound => $"{client.Endpoint.Authority} does not know {AppClient}. Check ClientId and Region.",
        SignInProblem.Throttled => $"{client.Endpoint.Authority} throttles sign-ins. Cognito allows 120 per second for an AWS account in one region by default. Find the program that signs in without keeping its tokens. "
            + $"If all sign-ins are needed, raise the quota UserAuthentication in the Service Quotas console of {FindRegion() ?? "the user pool's region"}.",
        SignInProblem.Other when IsUnknownRefusal(problem, error) =>
            $"Cognito refused the sign-in of {User} for a reason that this library does not know. Look at the user and at {AppClient} in the console of Cognito. The password may be wrong, "
            + $"so this process does not send it again for {PasswordGuard.DoubtPause.TotalMinutes:0} minutes. It signs in at once with another password.",
        SignInProblem.Other when error == "InvalidParameterException" => $"Cognito refused a parameter of the sign-in of {User}. Check the settings of {AppClient}, and Username.",
        _ => null,
    };
}
