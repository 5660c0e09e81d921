using System.Text.Json;
using System.Text.Json.Serialization;

namespace CognitoM2M.Provisioning.Api;

/// <summary>A domain as DescribeUserPoolDomain shows it; without a <see cref="Status"/> there is none.</summary>
public sealed record DomainDescription
{
    /// <summary>The pool it belongs to.</summary>
    public string? UserPoolId { get; init; }

    /// <summary>The prefix, or the host name of a custom domain.</summary>
    public string? Domain { get; init; }

    /// <summary><c>CREATING</c>, <c>DELETING</c>, <c>UPDATING</c>, <c>ACTIVE</c> or <c>FAILED</c>.</summary>
    public string? Status { get; init; }

    /// <summary>The host name that a custom domain's DNS record must point to.</summary>
    public string? CloudFrontDistribution { get; init; }

    /// <summary>Certificate and TLS policy; only custom domains have one.</summary>
    public CustomDomainConfig? CustomDomainConfig { get; init; }

    /// <summary>1 for the classic hosted pages, 2 for managed login.</summary>
    public int? ManagedLoginVersion { get; init; }

    /// <summary>Everything else the service sent.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }
}

/// <summary>Certificate and TLS policy of a custom domain.</summary>
public sealed record CustomDomainConfig
{
    /// <summary>A certificate of AWS Certificate Manager, in us-east-1.</summary>
    public string? CertificateArn { get; init; }

    /// <summary>Everything else the service sent.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }
}

/// <summary>Input of CreateUserPoolDomain.</summary>
/// <param name="Domain">The prefix, or the host name of a custom domain.</param>
/// <param name="UserPoolId">The pool.</param>
/// <param name="CustomDomainConfig">For custom domains only.</param>
public sealed record CreateUserPoolDomainRequest(string Domain, string UserPoolId, CustomDomainConfig? CustomDomainConfig);

/// <summary>Output of CreateUserPoolDomain.</summary>
/// <param name="CloudFrontDomain">The host name that a custom domain's DNS record must point to.</param>
public sealed record CreateUserPoolDomainResponse(string? CloudFrontDomain);

/// <summary>Input of DescribeUserPoolDomain.</summary>
/// <param name="Domain">The prefix, or the host name of a custom domain.</param>
public sealed record DescribeUserPoolDomainRequest(string Domain);

/// <summary>Output of DescribeUserPoolDomain.</summary>
/// <param name="DomainDescription">Empty if there is no such domain.</param>
public sealed record DescribeUserPoolDomainResponse(DomainDescription? DomainDescription);

/// <summary>Input of UpdateUserPoolDomain.</summary>
public sealed record UpdateUserPoolDomainRequest
{
    /// <summary>The prefix, or the host name of a custom domain.</summary>
    public required string Domain { get; init; }

    /// <summary>The pool.</summary>
    public required string UserPoolId { get; init; }

    /// <inheritdoc cref="DomainDescription.CustomDomainConfig"/>
    public CustomDomainConfig? CustomDomainConfig { get; init; }

    /// <inheritdoc cref="DomainDescription.ManagedLoginVersion"/>
    public int? ManagedLoginVersion { get; init; }

    /// <summary>Any other member of the request.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }
}

/// <summary>Output of UpdateUserPoolDomain.</summary>
/// <param name="CloudFrontDomain">The host name that a custom domain's DNS record must point to.</param>
public sealed record UpdateUserPoolDomainResponse(string? CloudFrontDomain);

/// <summary>Input of DeleteUserPoolDomain.</summary>
/// <param name="Domain">The prefix, or the host name of a custom domain.</param>
/// <param name="UserPoolId">The pool.</param>
public sealed record DeleteUserPoolDomainRequest(string Domain, string UserPoolId);
