using CognitoM2M.Shared;
using CognitoM2M.Verification;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.AspNetCore.Diagnostics;

/// <summary>Every message that this package logs. Tokens are never logged. Text from a token is written in one line, and cut if it is long.</summary>
internal static partial class Log
{
    /// <summary>Creates the logger of this package. It never throws.</summary>
    public static QuietLogger CreateLogger(ILoggerFactory factory) => QuietLogger.Create(factory, CognitoM2MAuthenticationDefaults.LogCategoryName);

    [LoggerMessage(1, LogLevel.Information, "{Endpoint}, scheme {Scheme}: the token of app client {ClientId} was rejected ({Reason}): expected {Expected}; found {Actual}.")]
    public static partial void TokenRejected(ILogger logger, string endpoint, string scheme, string clientId, TokenRejectionReason reason, string expected, string actual);

    [LoggerMessage(2, LogLevel.Information, "{Endpoint}, scheme {Scheme}: {Problem} One such line is written per second.")]
    public static partial void StrangerRejected(ILogger logger, string endpoint, string scheme, string problem);

    [LoggerMessage(3, LogLevel.Information, "{Count} more requests were rejected within a second. The metric cognito_m2m.verification.verdicts counts all tokens, by reason.")]
    public static partial void MoreStrangersRejected(ILogger logger, int count);

    [LoggerMessage(4, LogLevel.Error, "Authentication scheme {Scheme}: the changed configuration is not valid and was ignored. The previous settings stay in force. {Errors}")]
    public static partial void ChangeRefused(ILogger logger, string scheme, string errors);

    [LoggerMessage(5, LogLevel.Information, "{Endpoint}, scheme {Scheme}: forbidden, because a scope is missing. App client {ClientId} holds the scopes [{Held}]. Demanded: {Demanded}.")]
    public static partial void ScopeMissing(ILogger logger, string endpoint, string scheme, string clientId, string held, string demanded);

    [LoggerMessage(6, LogLevel.Information, "{Endpoint}, scheme {Scheme}: forbidden, because another requirement than scopes is not met. App client {ClientId} holds the scopes [{Held}]. Demanded: {Demanded}.")]
    public static partial void RequirementNotMet(ILogger logger, string endpoint, string scheme, string clientId, string held, string demanded);

    [LoggerMessage(8, LogLevel.Information, "{Endpoint}, scheme {Scheme}: forbidden, because a group is missing. App client {ClientId} called for the user {User}, who is in the groups [{Held}]. Demanded: {Demanded}.")]
    public static partial void GroupMissing(ILogger logger, string endpoint, string scheme, string clientId, string user, string held, string demanded);

    [LoggerMessage(9, LogLevel.Information, "{Endpoint}, scheme {Scheme}: forbidden, because a group is missing. App client {ClientId} called for itself, and machines are in no group. Demanded: {Demanded}.")]
    public static partial void GroupMissingOfMachine(ILogger logger, string endpoint, string scheme, string clientId, string demanded);

    [LoggerMessage(7, LogLevel.Information, "{Endpoint}, scheme {Scheme}: an event handler refused the request: {Reason}")]
    public static partial void Refused(ILogger logger, string endpoint, string scheme, string reason);
}
