using Microsoft.Extensions.Logging;

namespace CognitoM2M.Aspire.Hosting.Running;

/// <summary>The log messages of the resource. The dashboard shows them.</summary>
internal static partial class Log
{
    /// <summary>The emulator listens.</summary>
    [LoggerMessage(1, LogLevel.Information, "Emulating Amazon Cognito user pools of {Region} at {Address}")]
    public static partial void Started(ILogger logger, string region, Uri address);

    /// <summary>The exception says why: for example a port that is in use, or a blueprint with a mistake.</summary>
    [LoggerMessage(2, LogLevel.Error, "The emulator cannot start")]
    public static partial void CannotStart(ILogger logger, Exception error);
}
