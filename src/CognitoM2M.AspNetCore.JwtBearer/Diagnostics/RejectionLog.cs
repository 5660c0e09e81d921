using CognitoM2M.Shared;
using CognitoM2M.Verification;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.AspNetCore.JwtBearer.Diagnostics;

/// <summary>
/// Says in the log why tokens are rejected: one line for each token of a known app client, and one line per second for tokens that anybody can write.
/// </summary>
internal sealed class RejectionLog : IDisposable
{
    private readonly QuietLogger _logger;
    private readonly LogLimiter _strangers;

    public RejectionLog(ILoggerFactory loggerFactory, TimeProvider timeProvider)
    {
        _logger = BearerLogger.Create(loggerFactory);
        _strangers = new LogLimiter(timeProvider, others => Log.MoreStrangersRejected(_logger, others));
    }

    /// <summary>Our verifier rejected a token.</summary>
    public void Rejected(string scheme, TokenRejection rejection)
    {
        if (rejection.ClientId is not null)
            Log.Rejected(_logger, scheme, rejection);
        else if (_logger.IsEnabled(LogLevel.Information) && _strangers.MayWrite())
            Log.StrangerRejected(_logger, scheme, rejection);
    }

    /// <summary>JsonWebTokenHandler rejected a token that our verifier accepted.</summary>
    public void RejectedBySecondVerification(string scheme, Exception failure) =>
        Log.RejectedBySecondVerification(_logger, scheme, failure.GetType().Name);

    public void Dispose() => _strangers.Dispose();
}
