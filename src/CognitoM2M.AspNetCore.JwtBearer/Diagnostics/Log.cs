using Microsoft.Extensions.Logging;

namespace CognitoM2M.AspNetCore.JwtBearer.Diagnostics;

/// <summary>
/// Every message that this package logs. Tokens are never logged. Why a request is answered with an error is logged by
/// <see cref="CognitoM2M.AspNetCore.Authentication.AnswerLog"/>.
/// </summary>
internal static partial class Log
{
    /// <summary>The caller gets 401. Remove the additional check if the token is right.</summary>
    [LoggerMessage(1, LogLevel.Information, "Authentication scheme {Scheme}: an access token that passed all checks of CognitoM2M was rejected by JsonWebTokenHandler of Microsoft.IdentityModel ({Exception}). JsonWebTokenHandler also applies the checks that TokenValidationParameters adds, such as valid audiences.")]
    public static partial void RejectedBySecondVerification(ILogger logger, string scheme, string exception);

    /// <summary>The scheme works, but not as these settings suggest. Do what the message says.</summary>
    [LoggerMessage(2, LogLevel.Warning, "Authentication scheme {Scheme}: these settings of JwtBearerOptions have no effect: {Settings}. UseCognitoM2M takes issuers and keys from its own settings. Remove these settings, or check that UseCognitoM2M names the right scheme.")]
    public static partial void SettingsWithoutEffect(ILogger logger, string scheme, string settings);

    /// <summary>Remove the named changes. Until then tokens may be accepted that CognitoM2M would reject.</summary>
    [LoggerMessage(3, LogLevel.Warning, "Authentication scheme {Scheme}: JwtBearerOptions was changed after UseCognitoM2M ({Changes}), so CognitoM2M does not decide which tokens this scheme accepts.")]
    public static partial void VerifierBypassed(ILogger logger, string scheme, string changes);

    /// <summary>Correct the settings. The message lists every error.</summary>
    [LoggerMessage(4, LogLevel.Error, "Authentication scheme {Scheme}: changed settings of JwtBearerOptions were ignored. {Errors}")]
    public static partial void ChangeIgnored(ILogger logger, string scheme, string errors);
}
