using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Resources.AppClients;

/// <summary>Input of CreateUserPoolClient. <see cref="ToString"/> leaves the secret out.</summary>
internal sealed record CreateUserPoolClientRequest : IUserPoolRequest, ISecretRequest
{
    /// <summary>The user pool.</summary>
    public required string UserPoolId { get; init; }

    /// <summary>1 to 128 characters. Need not be unique.</summary>
    public required string ClientName { get; init; }

    /// <summary>The client id. Only for an emulator: Cognito does not have this member.</summary>
    public string? ChosenClientId { get; init; }

    /// <summary>Whether the client gets a secret. A client without a secret can never get one.</summary>
    public bool? GenerateSecret { get; init; }

    /// <summary>The secret, if the caller chooses it: 24 to 64 letters, digits, <c>_</c> and <c>+</c>.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ClientSecret { get; init; }

    /// <inheritdoc cref="UserPoolClient.ExplicitAuthFlows"/>
    public IReadOnlyList<string>? ExplicitAuthFlows { get; init; }

    /// <inheritdoc cref="UserPoolClient.AllowedOAuthFlows"/>
    public IReadOnlyList<string>? AllowedOAuthFlows { get; init; }

    /// <inheritdoc cref="UserPoolClient.AllowedOAuthScopes"/>
    public IReadOnlyList<string>? AllowedOAuthScopes { get; init; }

    /// <inheritdoc cref="UserPoolClient.AllowedOAuthFlowsUserPoolClient"/>
    public bool? AllowedOAuthFlowsUserPoolClient { get; init; }

    /// <inheritdoc cref="UserPoolClient.CallbackURLs"/>
    public IReadOnlyList<string>? CallbackURLs { get; init; }

    /// <inheritdoc cref="UserPoolClient.LogoutURLs"/>
    public IReadOnlyList<string>? LogoutURLs { get; init; }

    /// <inheritdoc cref="UserPoolClient.SupportedIdentityProviders"/>
    public IReadOnlyList<string>? SupportedIdentityProviders { get; init; }

    /// <inheritdoc cref="UserPoolClient.AccessTokenValidity"/>
    public int? AccessTokenValidity { get; init; }

    /// <inheritdoc cref="UserPoolClient.TokenValidityUnits"/>
    public TokenValidityUnits? TokenValidityUnits { get; init; }

    /// <inheritdoc cref="UserPoolClient.AccessTokenClaims"/>
    public JsonElement? AccessTokenClaims { get; init; }

    string? ISecretRequest.Secret => ClientSecret;

    /// <inheritdoc/>
    public override string ToString() => $"CreateUserPoolClientRequest {ClientName}";
}

/// <summary>Output of CreateUserPoolClient.</summary>
/// <param name="UserPoolClient">The new app client with its secret.</param>
internal sealed record CreateUserPoolClientResponse(UserPoolClient? UserPoolClient);

/// <summary>Input of DescribeUserPoolClient.</summary>
internal sealed record DescribeUserPoolClientRequest(string UserPoolId, string ClientId) : IUserPoolRequest;

/// <summary>Output of DescribeUserPoolClient.</summary>
internal sealed record DescribeUserPoolClientResponse(UserPoolClient? UserPoolClient);

/// <summary>Input of ListUserPoolClients.</summary>
/// <param name="UserPoolId">The user pool.</param>
/// <param name="MaxResults">1 to 60.</param>
/// <param name="NextToken">The token that the previous page ended with; absent for the first page.</param>
internal sealed record ListUserPoolClientsRequest(string UserPoolId, int MaxResults, string? NextToken) : IUserPoolRequest;

/// <summary>Output of ListUserPoolClients.</summary>
/// <param name="UserPoolClients">One page. A page can be empty without being the last.</param>
/// <param name="NextToken">Absent on the last page.</param>
internal sealed record ListUserPoolClientsResponse(IReadOnlyList<UserPoolClientDescription>? UserPoolClients, string? NextToken);

/// <summary>Input of UpdateUserPoolClient: all settings of the app client. Cognito resets every setting that is left out.</summary>
internal sealed record UpdateUserPoolClientRequest : IUserPoolRequest
{
    /// <summary>The user pool.</summary>
    public required string UserPoolId { get; init; }

    /// <summary>Selects the app client.</summary>
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

    /// <inheritdoc cref="UserPoolClient.CallbackURLs"/>
    public IReadOnlyList<string>? CallbackURLs { get; init; }

    /// <inheritdoc cref="UserPoolClient.LogoutURLs"/>
    public IReadOnlyList<string>? LogoutURLs { get; init; }

    /// <inheritdoc cref="UserPoolClient.SupportedIdentityProviders"/>
    public IReadOnlyList<string>? SupportedIdentityProviders { get; init; }

    /// <inheritdoc cref="UserPoolClient.AccessTokenValidity"/>
    public int? AccessTokenValidity { get; init; }

    /// <inheritdoc cref="UserPoolClient.TokenValidityUnits"/>
    public TokenValidityUnits? TokenValidityUnits { get; init; }

    /// <inheritdoc cref="UserPoolClient.AccessTokenClaims"/>
    public JsonElement? AccessTokenClaims { get; init; }

    /// <summary>Every other setting.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }
}

/// <summary>Output of UpdateUserPoolClient.</summary>
internal sealed record UpdateUserPoolClientResponse(UserPoolClient? UserPoolClient);

/// <summary>Input of DeleteUserPoolClient.</summary>
internal sealed record DeleteUserPoolClientRequest(string UserPoolId, string ClientId) : IUserPoolRequest;

/// <summary>Writes and reads the requests above. A member that is null is not sent.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CreateUserPoolClientRequest))]
[JsonSerializable(typeof(CreateUserPoolClientResponse))]
[JsonSerializable(typeof(DescribeUserPoolClientRequest))]
[JsonSerializable(typeof(DescribeUserPoolClientResponse))]
[JsonSerializable(typeof(ListUserPoolClientsRequest))]
[JsonSerializable(typeof(ListUserPoolClientsResponse))]
[JsonSerializable(typeof(UpdateUserPoolClientRequest))]
[JsonSerializable(typeof(UpdateUserPoolClientResponse))]
[JsonSerializable(typeof(DeleteUserPoolClientRequest))]
internal sealed partial class AppClientJson : JsonSerializerContext;
