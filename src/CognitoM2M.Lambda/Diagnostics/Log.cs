using CognitoM2M.Verification;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Lambda.Diagnostics;

/// <summary>Every message that this package logs. Tokens are never logged.</summary>
internal static partial class Log
{
    /// <summary>A caller with a known app client sent a token that is not accepted. The text names the rule, what was expected and what was found.</summary>
    [LoggerMessage(1, LogLevel.Information, "{Rejection}")]
    public static partial void TokenRejected(ILogger logger, TokenRejection rejection);

    /// <summary>Nothing is wrong with the token. Calls get 500 until the keys can be downloaded.</summary>
    [LoggerMessage(2, LogLevel.Error, "The request can neither be allowed nor denied: {Rejection} Check that this function can reach the address of the keys (VPC, NAT gateway, security group).")]
    public static partial void KeysNotAvailable(ILogger logger, TokenRejection rejection);

    /// <summary>Complete RouteScopes. Until then every call of this route gets 403.</summary>
    [LoggerMessage(3, LogLevel.Warning, "The route {Route} has this authorizer, but RouteScopes does not name it, so the request is denied. Name the route with the scopes it needs, or with Refuse.")]
    public static partial void RouteNotNamed(ILogger logger, string route);

    /// <summary>Rename one of the routes, or allow the path by another route. Every call of this path gets 403.</summary>
    [LoggerMessage(4, LogLevel.Warning, "App client {ClientId} may call the route {Route}, but the policy denies this path of the route: the policy must deny a more specific route, whose pattern also matches the path, or the path has a percent-encoded character, an empty segment or a segment of dots (DenyAmbiguousPaths).")]
    public static partial void PathDeniedByPattern(ILogger logger, string clientId, string route);

    /// <summary>Choose values for the parameters of this path that have no asterisk and no question mark.</summary>
    [LoggerMessage(5, LogLevel.Warning, "A path of the route {Route} has a character that IAM reads as a wildcard. It is denied, because no policy can allow this path alone.")]
    public static partial void PathHasWildcard(ILogger logger, string route);

    /// <summary>A token that anybody could have written was rejected.</summary>
    [LoggerMessage(6, LogLevel.Information, "{Rejection} At most one such line is written per second.")]
    public static partial void StrangerRejected(ILogger logger, TokenRejection rejection);

    /// <summary>Follows event 6.</summary>
    [LoggerMessage(7, LogLevel.Information, "{Count} more tokens were rejected within a second. The metric cognito_m2m.verification.verdicts counts all tokens, by reason.")]
    public static partial void MoreStrangersRejected(ILogger logger, int count);

    /// <summary>Follows event 2.</summary>
    [LoggerMessage(8, LogLevel.Error, "In one second, {Count} more requests could neither be allowed nor denied, because no keys are available.")]
    public static partial void MoreKeysNotAvailable(ILogger logger, int count);
}
