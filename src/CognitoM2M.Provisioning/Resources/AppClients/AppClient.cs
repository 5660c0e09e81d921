using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.AppClients;

/// <summary>An app client, as DescribeUserPoolClient shows it. <see cref="ToString"/> leaves the secret out.</summary>
internal sealed record UserPoolClient
{
    /// <summary>The id.</summary>
    public string? ClientId { get; init; }

    /// <summary>The name, which need not be unique.</summary>
    public string? ClientName { get; init; }

    /// <summary>Seconds since 1970, with a fraction. Cognito's clock, not the clock of the caller.</summary>
    public double? CreationDate { get; init; }

    /// <summary>The first secret in clear text; absent for a public client, and after the first secret was deleted.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ClientSecret { get; init; }

    /// <summary><c>REGULAR</c>, or <c>DCR</c> for a client that registered itself. May be absent.</summary>
    public string? ClientType { get; init; }

    /// <summary>The sign-in flows of the API, such as <c>ALLOW_CLIENT_TOKEN_AUTH</c>.</summary>
    public IReadOnlyList<string>? ExplicitAuthFlows { get; init; }

    /// <summary><c>code</c>, <c>implicit</c>, <c>client_credentials</c>.</summary>
    public IReadOnlyList<string>? AllowedOAuthFlows { get; init; }

    /// <summary>The scopes, each in the form <c>{resource server}/{scope}</c>.</summary>
    public IReadOnlyList<string>? AllowedOAuthScopes { get; init; }

    /// <summary>Whether the token endpoint serves this client at all.</summary>
    public bool? AllowedOAuthFlowsUserPoolClient { get; init; }

    /// <summary>The addresses that Cognito may send signed-in users to.</summary>
    public IReadOnlyList<string>? CallbackURLs { get; init; }

    /// <summary>The addresses that Cognito may send signed-out users to.</summary>
    public IReadOnlyList<string>? LogoutURLs { get; init; }

    /// <summary><c>COGNITO</c> and the names of identity providers.</summary>
    public IReadOnlyList<string>? SupportedIdentityProviders { get; init; }

    /// <summary>The lifetime of access tokens, in the unit of <see cref="TokenValidityUnits"/>; in hours if no unit is given.</summary>
    public int? AccessTokenValidity { get; init; }

    /// <summary>The units of the three lifetimes.</summary>
    public TokenValidityUnits? TokenValidityUnits { get; init; }

    /// <summary>Further claims of access tokens. Only an emulator has this member.</summary>
    public JsonElement? AccessTokenClaims { get; init; }

    /// <summary>Every other member that Cognito sent. An update sends them back, because it resets members that it lacks.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }

    /// <summary>What later steps and the outputs must know of the app client.</summary>
    public ProvisionedAppClient ToProvisioned(string name) => new(name, ClientId!, ClientSecret);

    /// <inheritdoc/>
    public override string ToString() => $"UserPoolClient {ClientName} ({ClientId})";
}

/// <summary>The units of token lifetimes: <c>seconds</c>, <c>minutes</c>, <c>hours</c> or <c>days</c>.</summary>
internal sealed record TokenValidityUnits
{
    /// <summary>hours by default.</summary>
    public string? AccessToken { get; init; }

    /// <summary>hours by default.</summary>
    public string? IdToken { get; init; }

    /// <summary>days by default.</summary>
    public string? RefreshToken { get; init; }

    /// <inheritdoc cref="UserPoolClient.OtherMembers"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }
}

/// <summary>An item of ListUserPoolClients.</summary>
internal sealed record UserPoolClientDescription
{
    /// <inheritdoc cref="UserPoolClient.ClientId"/>
    public string? ClientId { get; init; }

    /// <inheritdoc cref="UserPoolClient.ClientName"/>
    public string? ClientName { get; init; }
}
