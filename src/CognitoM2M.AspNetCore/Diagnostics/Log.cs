using CognitoM2M.Shared;
using CognitoM2M.Verification;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.AspNetCore.Diagnostics;

/// <summary>Every message that this package logs. Tokens are never logged. Text from a token is written in one line, and cut if it is long.</summary>
internal static partial class Log
{
    /// <summary>Creates the logger of this package. It never throws.</summary>
    public static QuietLogger CreateLogger(ILoggerFactory factory) => QuietLogger.Create(factory, CognitoM2MAuthenticationDefaults.LogCategoryName);

    /// <summary>The caller gets 401. The message names the rule, what was expected and what was found.</summary>
    [LoggerMessage(1, LogLevel.Information, "{Endpoint}, scheme {Scheme}: the token of app client {ClientId} was rejected ({Reason}): expected {Expected}; found {Actual}.")]
    public static partial void TokenRejected(ILogger logger, string endpoint, string scheme, string clientId, TokenRejectionReason reason, string expected, string actual);

    /// <summary>A token that anybody could have written was rejected, or it is unclear which token counts.</summary>
    [LoggerMessage(2, LogLevel.Information, "{Endpoint}, scheme {Scheme}: {Problem} At most one such line is written per second.")]
    public static partial void StrangerRejected(ILogger logger, string endpoint, string scheme, string problem);

    /// <summary>Follows event 2.</summary>
    [LoggerMessage(3, LogLevel.Information, "{Count} more requests were rejected within a second. The metric cognito_m2m.verification.verdicts counts all tokens, by reason.")]
    public static partial void MoreStrangersRejected(ILogger logger, int count);

    /// <summary>Correct the configuration. The message lists every error.</summary>
    [LoggerMessage(4, LogLevel.Error, "Authentication scheme {Scheme}: the changed configuration is not valid and was ignored. The previous settings stay in force. {Errors}")]
    public static partial void ChangeRefused(ILogger logger, string scheme, string errors);

    /// <summary>The caller gets 403. Allow the scope for the app client, or let the caller request it.</summary>
    [LoggerMessage(5, LogLevel.Information, "{Endpoint}, scheme {Scheme}: forbidden, because a scope is missing. App client {ClientId} holds the scopes [{Held}]. Demanded: {Demanded}.")]
    public static partial void ScopeMissing(ILogger logger, string endpoint, string scheme, string clientId, string held, string demanded);

    /// <summary>The caller gets 403. The framework's own log line names the requirement.</summary>
    [LoggerMessage(6, LogLevel.Information, "{Endpoint}, scheme {Scheme}: forbidden, because another requirement than scopes is not met. App client {ClientId} holds the scopes [{Held}]. Demanded: {Demanded}.")]
    public static partial void RequirementNotMet(ILogger logger, string endpoint, string scheme, string clientId, string held, string demanded);

    /// <summary>The caller gets 403. Add the user to a group if the user may do this.</summary>
    [LoggerMessage(8, LogLevel.Information, "{Endpoint}, scheme {Scheme}: forbidden, because a group is missing. App client {ClientId} called for the user {User}, who is in the groups [{Held}]. Demanded: {Demanded}.")]
    public static partial void GroupMissing(ILogger logger, string endpoint, string scheme, string clientId, string user, string held, string demanded);

    /// <summary>The caller gets 403. A machine cannot be in a group: require a scope for machines.</summary>
    [LoggerMessage(9, LogLevel.Information, "{Endpoint}, scheme {Scheme}: forbidden, because a group is missing. App client {ClientId} called for itself, and machines are in no group. Demanded: {Demanded}.")]
    public static partial void GroupMissingOfMachine(ILogger logger, string endpoint, string scheme, string clientId, string demanded);

    /// <summary>Code of the application refused the request.</summary>
    [LoggerMessage(7, LogLevel.Information, "{Endpoint}, scheme {Scheme}: an event handler refused the request: {Reason}")]
    public static partial void Refused(ILogger logger, string endpoint, string scheme, string reason);
}
