using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Pools;

namespace CognitoM2M.Emulator;

/// <summary>
/// Settings of an app client that <see cref="EmulatedUserPool.CreateAppClient(string, EmulatedAppClientOptions)"/> creates.
/// </summary>
/// <remarks>With the defaults, the app client can get tokens by both routes.</remarks>
public sealed class EmulatedAppClientOptions
{
    /// <summary>The client id.</summary>
    /// <value>
    /// Null by default, which generates 26 lower-case letters and digits. Otherwise 1 to 128 ASCII letters, digits, <c>_</c> and <c>+</c>,
    /// unique in all user pools of the emulator.
    /// </value>
    public string? ClientId { get; init; }

    /// <summary>The first client secret.</summary>
    /// <value>
    /// Null by default; then <see cref="GenerateSecret"/> decides. Otherwise 24 to 64 ASCII letters, digits, <c>_</c> and <c>+</c>.
    /// </value>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ClientSecret { get; init; }

    /// <summary>Whether to generate a secret if <see cref="ClientSecret"/> is null.</summary>
    /// <value>True by default. False creates a public client, which cannot use the flow <c>client_credentials</c>.</value>
    public bool GenerateSecret { get; init; } = true;

    /// <inheritdoc cref="EmulatedAppClient.AllowedOAuthFlowsUserPoolClient"/>
    public bool AllowedOAuthFlowsUserPoolClient { get; init; } = true;

    /// <inheritdoc cref="EmulatedAppClient.AllowedOAuthFlows"/>
    public IReadOnlyList<string> AllowedOAuthFlows { get; init; } = [AppClientRules.ClientCredentials];

    /// <summary>
    /// The addresses that a sign-in at <c>/oauth2/authorize</c> may lead to (<c>CallbackURLs</c>). The flow <c>code</c> needs one.
    /// </summary>
    /// <value>Empty by default. Compared character by character, and without a fragment.</value>
    public IReadOnlyList<string> CallbackUrls { get; init; } = [];

    /// <summary>The addresses that a sign-out at <c>/logout</c> may lead to (<c>LogoutURLs</c>).</summary>
    /// <value>Empty by default. Compared character by character, and without a fragment.</value>
    public IReadOnlyList<string> LogoutUrls { get; init; } = [];

    /// <inheritdoc cref="EmulatedAppClient.AllowedOAuthScopes"/>
    public IReadOnlyList<string> AllowedOAuthScopes { get; init; } = [];

    /// <inheritdoc cref="EmulatedAppClient.ExplicitAuthFlows"/>
    public IReadOnlyList<string> ExplicitAuthFlows { get; init; } = [AppClientRules.ClientTokenAuth];

    /// <inheritdoc cref="EmulatedAppClient.AccessTokenValidity"/>
    public TimeSpan AccessTokenValidity { get; init; } = TimeSpan.FromHours(1);

    /// <inheritdoc cref="EmulatedAppClient.AccessTokenClaims"/>
    public IReadOnlyDictionary<string, JsonNode> AccessTokenClaims
    {
        get => Claims ?? ImmutableDictionary<string, JsonNode>.Empty;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            Claims = value;
        }
    }

    /// <summary>Null if <see cref="AccessTokenClaims"/> was not set.</summary>
    internal IReadOnlyDictionary<string, JsonNode>? Claims { get; private init; }
}
