using System.Diagnostics;
using CognitoM2M.Emulator.Pools;

namespace CognitoM2M.Emulator;

/// <summary>Settings of an app client to be created. By default it gets tokens by both routes.</summary>
public sealed class EmulatedAppClientOptions
{
    /// <summary>The client id.</summary>
    /// <value>
    /// Null by default: 26 random lower-case letters and digits. Otherwise 1 to 128 ASCII letters, digits, <c>_</c> and <c>+</c>.
    /// </value>
    public string? ClientId { get; init; }

    /// <summary>The first client secret.</summary>
    /// <value>Null by default: see <see cref="GenerateSecret"/>. Otherwise 24 to 64 ASCII letters, digits, <c>_</c> and <c>+</c>.</value>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ClientSecret { get; init; }

    /// <summary>Whether to make up a secret if <see cref="ClientSecret"/> names none.</summary>
    /// <value>True by default. False makes a public client, which cannot have the flow <c>client_credentials</c>.</value>
    public bool GenerateSecret { get; init; } = true;

    /// <inheritdoc cref="EmulatedAppClient.AllowedOAuthFlowsUserPoolClient"/>
    public bool AllowedOAuthFlowsUserPoolClient { get; init; } = true;

    /// <inheritdoc cref="EmulatedAppClient.AllowedOAuthFlows"/>
    public IReadOnlyList<string> AllowedOAuthFlows { get; init; } = [AppClientRules.ClientCredentials];

    /// <inheritdoc cref="EmulatedAppClient.AllowedOAuthScopes"/>
    public IReadOnlyList<string> AllowedOAuthScopes { get; init; } = [];

    /// <inheritdoc cref="EmulatedAppClient.ExplicitAuthFlows"/>
    public IReadOnlyList<string> ExplicitAuthFlows { get; init; } = [AppClientRules.ClientTokenAuth];

    /// <inheritdoc cref="EmulatedAppClient.AccessTokenValidity"/>
    public TimeSpan AccessTokenValidity { get; init; } = TimeSpan.FromHours(1);
}
