using CognitoM2M.Shared;
using CognitoM2M.Verification;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Lambda.Diagnostics;

/// <summary>
/// Says in the log why tokens are rejected: one line for each token of a known app client, and one line per second for tokens that anybody can write.
/// </summary>
#pragma warning disable CA1001 // An authorizer lives as long as its process. The timer of a limiter runs for a second at most, and then nothing refers to it.
internal sealed class RejectionLog
#pragma warning restore CA1001
{
    private readonly QuietLogger _logger;
    private readonly LogLimiter _strangers;
    private readonly LogLimiter _outages;

    public RejectionLog(QuietLogger logger, TimeProvider timeProvider)
    {
        _logger = logger;
        _strangers = new LogLimiter(timeProvider, others => Log.MoreStrangersRejected(logger, others));
        _outages = new LogLimiter(timeProvider, others => Log.MoreKeysNotAvailable(logger, others));
    }

    /// <summary>A token was rejected.</summary>
    public void Rejected(TokenRejection rejection)
    {
        if (rejection.ClientId is not null)
            Log.TokenRejected(_logger, rejection);
        else if (_logger.IsEnabled(LogLevel.Information) && _strangers.MayWrite())
            Log.StrangerRejected(_logger, rejection);
    }

    /// <summary>A token could not be verified, because its keys are not available.</summary>
    public void KeysNotAvailable(TokenRejection rejection)
    {
        if (_logger.IsEnabled(LogLevel.Error) && _outages.MayWrite())
            Log.KeysNotAvailable(_logger, rejection);
    }
}
