using System.Collections.Immutable;

namespace CognitoM2M.Emulator.UserPools;

/// <summary>What Cognito demands of an app client's settings, in its words where they are known.</summary>
internal static class AppClientRules
{
    public const string ClientCredentials = "client_credentials";
    public const string ClientTokenAuth = "ALLOW_CLIENT_TOKEN_AUTH";
    public const int MaxSecrets = 2;

    private const int MaxScopes = 50;
    private static readonly TimeSpan _shortestValidity = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestValidity = TimeSpan.FromDays(1);

    private static readonly string[] _oauthFlows = ["code", "implicit", ClientCredentials];

    private static readonly string[] _authFlows =
    [
        ClientTokenAuth, "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_AUTH",
        "ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ADMIN_NO_SRP_AUTH", "CUSTOM_AUTH_FLOW_ONLY", "USER_PASSWORD_AUTH",
    ];

    private static readonly string[] _standardScopes = ["openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"];

    public static ImmutableArray<string> CheckOAuthFlows(IReadOnlyList<string> flows, bool hasSecret)
    {
        CheckNames("AllowedOAuthFlows", flows, _oauthFlows);
        if (!flows.Contains(ClientCredentials, StringComparer.Ordinal))
            return [.. flows];

        const string Refusal = $"{ClientCredentials} flow can not be selected";
        if (flows.Count > 1)
            throw new ArgumentException($"{Refusal} along with code flow or implicit flow.", nameof(flows));
        if (!hasSecret)
            throw new ArgumentException($"{Refusal} if client does not have a client secret.", nameof(flows));
        return [.. flows];
    }

    public static ImmutableArray<string> CheckOAuthScopes(IReadOnlyList<string> scopes, ImmutableArray<string> flows, EmulatedUserPool pool)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        if (scopes.Count > MaxScopes)
            throw new ArgumentException($"AllowedOAuthScopes: an app client has at most {MaxScopes} scopes.", nameof(scopes));

        foreach (var scope in scopes)
        {
            TextShape.Scope.Require(scope, "AllowedOAuthScopes");
            var isStandard = _standardScopes.Contains(scope, StringComparer.Ordinal);
            if (isStandard && flows.Contains(ClientCredentials, StringComparer.Ordinal))
                throw new ArgumentException($"{scope} is not supported with {ClientCredentials} flow.", nameof(scopes));
            if (!isStandard && !pool.HasScope(scope))
                throw new ArgumentException($"Invalid scope requested: {scope}. Create its resource server first.", nameof(scopes));
        }

        return [.. scopes.Distinct(StringComparer.Ordinal)];
    }

    public static ImmutableArray<string> CheckExplicitAuthFlows(IReadOnlyList<string> flows)
    {
        CheckNames("ExplicitAuthFlows", flows, _authFlows);
        if (flows.Count > 1 && flows.Contains(ClientTokenAuth, StringComparer.Ordinal))
            throw new ArgumentException($"ExplicitAuthFlows: {ClientTokenAuth} must be the only flow.", nameof(flows));

        return [.. flows];
    }

    public static TimeSpan CheckValidity(TimeSpan validity)
    {
        if (validity < _shortestValidity || validity > _longestValidity || validity.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            const string Message = "Invalid range for token validity: whole seconds, from one second to one day.";
            throw new ArgumentOutOfRangeException(nameof(validity), validity, Message);
        }

        return validity;
    }

    public static void CheckNewClient(AppClientSettings settings)
    {
        if (settings.AllowedOAuthFlowsUserPoolClient && (settings.AllowedOAuthFlows.IsEmpty || settings.AllowedOAuthScopes.IsEmpty))
        {
            throw new ArgumentException(
                "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.", nameof(settings));
        }
    }

    private static void CheckNames(string member, IReadOnlyList<string> names, string[] known)
    {
        ArgumentNullException.ThrowIfNull(names);
        foreach (var name in names.Except(known, StringComparer.Ordinal))
            throw new ArgumentException($"{member}: '{name}' is none of {string.Join(", ", known)}.", nameof(names));
    }
}
