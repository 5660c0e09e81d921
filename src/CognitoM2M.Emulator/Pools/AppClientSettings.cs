using System.Collections.Immutable;

namespace CognitoM2M.Emulator.Pools;

/// <summary>What can change about an app client. A request works on one snapshot, whatever is edited meanwhile.</summary>
internal sealed record AppClientSettings
{
    public required string ClientName { get; init; }
    public required bool AllowedOAuthFlowsUserPoolClient { get; init; }
    public required ImmutableArray<string> AllowedOAuthFlows { get; init; }
    public required ImmutableArray<string> AllowedOAuthScopes { get; init; }
    public required ImmutableArray<string> ExplicitAuthFlows { get; init; }
    public TokenValidity AccessTokenValidity { get; init; }
    public TokenValidity IdTokenValidity { get; init; }
    public TokenValidity RefreshTokenValidity { get; init; }

    /// <summary>The secrets that are valid, oldest first; none for a public client.</summary>
    public required ImmutableArray<ClientSecret> Secrets { get; init; }

    /// <summary>All that only has to be given back.</summary>
    public SettingsBag Others { get; init; } = SettingsBag.Empty;

    public required DateTimeOffset LastModifiedAt { get; init; }

    public bool AllowsClientCredentials => AllowedOAuthFlows.Contains(AppClientRules.ClientCredentials, StringComparer.Ordinal);

    public bool AllowsClientTokenAuth => AllowsAuthFlow(AppClientRules.ClientTokenAuth);

    public bool AllowsAuthFlow(string flow) => ExplicitAuthFlows.Contains(flow, StringComparer.Ordinal);

    public TimeSpan Lifetime(TokenKind kind) => TimeSpan.FromSeconds(Validity(kind).TotalSeconds(kind));

    public TokenValidity Validity(TokenKind kind) =>
        kind == TokenKind.Access ? AccessTokenValidity : kind == TokenKind.Id ? IdTokenValidity : RefreshTokenValidity;

    public bool HasSecret(string? presented) => presented is not null && Secrets.Any(secret => secret.Matches(presented));
}
