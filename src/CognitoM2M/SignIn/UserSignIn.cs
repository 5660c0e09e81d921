using CognitoM2M.Secrets;
using CognitoM2M.Settings;
using CognitoM2M.Shared;
using CognitoM2M.TokenEndpoint;
using CognitoM2M.Tokens;

namespace CognitoM2M.SignIn;

/// <summary>
/// Obtains the tokens of a user: with the refresh token while Cognito takes it, otherwise with the password. One fetch sends the password at
/// most once.
/// </summary>
internal sealed class UserSignIn(
    AppClientSettings settings, string metadata, UserSession session, PasswordGuards guards, TokenRequestSender sender, TokenHttp http) : ITokenRequester
{
    private static readonly RefreshOperation[] _bothOperations = [RefreshOperation.GetTokensFromRefreshToken, RefreshOperation.InitiateAuth];

    private readonly SignInFailures _failures = new(settings, sender.Failures);

    public async Task<FetchOutcome> RequestAsync(string secret, FetchOrder order)
    {
        var (password, clientSecret) = UserCredential.Split(secret);
        if (await RefreshAsync(clientSecret, order).ConfigureAwait(false) is { } refreshed)
            return refreshed;

        var outcome = await guards.Find(settings).SignInAsync(
            password,
            () => sender.SendAsync(new PasswordRequest(settings, _failures, metadata, password, clientSecret), order),
            http.Stopping).ConfigureAwait(false);
        return outcome.Token is { } issued ? Keep(issued, issued.RefreshToken, clientSecret, operation: null) : outcome;
    }

    /// <summary>Uses the refresh token.</summary>
    /// <returns>A token, or a failure that the password would not help against; null if the password is needed.</returns>
    private async Task<FetchOutcome?> RefreshAsync(string? clientSecret, FetchOrder order)
    {
        if (session.RefreshToken is not { } refreshToken)
            return null;

        // Nobody says whether refresh tokens rotate. The first operation works either way; the second is for services that do not have the first.
        foreach (var operation in session.Operation is { } known ? [known] : _bothOperations)
        {
            var outcome = await sender.SendAsync(CreateRefresh(operation, refreshToken, clientSecret), order).ConfigureAwait(false);
            if (outcome.Token is { } issued)
                return Keep(issued, issued.RefreshToken ?? refreshToken, clientSecret, operation);

            if (!NeedsOtherWay(outcome.Failure!))
            {
                // The refresh token is of no use any more. If an administrator creates the user again, the next fetch signs in with the password.
                if (outcome.Failure!.Problem == SignInProblem.UserNotFound)
                    session.Forget();
                return outcome;
            }

            if (outcome.Failure!.Problem == SignInProblem.RefreshTokenRefused)
                break;
        }

        session.Forget();
        return null;
    }

    /// <summary>Whether Cognito did not take the refresh token, and may take the password.</summary>
    private static bool NeedsOtherWay(TokenFailure failure) =>
        !failure.IsTransient
        && failure.Error is not (CognitoTokenErrors.HttpError or CognitoTokenErrors.InvalidResponse or CognitoTokenErrors.RequestFailed)
        && failure.Problem is SignInProblem.RefreshTokenRefused or SignInProblem.FlowNotEnabled or SignInProblem.OperationNotAvailable or SignInProblem.Other;

    private TokenRequest CreateRefresh(RefreshOperation operation, RefreshToken refreshToken, string? clientSecret) =>
        operation == RefreshOperation.GetTokensFromRefreshToken
            ? new RotatingRefreshRequest(settings, _failures, metadata, refreshToken, clientSecret)
            : new PlainRefreshRequest(settings, _failures, metadata, refreshToken, clientSecret);

    private IssuedToken Keep(IssuedToken issued, RefreshToken? refreshToken, string? clientSecret, RefreshOperation? operation)
    {
        session.Keep(refreshToken, clientSecret, operation);
        // Nobody else gets the refresh token.
        return issued with { RefreshToken = null };
    }
}
