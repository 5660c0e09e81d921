using System.Collections.Immutable;

namespace CognitoM2M.Emulator.Pools;

/// <summary>
/// The settings of an app client that can change. Immutable: a request reads one snapshot, and a change at the same time does not affect
/// that request.
/// </summary>
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

    /// <summary>The valid secrets, oldest first; empty for a public client.</summary>
    public required ImmutableArray<ClientSecret> Secrets { get; init; }

    /// <summary>Further claims of access tokens; null if nothing is said of them.</summary>
    public WireSettings? AccessTokenClaims { get; init; }

    /// <summary>All other settings, with their names in the API. Descriptions return them unchanged.</summary>
    public WireSettings Others { get; init; } = WireSettings.Empty;

    public required DateTimeOffset LastModifiedAt { get; init; }

    public bool AllowsClientCredentials => AllowedOAuthFlows.Contains(AppClientRules.ClientCredentials, StringComparer.Ordinal);

    /// <summary>Whether users may sign in with the client at <c>/oauth2/authorize</c>.</summary>
    public bool AllowsCodeFlow => AllowedOAuthFlows.Contains("code", StringComparer.Ordinal);

    public bool AllowsClientTokenAuth => AllowsAuthFlow(AppClientRules.ClientTokenAuth);

    public bool AllowsAuthFlow(string flow) => ExplicitAuthFlows.Contains(flow, StringComparer.Ordinal);

    public TimeSpan GetLifetime(TokenKind kind) => TimeSpan.FromSeconds(GetValidity(kind).GetTotalSeconds(kind));

    public TokenValidity GetValidity(TokenKind kind) =>
        kind == TokenKind.Access ? AccessTokenValidity : kind == TokenKind.Id ? IdTokenValidity : RefreshTokenValidity;

    public bool HasSecret(string? presented) => presented is not null && Secrets.Any(secret => secret.Matches(presented));
}
