using System.Collections.Immutable;

namespace CognitoM2M.Emulator.UserPools;

/// <summary>What can change about an app client. A request works on one snapshot, whatever is edited meanwhile.</summary>
internal sealed record AppClientSettings
{
    public required bool AllowedOAuthFlowsUserPoolClient { get; init; }
    public required ImmutableArray<string> AllowedOAuthFlows { get; init; }
    public required ImmutableArray<string> AllowedOAuthScopes { get; init; }
    public required ImmutableArray<string> ExplicitAuthFlows { get; init; }
    public required TimeSpan AccessTokenValidity { get; init; }

    /// <summary>The secrets that are valid, oldest first; none for a public client.</summary>
    public required ImmutableArray<ClientSecret> Secrets { get; init; }

    public bool AllowsClientCredentials => AllowedOAuthFlows.Contains(AppClientRules.ClientCredentials, StringComparer.Ordinal);

    public bool AllowsClientTokenAuth => ExplicitAuthFlows.Contains(AppClientRules.ClientTokenAuth, StringComparer.Ordinal);

    public bool HasSecret(string? presented) => presented is not null && Secrets.Any(secret => secret.Matches(presented));
}
