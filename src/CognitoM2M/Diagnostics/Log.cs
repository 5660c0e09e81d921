using Microsoft.Extensions.Logging;

namespace CognitoM2M.Diagnostics;

/// <summary>Every message that this library logs. No message takes a token, a secret, or text chosen by a server.</summary>
internal static partial class Log
{
    /// <summary>The normal case: a token was fetched or came from the shared tier.</summary>
    [LoggerMessage(1, LogLevel.Debug, "Client {ClientName}: token obtained for [{Scopes}] ({Reason}, from {Source}), valid until {ExpiresAt:O}.")]
    public static partial void TokenObtained(ILogger logger, string clientName, string scopes, string reason, string source, DateTimeOffset expiresAt);

    /// <summary>No call is affected yet. If no renewal succeeds before the token ends, calls fail. Do what the hint says before the token ends.</summary>
    [LoggerMessage(2, LogLevel.Warning, "Client {ClientName}: renewal failed with {Error} (transient: {IsTransient}). Calls use the held token until {ExpiresAt:O}. Next attempt in {RetryIn}. {Hint}")]
    public static partial void RenewalFailed(ILogger logger, Exception? cause, string clientName, string error, bool isTransient, DateTimeOffset expiresAt, TimeSpan retryIn, string hint);

    /// <summary>Calls of this client fail now. Do what the hint says.</summary>
    [LoggerMessage(3, LogLevel.Error, "Client {ClientName}: no token, {Error} (transient: {IsTransient}). Calls fail until the next attempt, in {RetryIn}. {Hint}")]
    public static partial void FetchFailed(ILogger logger, Exception? cause, string clientName, string error, bool isTransient, TimeSpan retryIn, string hint);

    /// <summary>Calls that need these scopes get 403. Logged once while the missing scopes stay the same.</summary>
    [LoggerMessage(4, LogLevel.Warning, "Client {ClientName}: the token lacks requested scopes: [{Missing}]. Check that each scope exists on its resource server and is allowed for the app client.")]
    public static partial void ScopesMissing(ILogger logger, string clientName, string missing);

    /// <summary>
    /// A single message is normal after a key rotation or a change of the API. A repeated message points to the key set, the accepted app clients or the
    /// clock of the API.
    /// </summary>
    [LoggerMessage(5, LogLevel.Warning, "Client {ClientName}: {RejectedBy} rejected a token that is still valid. The token is being replaced. If this message repeats every 30 seconds, the API rejects valid tokens.")]
    public static partial void TokenRejected(ILogger logger, string clientName, string rejectedBy);

    /// <summary>Correct the configuration. The message lists every error.</summary>
    [LoggerMessage(6, LogLevel.Error, "Client {ClientName}: the changed configuration is not valid and was ignored. The previous settings stay in force. {Errors}")]
    public static partial void ReloadRefused(ILogger logger, string clientName, string errors);

    /// <summary>The service starts nevertheless. If the first calls fail as well, event 3 says why.</summary>
    [LoggerMessage(7, LogLevel.Warning, "Client {ClientName}: no token at warm-up. The first call will try again. {Error}")]
    public static partial void WarmUpFailed(ILogger logger, string clientName, string error);

    /// <summary>No call is affected, but each process requests tokens for itself. Check the cache. Logged once per outage.</summary>
    [LoggerMessage(8, LogLevel.Warning, "The distributed cache failed ({Error}). Tokens are requested from Cognito directly until the cache responds again.")]
    public static partial void StoreFailed(ILogger logger, Exception cause, string error);

    /// <summary>The end of event 8.</summary>
    [LoggerMessage(9, LogLevel.Information, "The distributed cache responds again.")]
    public static partial void StoreRecovered(ILogger logger);

    /// <summary>Calls keep working with the last secret. Check the file, the parameter or the source before that secret is deleted.</summary>
    [LoggerMessage(10, LogLevel.Warning, "Client {ClientName}: {Problem} The last secret that the source gave stays in use.")]
    public static partial void SecretSourceFailed(ILogger logger, Exception? cause, string clientName, string problem);

    /// <summary>Cognito refused a changed secret. Check that the new secret belongs to the app client. Calls fail when the held token ends.</summary>
    [LoggerMessage(11, LogLevel.Warning, "Client {ClientName}: the token request with the new client secret failed with {Error}. Calls use the token of the previous secret until {ExpiresAt:O}. Next attempt in {RetryIn}. {Hint}")]
    public static partial void NewSecretFailed(ILogger logger, Exception? cause, string clientName, string error, DateTimeOffset expiresAt, TimeSpan retryIn, string hint);

    /// <summary>Expected after a client was deleted on purpose. Otherwise put the client back into the configuration.</summary>
    [LoggerMessage(12, LogLevel.Warning, "Client {ClientName}: the client was removed from the configuration. Its tokens were dropped, and its calls fail from now on.")]
    public static partial void ClientRemoved(ILogger logger, string clientName);

    /// <summary>The fetch failed at the very end of the token. Do what the hint says; event 3 follows if calls fail.</summary>
    [LoggerMessage(13, LogLevel.Warning, "Client {ClientName}: renewal failed with {Error} (transient: {IsTransient}), and meanwhile the token has ended. Calls request a token again at once. {Hint}")]
    public static partial void RenewalFailedAtEnd(ILogger logger, Exception? cause, string clientName, string error, bool isTransient, string hint);

    /// <summary>The end of events 2, 3, 11 or 13.</summary>
    [LoggerMessage(14, LogLevel.Information, "Client {ClientName}: tokens are obtained again, {Duration} after the first failure.")]
    public static partial void FetchesRecovered(ILogger logger, string clientName, TimeSpan duration);

    /// <summary>Event 12 follows if the client is still missing at the end of this time.</summary>
    [LoggerMessage(15, LogLevel.Information, "Client {ClientName}: the client is missing in the changed configuration. Its settings stay in force for {Grace}, in case a file is being replaced.")]
    public static partial void ClientMissing(ILogger logger, string clientName, TimeSpan grace);

    /// <summary>Revoke the tokens of the technical users in Cognito if they must not stay valid.</summary>
    [LoggerMessage(16, LogLevel.Warning, "{Count} refresh tokens were not revoked at disposal, because Cognito refused the revocation or did not answer in time. They stay valid until they expire.")]
    public static partial void RefreshTokensNotRevoked(ILogger logger, int count);

    /// <summary>Revoke the tokens of the technical users in Cognito if they must not stay valid. Let one process sign in fewer users.</summary>
    [LoggerMessage(17, LogLevel.Warning, "{Count} refresh tokens were not revoked at disposal, because this process keeps at most {Limit} sign-ins of users. They stay valid until they expire.")]
    public static partial void RefreshTokensDropped(ILogger logger, int count, int limit);

    /// <summary>Use https, unless this host is in a network that you trust.</summary>
    [LoggerMessage(20, LogLevel.Warning, "Client {ClientName}: calls to {Host} may use plain http (PlainHttpHosts). Tokens then travel unencrypted: every machine on the way can read and use them.")]
    public static partial void PlainHttpCalls(ILogger logger, string clientName, string host);

    /// <summary>Use https, unless this host is the emulator or is in a network that you trust.</summary>
    [LoggerMessage(21, LogLevel.Warning, "Client {ClientName}: token requests to {Host} use plain http (PlainHttpTokenEndpointHosts). Secrets, passwords and tokens travel unencrypted: every machine on the way can read and use them.")]
    public static partial void PlainHttpTokenEndpoint(ILogger logger, string clientName, string host);

    /// <summary>Set one of the named options, so that the token cannot reach a wrong host by accident.</summary>
    [LoggerMessage(22, LogLevel.Warning, "Client {ClientName}: its token is sent to every https address that its HttpClients call, because nothing says where it may be sent. Set BaseAddress or AllowedHosts. If every host may have the token, set AllowAnyHost to true.")]
    public static partial void TokenUnrestricted(ILogger logger, string clientName);
}
