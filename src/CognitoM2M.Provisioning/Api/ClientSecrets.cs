using System.Diagnostics;

namespace CognitoM2M.Provisioning.Api;

/// <summary>One of an app client's secrets. <see cref="ToString"/> leaves the value out.</summary>
public sealed record ClientSecretDescriptor
{
    /// <summary><c>{client id}--{seconds since 1970}</c>.</summary>
    public string? ClientSecretId { get; init; }

    /// <summary>Shown once, in the answer to AddUserPoolClientSecret, and only if Cognito chose it.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ClientSecretValue { get; init; }

    /// <summary>Seconds since 1970, with a fraction.</summary>
    public double? ClientSecretCreateDate { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"ClientSecret {ClientSecretId}";
}

/// <summary>Input of AddUserPoolClientSecret; Cognito chooses the value.</summary>
/// <param name="UserPoolId">The pool.</param>
/// <param name="ClientId">The app client.</param>
public sealed record AddUserPoolClientSecretRequest(string UserPoolId, string ClientId);

/// <summary>Output of AddUserPoolClientSecret.</summary>
/// <param name="ClientSecretDescriptor">The new secret, with its value.</param>
public sealed record AddUserPoolClientSecretResponse(ClientSecretDescriptor? ClientSecretDescriptor);

/// <summary>Input of ListUserPoolClientSecrets.</summary>
/// <param name="UserPoolId">The pool.</param>
/// <param name="ClientId">The app client.</param>
/// <param name="NextToken">From the page before; absent for the first page.</param>
public sealed record ListUserPoolClientSecretsRequest(string UserPoolId, string ClientId, string? NextToken);

/// <summary>Output of ListUserPoolClientSecrets.</summary>
/// <param name="ClientSecrets">At most two, without values.</param>
/// <param name="NextToken">Absent on the last page.</param>
public sealed record ListUserPoolClientSecretsResponse(IReadOnlyList<ClientSecretDescriptor>? ClientSecrets, string? NextToken);

/// <summary>Input of DeleteUserPoolClientSecret.</summary>
/// <param name="UserPoolId">The pool.</param>
/// <param name="ClientId">The app client.</param>
/// <param name="ClientSecretId">The secret to remove.</param>
public sealed record DeleteUserPoolClientSecretRequest(string UserPoolId, string ClientId, string ClientSecretId);

/// <summary>Input of GetClientToken. <see cref="ToString"/> leaves the secret out.</summary>
public sealed record GetClientTokenRequest
{
    /// <summary>The app client.</summary>
    public required string ClientId { get; init; }

    /// <summary>One of its secrets.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public required string Secret { get; init; }

    /// <summary>At most 50; absent for every scope the client is allowed.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"GetClientTokenRequest {ClientId}";
}

/// <summary>Output of GetClientToken.</summary>
/// <param name="ClientAuthenticationResult">The token.</param>
public sealed record GetClientTokenResponse(ClientAuthenticationResult? ClientAuthenticationResult);

/// <summary>An access token. <see cref="ToString"/> leaves it out.</summary>
public sealed record ClientAuthenticationResult
{
    /// <summary>The token.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? AccessToken { get; init; }

    /// <summary>Seconds.</summary>
    public int? ExpiresIn { get; init; }

    /// <summary><c>Bearer</c>.</summary>
    public string? TokenType { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{TokenType} token for {ExpiresIn} s";
}
