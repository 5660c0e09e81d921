using System.Collections.Immutable;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Shared;

namespace CognitoM2M.Emulator.Pools;

/// <summary>Cognito's rules for the settings of an app client. Messages are Cognito's own where they are known.</summary>
internal static class AppClientRules
{
    public const string ClientCredentials = "client_credentials";
    public const string ClientTokenAuth = "ALLOW_CLIENT_TOKEN_AUTH";
    public const int MaxSecrets = 2;

    private const string AllowPrefix = "ALLOW_";

    private static readonly TimeSpan _shortestValidity = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestValidity = TimeSpan.FromDays(1);

    private static readonly string[] _standardScopes = ["openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"];

    public static string[] OAuthFlows { get; } = ["code", "implicit", ClientCredentials];

    public static string[] AuthFlows { get; } =
    [
        ClientTokenAuth, "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_AUTH",
        "ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ADMIN_NO_SRP_AUTH", "CUSTOM_AUTH_FLOW_ONLY", "USER_PASSWORD_AUTH",
    ];

    /// <summary>The flows of a client that was created without <c>ExplicitAuthFlows</c>.</summary>
    public static ImmutableArray<string> DefaultAuthFlows { get; } =
        ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"];

    /// <summary>Whether a scope belongs to no resource server. Only tokens of users have such scopes.</summary>
    public static bool IsStandardScope(string scope) => _standardScopes.Contains(scope, StringComparer.Ordinal);

    public static ImmutableArray<string> CheckOAuthFlows(IReadOnlyList<string> flows, bool hasSecret)
    {
        CheckNames("AllowedOAuthFlows", flows, OAuthFlows);
        if (!flows.Contains(ClientCredentials, StringComparer.Ordinal))
            return [.. flows];

        const string Refusal = $"{ClientCredentials} flow can not be selected";
        if (flows.Distinct(StringComparer.Ordinal).Count() > 1)
            throw RefusedException.InvalidOAuthFlow($"{Refusal} along with code flow or implicit flow.");
        if (!hasSecret)
            throw RefusedException.InvalidOAuthFlow($"{Refusal} if client does not have a client secret.");
        return [ClientCredentials];
    }

    public static ImmutableArray<string> CheckOAuthScopes(IReadOnlyList<string> scopes, ImmutableArray<string> flows, EmulatedUserPool pool)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        if (scopes.Count > CognitoNames.MaxScopesPerClient)
            throw RefusedException.InvalidParameter($"AllowedOAuthScopes: an app client has at most {CognitoNames.MaxScopesPerClient} scopes.");

        foreach (var scope in scopes)
        {
            TextShape.Scope.Require(scope, "AllowedOAuthScopes");
            var isStandard = IsStandardScope(scope);
            if (isStandard && flows.Contains(ClientCredentials, StringComparer.Ordinal))
                throw RefusedException.InvalidOAuthFlow($"{scope} is not supported with {ClientCredentials} flow");
            if (!isStandard && !pool.HasScope(scope))
                throw new RefusedException("ScopeDoesNotExistException", $"Invalid scope requested: {scope}");
        }

        return [.. scopes.Distinct(StringComparer.Ordinal)];
    }

    public static ImmutableArray<string> CheckExplicitAuthFlows(IReadOnlyList<string> flows)
    {
        CheckNames("ExplicitAuthFlows", flows, AuthFlows);
        var distinct = flows.Distinct(StringComparer.Ordinal).ToImmutableArray();
        if (distinct.Length > 1 && distinct.Contains(ClientTokenAuth, StringComparer.Ordinal))
            throw RefusedException.InvalidParameter($"ExplicitAuthFlows: {ClientTokenAuth} must be the only flow.");
        if (distinct.Select(IsLegacy).Distinct().Count() > 1)
            throw RefusedException.InvalidParameter($"ExplicitAuthFlows: values with and without {AllowPrefix} can not be mixed.");

        return distinct;
    }

    /// <summary>
    /// Checks the lifetime that a caller in C# sets. The range is wider than Cognito's, so that a test can use a lifetime of one second.
    /// </summary>
    public static TokenValidity CheckValidity(TimeSpan validity)
    {
        if (validity < _shortestValidity || validity > _longestValidity || validity.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            const string Message = "The token validity must be whole seconds, from one second to one day.";
            throw new ArgumentOutOfRangeException(nameof(validity), validity, Message);
        }

        return TokenValidity.FromTimeSpan(validity);
    }

    /// <summary>Checks the lifetimes against the ranges of Cognito's API.</summary>
    public static void CheckValidities(AppClientSettings settings)
    {
        foreach (var kind in TokenKind.All)
        {
            var seconds = settings.GetValidity(kind).GetTotalSeconds(kind);
            if (seconds < kind.Shortest.TotalSeconds || seconds > kind.Longest.TotalSeconds)
                throw RefusedException.InvalidParameter("Invalid range for token validity.");
        }
    }

    /// <summary>Checks that the settings fit each other.</summary>
    public static void CheckTogether(AppClientSettings settings)
    {
        if (settings.AllowedOAuthFlowsUserPoolClient && (settings.AllowedOAuthFlows.IsEmpty || settings.AllowedOAuthScopes.IsEmpty))
        {
            throw RefusedException.InvalidParameter(
                "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.");
        }
    }

    private static bool IsLegacy(string flow) => !flow.StartsWith(AllowPrefix, StringComparison.Ordinal);

    private static void CheckNames(string member, IReadOnlyList<string> names, string[] known)
    {
        ArgumentNullException.ThrowIfNull(names);
        foreach (var name in names.Except(known, StringComparer.Ordinal))
            throw RefusedException.InvalidParameter($"{member}: '{name}' is none of {string.Join(", ", known)}.");
    }
}
