using System.Diagnostics;
using System.Text.Json.Serialization;
using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Resources.AppClients;

/// <summary>One of the secrets of an app client. <see cref="ToString"/> leaves the value out.</summary>
internal sealed record ClientSecretDescriptor
{
    /// <summary><c>{client id}--{seconds since 1970}</c>.</summary>
    public string? ClientSecretId { get; init; }

    /// <summary>The value. Cognito shows it once, in the answer to AddUserPoolClientSecret, and only if Cognito chose it.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ClientSecretValue { get; init; }

    /// <summary>Seconds since 1970, with a fraction.</summary>
    public double? ClientSecretCreateDate { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"ClientSecret {ClientSecretId}";
}

/// <summary>Input of AddUserPoolClientSecret. <see cref="ToString"/> leaves the secret out.</summary>
internal sealed record AddUserPoolClientSecretRequest : IUserPoolRequest, ISecretRequest
{
    /// <summary>The user pool.</summary>
    public required string UserPoolId { get; init; }

    /// <summary>The app client.</summary>
    public required string ClientId { get; init; }

    /// <summary>The secret: 24 to 64 letters, digits, <c>_</c> and <c>+</c>.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public required string ClientSecret { get; init; }

    string? ISecretRequest.Secret => ClientSecret;

    /// <inheritdoc/>
    public override string ToString() => $"AddUserPoolClientSecretRequest {ClientId}";
}

/// <summary>Output of AddUserPoolClientSecret.</summary>
/// <param name="ClientSecretDescriptor">The new secret, without the value that the request has given.</param>
internal sealed record AddUserPoolClientSecretResponse(ClientSecretDescriptor? ClientSecretDescriptor);

/// <summary>Input of ListUserPoolClientSecrets.</summary>
/// <param name="UserPoolId">The user pool.</param>
/// <param name="ClientId">The app client.</param>
/// <param name="NextToken">The token that the previous page ended with; absent for the first page.</param>
internal sealed record ListUserPoolClientSecretsRequest(string UserPoolId, string ClientId, string? NextToken) : IUserPoolRequest;

/// <summary>Output of ListUserPoolClientSecrets.</summary>
/// <param name="ClientSecrets">At most two, without values.</param>
/// <param name="NextToken">Absent on the last page.</param>
internal sealed record ListUserPoolClientSecretsResponse(IReadOnlyList<ClientSecretDescriptor>? ClientSecrets, string? NextToken);

/// <summary>Input of DeleteUserPoolClientSecret.</summary>
/// <param name="UserPoolId">The user pool.</param>
/// <param name="ClientId">The app client.</param>
/// <param name="ClientSecretId">The secret to delete.</param>
internal sealed record DeleteUserPoolClientSecretRequest(string UserPoolId, string ClientId, string ClientSecretId) : IUserPoolRequest;

/// <summary>Input of GetClientToken. <see cref="ToString"/> leaves the secret out.</summary>
internal sealed record GetClientTokenRequest : ISecretRequest
{
    /// <summary>The app client.</summary>
    public required string ClientId { get; init; }

    /// <summary>One of its secrets.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public required string Secret { get; init; }

    /// <summary>The requested scopes, at most 50. If absent, Cognito grants every scope that the client is allowed.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"GetClientTokenRequest {ClientId}";
}

/// <summary>Output of GetClientToken.</summary>
internal sealed record GetClientTokenResponse(ClientAuthenticationResult? ClientAuthenticationResult);

/// <summary>An access token. <see cref="ToString"/> leaves the token out.</summary>
internal sealed record ClientAuthenticationResult
{
    /// <summary>The token.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? AccessToken { get; init; }

    /// <summary>The lifetime in seconds.</summary>
    public int? ExpiresIn { get; init; }

    /// <summary><c>Bearer</c>.</summary>
    public string? TokenType { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{TokenType} token for {ExpiresIn} s";
}

/// <summary>Writes and reads the requests above. A member that is null is not sent.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AddUserPoolClientSecretRequest))]
[JsonSerializable(typeof(AddUserPoolClientSecretResponse))]
[JsonSerializable(typeof(ListUserPoolClientSecretsRequest))]
[JsonSerializable(typeof(ListUserPoolClientSecretsResponse))]
[JsonSerializable(typeof(DeleteUserPoolClientSecretRequest))]
[JsonSerializable(typeof(GetClientTokenRequest))]
[JsonSerializable(typeof(GetClientTokenResponse))]
internal sealed partial class ClientSecretJson : JsonSerializerContext;
