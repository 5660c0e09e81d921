using Microsoft.Extensions.Logging;

namespace CognitoM2M.Diagnostics;

/// <summary>Every message this library logs. None takes a token, a secret or a text that a server chose.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "Client {ClientName}: token obtained for [{Scopes}] ({Reason}, from {Source}), valid until {ExpiresAt:O}.")]
    public static partial void TokenObtained(ILogger logger, string clientName, string scopes, string reason, string source, DateTimeOffset expiresAt);

    [LoggerMessage(2, LogLevel.Warning, "Client {ClientName}: renewal failed with {Error} (transient: {IsTransient}); the token held lasts until {ExpiresAt:O}, next attempt in {RetryIn}. {Hint}")]
    public static partial void RenewalFailed(ILogger logger, Exception? cause, string clientName, string error, bool isTransient, DateTimeOffset expiresAt, TimeSpan retryIn, string hint);

    [LoggerMessage(3, LogLevel.Error, "Client {ClientName}: no token, {Error} (transient: {IsTransient}); calls fail until the next attempt, in {RetryIn}. {Hint}")]
    public static partial void FetchFailed(ILogger logger, Exception? cause, string clientName, string error, bool isTransient, TimeSpan retryIn, string hint);

    [LoggerMessage(4, LogLevel.Warning, "Client {ClientName}: the token lacks scopes that were asked for: [{Missing}]. Are they still on their resource server and allowed for the app client?")]
    public static partial void ScopesMissing(ILogger logger, string clientName, string missing);

    [LoggerMessage(5, LogLevel.Warning, "Client {ClientName}: {Host} answered 401 to a token with time left on it; the token is being replaced. If this goes on every 30 seconds, the API rejects good tokens.")]
    public static partial void TokenRejected(ILogger logger, string clientName, string host);

    [LoggerMessage(6, LogLevel.Error, "Client {ClientName}: the changed configuration is not valid and was not taken; the former one stays in force. {Errors}")]
    public static partial void ReloadRefused(ILogger logger, string clientName, string errors);

    [LoggerMessage(7, LogLevel.Warning, "Client {ClientName}: no token at warm-up; the first call will try again. {Error}")]
    public static partial void WarmUpFailed(ILogger logger, string clientName, string error);

    [LoggerMessage(8, LogLevel.Warning, "The distributed cache is out of order ({Error}); tokens are asked for without it until it answers again.")]
    public static partial void StoreFailed(ILogger logger, Exception cause, string error);

    [LoggerMessage(9, LogLevel.Information, "The distributed cache answers again.")]
    public static partial void StoreRecovered(ILogger logger);

    [LoggerMessage(10, LogLevel.Warning, "Client {ClientName}: {Problem} The last secret it gave stays in force.")]
    public static partial void SecretSourceFailed(ILogger logger, Exception? cause, string clientName, string problem);

    [LoggerMessage(11, LogLevel.Warning, "Client {ClientName}: the new secret brought no token, {Error}; calls go on with the token that the former secret brought. {Hint}")]
    public static partial void NewSecretFailed(ILogger logger, string clientName, string error, string hint);

    [LoggerMessage(12, LogLevel.Warning, "Client {ClientName}: it is no longer in the configuration; its tokens were dropped, and calls fail from now on.")]
    public static partial void ClientRemoved(ILogger logger, string clientName);
}
