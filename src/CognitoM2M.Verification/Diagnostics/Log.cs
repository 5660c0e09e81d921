using Microsoft.Extensions.Logging;

namespace CognitoM2M.Verification.Diagnostics;

/// <summary>Every message this library logs. None takes a token; verdicts are the caller's to log.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Key set {Address}: {Keys} keys to verify tokens with, which differ from those before.")]
    public static partial void KeysChanged(ILogger logger, Uri address, int keys);

    [LoggerMessage(5, LogLevel.Information, "Key set {Address} was read again; its keys are the same.")]
    public static partial void KeysReadAgain(ILogger logger, Uri address);

    [LoggerMessage(2, LogLevel.Warning, "Key set {Address} could not be read again: {Problem}. The {Keys} keys held stay in use; said once per outage.")]
    public static partial void RefreshFailed(ILogger logger, Exception? cause, Uri address, string problem, int keys);

    [LoggerMessage(3, LogLevel.Error, "Key set {Address} could not be read: {Problem}. No token of its issuer can be verified until it is; next attempt in {RetryIn} at the earliest, said once per outage.")]
    public static partial void NoKeys(ILogger logger, Exception? cause, Uri address, string problem, TimeSpan retryIn);

    [LoggerMessage(4, LogLevel.Warning, "Key set {Address} could not be read: {Problem}. The user pool may have it at another address; this one was asked because a token named its issuer, which anybody can write.")]
    public static partial void NoKeysElsewhere(ILogger logger, Exception? cause, Uri address, string problem);
}
