using System.Diagnostics;

namespace CognitoM2M.Provisioning;

/// <summary>The settings of an app client on which its tokens depend. <see cref="ToString"/> leaves the secret out.</summary>
public sealed record InspectedAppClient
{
    /// <summary>The id.</summary>
    public required string ClientId { get; init; }

    /// <summary>Whether the token endpoint serves this app client at all (<c>AllowedOAuthFlowsUserPoolClient</c>).</summary>
    public required bool IsOAuthEnabled { get; init; }

    /// <summary>The flows of the token endpoint: <c>code</c>, <c>implicit</c>, <c>client_credentials</c>.</summary>
    public required IReadOnlyList<string> OAuthFlows { get; init; }

    /// <summary>The allowed scopes, each <c>resource-server/scope</c>.</summary>
    public required IReadOnlyList<string> OAuthScopes { get; init; }

    /// <summary>The flows of the user pools API, such as <c>ALLOW_CLIENT_TOKEN_AUTH</c>.</summary>
    /// <value>Null if Cognito does not show the list.</value>
    public IReadOnlyList<string>? ExplicitAuthFlows { get; init; }

    /// <summary>The secret that Cognito shows.</summary>
    /// <value>Null for an app client without a secret, and after the first secret was deleted. A second secret is never shown.</value>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ShownSecret { get; init; }

    /// <summary>How many secrets the app client has.</summary>
    /// <value>Null if the caller may not list them.</value>
    public int? SecretCount { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"InspectedAppClient {ClientId}";
}
