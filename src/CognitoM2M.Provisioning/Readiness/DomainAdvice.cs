using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Readiness;

/// <summary>Says what to do if the domain is the reason that no token was issued.</summary>
internal static class DomainAdvice
{
    /// <summary>The advice for the result of a token request; null if Cognito answered, because the domain works then.</summary>
    public static string? Find(string problem, ProbedClient client)
    {
        if (client.TokenEndpoint is not { IsLoopback: false, Host: var host } || client.Route == AppClientRoute.GetClientToken)
            return null;

        var isUnknown = problem.Contains("does not resolve", StringComparison.Ordinal);
        if (client.DomainTarget is { } target && (isUnknown || problem.Contains($"connection to {client.TokenEndpoint.Authority}", StringComparison.Ordinal)))
            return $"The DNS record of {host} must point to {OneLine.Show(target)}. A new custom domain can take an hour.";

        return isUnknown ? $"A new domain can take some minutes. Check whether {host} resolves." : null;
    }
}
