using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CognitoM2M.Provisioning.Api;

/// <summary>An app client as DescribeUserPoolClient shows it. <see cref="ToString"/> leaves the secret out.</summary>
public sealed record UserPoolClient
{
    /// <summary>The app client's id.</summary>
    public string? ClientId { get; init; }

    /// <summary>Not unique.</summary>
    public string? ClientName { get; init; }

    /// <summary>The first secret, in clear; absent for a public client, and after that secret was deleted.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ClientSecret { get; init; }

    /// <summary><c>REGULAR</c>, or <c>DCR</c> for one that registered itself; may be absent.</summary>
    public string? ClientType { get; init; }

    /// <summary>Such as <c>ALLOW_CLIENT_TOKEN_AUTH</c>.</summary>
    public IReadOnlyList<string>? ExplicitAuthFlows { get; init; }

    /// <summary><c>code</c>, <c>implicit</c>, <c>client_credentials</c>.</summary>
    public IReadOnlyList<string>? AllowedOAuthFlows { get; init; }

    /// <summary>Each <c>{resource server}/{scope}</c>.</summary>
    public IReadOnlyList<string>? AllowedOAuthScopes { get; init; }

    /// <summary>Whether the token endpoint serves this client at all.</summary>
    public bool? AllowedOAuthFlowsUserPoolClient { get; init; }

    /// <summary>In the unit of <see cref="TokenValidityUnits"/>; hours if it names none.</summary>
    public int? AccessTokenValidity { get; init; }

    /// <summary>Units of the three validities.</summary>
    public TokenValidityUnits? TokenValidityUnits { get; init; }

    /// <summary>Everything else the service sent.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"UserPoolClient {ClientName} ({ClientId})";
}

/// <summary>Units of token validities: <c>seconds</c>, <c>minutes</c>, <c>hours</c> or <c>days</c>.</summary>
public sealed record TokenValidityUnits
{
    /// <summary>hours by default.</summary>
    public string? AccessToken { get; init; }

    /// <summary>hours by default.</summary>
    public string? IdToken { get; init; }

    /// <summary>days by default.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>Everything else the service sent.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }
}

/// <summary>An item of ListUserPoolClients.</summary>
public sealed record UserPoolClientDescription
{
    /// <summary>The app client's id.</summary>
    public string? ClientId { get; init; }

    /// <summary>Not unique.</summary>
    public string? ClientName { get; init; }
}

/// <summary>Input of CreateUserPoolClient.</summary>
public sealed record CreateUserPoolClientRequest
{
    /// <summary>The pool.</summary>
    public required string UserPoolId { get; init; }

    /// <summary>1 to 128 characters. Not unique.</summary>
    public required string ClientName { get; init; }

    /// <summary>Whether the client is confidential.</summary>
    public bool? GenerateSecret { get; init; }

    /// <inheritdoc cref="UserPoolClient.ExplicitAuthFlows"/>
    public IReadOnlyList<string>? ExplicitAuthFlows { get; init; }

    /// <inheritdoc cref="UserPoolClient.AllowedOAuthFlows"/>
    public IReadOnlyList<string>? AllowedOAuthFlows { get; init; }

    /// <inheritdoc cref="UserPoolClient.AllowedOAuthScopes"/>
    public IReadOnlyList<string>? AllowedOAuthScopes { get; init; }

    /// <inheritdoc cref="UserPoolClient.AllowedOAuthFlowsUserPoolClient"/>
    public bool? AllowedOAuthFlowsUserPoolClient { get; init; }

    /// <inheritdoc cref="UserPoolClient.AccessTokenValidity"/>
    public int? AccessTokenValidity { get; init; }

    /// <inheritdoc cref="UserPoolClient.TokenValidityUnits"/>
    public TokenValidityUnits? TokenValidityUnits { get; init; }
}

/// <summary>Output of CreateUserPoolClient.</summary>
/// <param name="UserPoolClient">The new app client, with its secret.</param>
public sealed record CreateUserPoolClientResponse(UserPoolClient? UserPoolClient);

/// <summary>Input of DescribeUserPoolClient.</summary>
/// <param name="UserPoolId">The pool.</param>
/// <param name="ClientId">The app client.</param>
public sealed record DescribeUserPoolClientRequest(string UserPoolId, string ClientId);

/// <summary>Output of DescribeUserPoolClient.</summary>
/// <param name="UserPoolClient">The app client.</param>
public sealed record DescribeUserPoolClientResponse(UserPoolClient? UserPoolClient);

/// <summary>Input of ListUserPoolClients.</summary>
/// <param name="UserPoolId">The pool.</param>
/// <param name="MaxResults">1 to 60.</param>
/// <param name="NextToken">From the page before; absent for the first page.</param>
public sealed record ListUserPoolClientsRequest(string UserPoolId, int MaxResults, string? NextToken);

/// <summary>Output of ListUserPoolClients.</summary>
/// <param name="UserPoolClients">One page; it may be empty and yet not be the last.</param>
/// <param name="NextToken">Absent on the last page.</param>
public sealed record ListUserPoolClientsResponse(IReadOnlyList<UserPoolClientDescription>? UserPoolClients, string? NextToken);

/// <summary>Input of UpdateUserPoolClient: the whole of what the app client shall be.</summary>
public sealed record UpdateUserPoolClientRequest
{
    /// <summary>The pool.</summary>
    public required string UserPoolId { get; init; }

    /// <summary>The app client.</summary>
    public required string ClientId { get; init; }

    /// <inheritdoc cref="UserPoolClient.ClientName"/>
    public string? ClientName { get; init; }

    /// <inheritdoc cref="UserPoolClient.ExplicitAuthFlows"/>
    public IReadOnlyList<string>? ExplicitAuthFlows { get; init; }

    /// <inheritdoc cref="UserPoolClient.AllowedOAuthFlows"/>
    public IReadOnlyList<string>? AllowedOAuthFlows { get; init; }

    /// <inheritdoc cref="UserPoolClient.AllowedOAuthScopes"/>
    public IReadOnlyList<string>? AllowedOAuthScopes { get; init; }

    /// <inheritdoc cref="UserPoolClient.AllowedOAuthFlowsUserPoolClient"/>
    public bool? AllowedOAuthFlowsUserPoolClient { get; init; }

    /// <inheritdoc cref="UserPoolClient.AccessTokenValidity"/>
    public int? AccessTokenValidity { get; init; }

    /// <inheritdoc cref="UserPoolClient.TokenValidityUnits"/>
    public TokenValidityUnits? TokenValidityUnits { get; init; }

    /// <summary>Any other member of the request.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }
}

/// <summary>Output of UpdateUserPoolClient.</summary>
/// <param name="UserPoolClient">The app client.</param>
public sealed record UpdateUserPoolClientResponse(UserPoolClient? UserPoolClient);

/// <summary>Input of DeleteUserPoolClient.</summary>
/// <param name="UserPoolId">The pool.</param>
/// <param name="ClientId">The app client.</param>
public sealed record DeleteUserPoolClientRequest(string UserPoolId, string ClientId);
