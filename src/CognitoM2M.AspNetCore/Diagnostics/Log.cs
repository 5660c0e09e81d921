using CognitoM2M.Shared;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.AspNetCore.Diagnostics;

/// <summary>Every message that this package logs. Tokens are never logged.</summary>
internal static partial class Log
{
    /// <summary>Creates the logger of this package. It never throws.</summary>
    public static QuietLogger CreateLogger(ILoggerFactory factory) => QuietLogger.Create(factory, CognitoM2MAuthenticationDefaults.LogCategoryName);

    [LoggerMessage(4, LogLevel.Error, "Authentication scheme {Scheme}: the changed configuration is not valid and was ignored. The previous settings stay in force. {Errors}")]
    public static partial void ChangeRefused(ILogger logger, string scheme, string errors);
}
