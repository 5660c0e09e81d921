using CognitoM2M.Shared;
using CognitoM2M.UserSessions.Challenges;
using CognitoM2M.UserSessions.Diagnostics;
using CognitoM2M.UserSessions.Errors;
using CognitoM2M.UserSessions.Requests;
using CognitoM2M.UserSessions.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CognitoM2M.UserSessions;

/// <summary>Signs users of one app client in and out: with a password, or with an authorization code of the hosted sign-in page.</summary>
/// <remarks>
/// Every operation sends one request, and never repeats it. Each failure is a <see cref="CognitoUserSessionException"/> that says what to tell the user.
/// One object serves all requests of an application, from any thread.
/// </remarks>
public sealed partial class CognitoUserSessions : IDisposable
{
    private const string InitiateAuth = "InitiateAuth";
    private const string RespondToAuthChallenge = "RespondToAuthChallenge";

    private readonly SessionSettings _settings;
    private readonly TimeProvider _timeProvider;
    private readonly RequestSender _sender;
    private readonly FailureLog _failures;
    private readonly RefreshRequests _refresh;

    /// <summary>Makes the operations of one app client.</summary>
    /// <param name="options">The settings. Read once.</param>
    /// <param name="timeProvider">The clock; the system's by default.</param>
    /// <param name="loggerFactory">Makes the logger; no log by default.</param>
    /// <exception cref="OptionsValidationException">The settings have mistakes. The exception names all of them.</exception>
    public CognitoUserSessions(CognitoUserSessionsOptions options, TimeProvider? timeProvider = null, ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        SessionOptionsValidator.Require(options);

        _timeProvider = timeProvider ?? TimeProvider.System;
        _settings = new SessionSettings(options);
        _seals = new Lazy<Sealing.Seal>(() => new Sealing.Seal(_settings.RequireProtector(), _settings.ClientId, _settings.StateLifetime, _timeProvider));
        _returnUrls = new Authorization.ReturnUrls(options.ReturnOrigins);
        _sender = new RequestSender(
            options.HttpMessageHandler,
            new RequestPaces(_timeProvider, options.Timeout, options.MaxSignInRequestsPerSecond),
            _timeProvider,
            options.Timeout);
        _refresh = new RefreshRequests(_settings, _sender, _timeProvider);
        _failures = new FailureLog(QuietLogger.Create(loggerFactory, CognitoUserSessionsDiagnostics.LogCategoryName));
    }

    /// <summary>Signs a user in with user name and password (<c>InitiateAuth</c>, flow <c>USER_PASSWORD_AUTH</c>).</summary>
    /// <param name="username">What the user entered: a user name, or an e-mail address or phone number if the user pool accepts it; 1 to 128 characters.</param>
    /// <param name="password">The password; 1 to 256 characters. Sent once.</param>
    /// <param name="cancellationToken">Ends the wait. Cognito may have counted the attempt.</param>
    /// <returns>The tokens, or a challenge that the user must answer.</returns>
    /// <exception cref="CognitoUserSessionException">The user was not signed in.</exception>
    public Task<CognitoSignInResult> SignInAsync(string username, string password, CancellationToken cancellationToken = default) => _failures.WatchAsync(() =>
    {
        UserInput.Require(InitiateAuth, username, UserInput.MaxUsernameLength);
        UserInput.Require(InitiateAuth, password, UserInput.MaxPasswordLength);

        return SendPasswordAsync(username, password, cancellationToken);
    });

    /// <summary>Answers the challenge for a new password.</summary>
    /// <param name="challenge">The challenge; of the kind <see cref="CognitoChallengeKind.NewPassword"/>.</param>
    /// <param name="newPassword">The new password; 1 to 256 characters.</param>
    /// <param name="attributes">The attributes that the challenge requires, by name without a prefix; none by default.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The tokens, or a further challenge.</returns>
    /// <exception cref="CognitoUserSessionException">The answer was refused. If the failure is <see cref="CognitoUserSessionFailure.PasswordNotAccepted"/>, the challenge can be answered again.</exception>
    /// <exception cref="InvalidOperationException">The challenge is of another kind.</exception>
    public Task<CognitoSignInResult> AnswerNewPasswordAsync(
        CognitoChallenge challenge, string newPassword, IReadOnlyDictionary<string, string>? attributes = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        ChallengeRules.Require(challenge, CognitoChallengeKind.NewPassword);

        return _failures.WatchAsync(() =>
        {
            UserInput.Require(RespondToAuthChallenge, newPassword, UserInput.MaxPasswordLength);
            var responses = (attributes ?? new Dictionary<string, string>(StringComparer.Ordinal)).Select(attribute => ($"userAttributes.{attribute.Key}", attribute.Value));
            return AnswerAsync(challenge, [("NEW_PASSWORD", newPassword), .. responses], newPassword, cancellationToken);
        });
    }

    /// <summary>Answers a challenge with a code.</summary>
    /// <param name="challenge">The challenge; of the kind <see cref="CognitoChallengeKind.Code"/>.</param>
    /// <param name="code">The code that the user entered. Spaces are left out.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The tokens, or a further challenge.</returns>
    /// <exception cref="CognitoUserSessionException">The answer was refused. If the failure is <see cref="CognitoUserSessionFailure.WrongCode"/>, the challenge can be answered again.</exception>
    /// <exception cref="InvalidOperationException">The challenge is of another kind.</exception>
    public Task<CognitoSignInResult> AnswerCodeAsync(CognitoChallenge challenge, string code, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        ChallengeRules.Require(challenge, CognitoChallengeKind.Code);

        return _failures.WatchAsync(() =>
        {
            var plain = code?.Replace(" ", "", StringComparison.Ordinal);
            UserInput.Require(RespondToAuthChallenge, plain, UserInput.MaxCodeLength);
            return AnswerAsync(challenge, [(ChallengeRules.GetCodeParameter(challenge), plain)], plain, cancellationToken);
        });
    }

    /// <summary>Chooses between ways to sign in.</summary>
    /// <param name="challenge">The challenge; of the kind <see cref="CognitoChallengeKind.Selection"/>.</param>
    /// <param name="choice">One of <see cref="CognitoChallenge.Choices"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The challenge that the user has chosen.</returns>
    /// <exception cref="CognitoUserSessionException">The choice was refused, or is not one of the choices.</exception>
    /// <exception cref="InvalidOperationException">The challenge is of another kind.</exception>
    public Task<CognitoSignInResult> SelectChallengeAsync(CognitoChallenge challenge, string choice, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        ChallengeRules.Require(challenge, CognitoChallengeKind.Selection);

        return _failures.WatchAsync(() => choice is not null && challenge.Choices.Contains(choice, StringComparer.Ordinal)
            ? AnswerAsync(challenge, [("ANSWER", choice)], answer: null, cancellationToken)
            : throw SessionFailures.Create(OwnErrors.InvalidInput, RespondToAuthChallenge));
    }

    /// <summary>Gets new tokens for a refresh token. Works whether or not the app client rotates refresh tokens.</summary>
    /// <param name="refreshToken">The refresh token. If the app client rotates refresh tokens, this one cannot be used again.</param>
    /// <param name="username">
    /// The claim <c>cognito:username</c> of the user. Needed only if the app client has a secret and the service does not know the operation
    /// <c>GetTokensFromRefreshToken</c>, as older emulators.
    /// </param>
    /// <param name="cancellationToken">Ends the wait. A rotated token may then be lost.</param>
    /// <returns>The tokens. Store the refresh token: it can be a new one.</returns>
    /// <exception cref="CognitoUserSessionException">There are no new tokens. If it is <see cref="CognitoUserSessionFailure.SessionEnded"/>, the user must sign in again.</exception>
    public Task<CognitoUserTokens> RefreshAsync(string refreshToken, string? username = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(refreshToken);

        return _failures.WatchAsync(async () =>
        {
            var sentAt = _timeProvider.GetUtcNow();
            var (operation, body) = await _refresh.SendAsync(refreshToken, username, cancellationToken).ConfigureAwait(false);
            return SignInReader.ReadTokens(operation, body, refreshToken, sentAt);
        });
    }

    /// <summary>Reads the user name and the attributes of a user.</summary>
    /// <param name="accessToken">An access token of the user with the scope <c>aws.cognito.signin.user.admin</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CognitoUserSessionException">There is no answer, or the token is no longer valid.</exception>
    public Task<CognitoUserProfile> GetUserAsync(string accessToken, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(accessToken);

        var request = CreateRequest("GetUser", SessionStep.AccessToken, [accessToken], json => json.WriteString("AccessToken", accessToken));
        return _failures.WatchAsync(async () => ProfileReader.Read(request.Operation, await _sender.SendAsync(request, cancellationToken).ConfigureAwait(false)));
    }

    /// <summary>Revokes a refresh token, and with it the access tokens of the same sign-in at Cognito. APIs that verify tokens by themselves accept them until they expire.</summary>
    /// <param name="refreshToken">The refresh token.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CognitoUserSessionException">The token was not revoked, as far as is known.</exception>
    public Task RevokeAsync(string refreshToken, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(refreshToken);

        var request = CreateRequest("RevokeToken", SessionStep.Revocation, [refreshToken], json =>
        {
            json.WriteString("Token", refreshToken);
            json.WriteString("ClientId", _settings.ClientId);
            if (_settings.ClientSecret is { } secret)
                json.WriteString("ClientSecret", secret);
        });
        return _failures.WatchAsync(() => _sender.SendAsync(request, cancellationToken));
    }

    /// <summary>Signs a user out everywhere: revokes all refresh tokens of the user, of all app clients.</summary>
    /// <param name="accessToken">An access token of the user with the scope <c>aws.cognito.signin.user.admin</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CognitoUserSessionException">The user was not signed out, as far as is known.</exception>
    public Task GlobalSignOutAsync(string accessToken, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(accessToken);

        var request = CreateRequest("GlobalSignOut", SessionStep.AccessToken, [accessToken], json => json.WriteString("AccessToken", accessToken));
        return _failures.WatchAsync(() => _sender.SendAsync(request, cancellationToken));
    }

    /// <summary>Closes the connections. Requests in flight fail.</summary>
    public void Dispose() => _sender.Dispose();
}
