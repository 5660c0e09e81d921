using System.Text.Json;
using System.Text.Json.Serialization;
using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Resources.Domains;

/// <summary>A domain, as DescribeUserPoolDomain shows it. An empty description means that there is no such domain.</summary>
internal sealed record DomainDescription
{
    /// <summary>The user pool of the domain.</summary>
    public string? UserPoolId { get; init; }

    /// <summary>The account of the user pool.</summary>
    public string? AWSAccountId { get; init; }

    /// <summary>The prefix, or the host name of a custom domain.</summary>
    public string? Domain { get; init; }

    /// <summary><c>CREATING</c>, <c>DELETING</c>, <c>UPDATING</c>, <c>ACTIVE</c> or <c>FAILED</c>.</summary>
    public string? Status { get; init; }

    /// <summary>The host name that the DNS record of a custom domain must point to.</summary>
    public string? CloudFrontDistribution { get; init; }

    /// <summary>Certificate and TLS policy of a custom domain; absent for a prefix domain.</summary>
    public CustomDomainConfig? CustomDomainConfig { get; init; }

    /// <summary>1 for the classic hosted pages, 2 for managed login.</summary>
    public int? ManagedLoginVersion { get; init; }

    /// <summary>Every other member that Cognito sent. An update sends them back, because it resets members that it lacks.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }
}

/// <summary>Certificate and TLS policy of a custom domain.</summary>
internal sealed record CustomDomainConfig
{
    /// <summary>A certificate of AWS Certificate Manager in us-east-1.</summary>
    public string? CertificateArn { get; init; }

    /// <summary><c>TLS_V1</c>, <c>TLS_V1_2_2021</c> or <c>TLS_V1_3_2025</c>.</summary>
    public string? SecurityPolicy { get; init; }

    /// <inheritdoc cref="DomainDescription.OtherMembers"/>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }
}

/// <summary>Input of CreateUserPoolDomain.</summary>
/// <param name="Domain">The prefix, or the host name of a custom domain.</param>
/// <param name="UserPoolId">The user pool.</param>
/// <param name="CustomDomainConfig">For custom domains only.</param>
/// <param name="ManagedLoginVersion">1 or 2; absent for Cognito's default.</param>
internal sealed record CreateUserPoolDomainRequest(
    string Domain, string UserPoolId, CustomDomainConfig? CustomDomainConfig, int? ManagedLoginVersion) : IUserPoolRequest;

/// <summary>Output of CreateUserPoolDomain.</summary>
/// <param name="CloudFrontDomain">The host name that the DNS record of a custom domain must point to.</param>
internal sealed record CreateUserPoolDomainResponse(string? CloudFrontDomain);

/// <summary>Input of DescribeUserPoolDomain.</summary>
/// <param name="Domain">The prefix, or the host name of a custom domain.</param>
internal sealed record DescribeUserPoolDomainRequest(string Domain);

/// <summary>Output of DescribeUserPoolDomain.</summary>
/// <param name="DomainDescription">Empty if there is no such domain.</param>
internal sealed record DescribeUserPoolDomainResponse(DomainDescription? DomainDescription);

/// <summary>Input of UpdateUserPoolDomain: all settings of the domain.</summary>
internal sealed record UpdateUserPoolDomainRequest : IUserPoolRequest
{
    /// <inheritdoc cref="DomainDescription.Domain"/>
    public required string Domain { get; init; }

    /// <inheritdoc cref="DomainDescription.UserPoolId"/>
    public required string UserPoolId { get; init; }

    /// <inheritdoc cref="DomainDescription.CustomDomainConfig"/>
    public CustomDomainConfig? CustomDomainConfig { get; init; }

    /// <inheritdoc cref="DomainDescription.ManagedLoginVersion"/>
    public int? ManagedLoginVersion { get; init; }

    /// <summary>Every other setting.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }
}

/// <summary>Output of UpdateUserPoolDomain.</summary>
/// <param name="CloudFrontDomain">The host name that the DNS record of a custom domain must point to.</param>
internal sealed record UpdateUserPoolDomainResponse(string? CloudFrontDomain);

/// <summary>Input of DeleteUserPoolDomain.</summary>
/// <param name="Domain">The prefix, or the host name of a custom domain.</param>
/// <param name="UserPoolId">The user pool.</param>
internal sealed record DeleteUserPoolDomainRequest(string Domain, string UserPoolId) : IUserPoolRequest;

/// <summary>Writes and reads the requests above. A member that is null is not sent.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CreateUserPoolDomainRequest))]
[JsonSerializable(typeof(CreateUserPoolDomainResponse))]
[JsonSerializable(typeof(DescribeUserPoolDomainRequest))]
[JsonSerializable(typeof(DescribeUserPoolDomainResponse))]
[JsonSerializable(typeof(UpdateUserPoolDomainRequest))]
[JsonSerializable(typeof(UpdateUserPoolDomainResponse))]
[JsonSerializable(typeof(DeleteUserPoolDomainRequest))]
internal sealed partial class DomainJson : JsonSerializerContext;
