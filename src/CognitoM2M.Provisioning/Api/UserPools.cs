using System.Text.Json;
using System.Text.Json.Serialization;

namespace CognitoM2M.Provisioning.Api;

/// <summary>A user pool as DescribeUserPool shows it.</summary>
public sealed record UserPool
{
    /// <summary>The region, an underscore, and letters and digits: <c>eu-west-1_AbCdEfGhI</c>.</summary>
    public string? Id { get; init; }

    /// <summary>Not unique.</summary>
    public string? Name { get; init; }

    /// <summary><c>arn:{partition}:cognito-idp:{region}:{account}:userpool/{id}</c>.</summary>
    public string? Arn { get; init; }

    /// <summary>Seconds since 1970, with a fraction.</summary>
    public double? CreationDate { get; init; }

    /// <summary><c>ACTIVE</c> or <c>INACTIVE</c>.</summary>
    public string? DeletionProtection { get; init; }

    /// <summary><c>LITE</c>, <c>ESSENTIALS</c> or <c>PLUS</c>.</summary>
    public string? UserPoolTier { get; init; }

    /// <summary>Absent if there are none.</summary>
    public IReadOnlyDictionary<string, string>? UserPoolTags { get; init; }

    /// <summary>The prefix domain; absent if there is none.</summary>
    public string? Domain { get; init; }

    /// <summary>The custom domain; absent if there is none.</summary>
    public string? CustomDomain { get; init; }

    /// <summary>Which of its two issuer forms the pool uses.</summary>
    public IssuerConfiguration? IssuerConfiguration { get; init; }

    /// <summary>Everything else the service sent.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }
}

/// <summary>The form of a pool's issuer.</summary>
public sealed record IssuerConfiguration
{
    /// <summary><c>ORIGINAL</c> or <c>UPDATED</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Everything else the service sent.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }
}

/// <summary>An item of ListUserPools.</summary>
public sealed record UserPoolDescription
{
    /// <inheritdoc cref="UserPool.Id"/>
    public string? Id { get; init; }

    /// <inheritdoc cref="UserPool.Name"/>
    public string? Name { get; init; }
}

/// <summary>Input of CreateUserPool.</summary>
public sealed record CreateUserPoolRequest
{
    /// <summary>1 to 128 characters. Not unique.</summary>
    public required string PoolName { get; init; }

    /// <inheritdoc cref="UserPool.DeletionProtection"/>
    public string? DeletionProtection { get; init; }

    /// <inheritdoc cref="UserPool.UserPoolTier"/>
    public string? UserPoolTier { get; init; }

    /// <summary>At most 50.</summary>
    public IReadOnlyDictionary<string, string>? UserPoolTags { get; init; }

    /// <summary>Who may create users.</summary>
    public AdminCreateUserConfig? AdminCreateUserConfig { get; init; }

    /// <summary>Any other member of the request.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }
}

/// <summary>Who may create users.</summary>
public sealed record AdminCreateUserConfig
{
    /// <summary>Whether self-registration is off.</summary>
    public bool? AllowAdminCreateUserOnly { get; init; }
}

/// <summary>Output of CreateUserPool.</summary>
/// <param name="UserPool">The new pool.</param>
public sealed record CreateUserPoolResponse(UserPool? UserPool);

/// <summary>Input of DescribeUserPool.</summary>
/// <param name="UserPoolId">The pool.</param>
public sealed record DescribeUserPoolRequest(string UserPoolId);

/// <summary>Output of DescribeUserPool.</summary>
/// <param name="UserPool">The pool.</param>
public sealed record DescribeUserPoolResponse(UserPool? UserPool);

/// <summary>Input of UpdateUserPool: the whole of what the pool shall be.</summary>
public sealed record UpdateUserPoolRequest
{
    /// <summary>The pool.</summary>
    public required string UserPoolId { get; init; }

    /// <summary>The name; absent to keep it.</summary>
    public string? PoolName { get; init; }

    /// <inheritdoc cref="UserPool.DeletionProtection"/>
    public string? DeletionProtection { get; init; }

    /// <inheritdoc cref="UserPool.UserPoolTier"/>
    public string? UserPoolTier { get; init; }

    /// <summary>All tags of the pool.</summary>
    public IReadOnlyDictionary<string, string>? UserPoolTags { get; init; }

    /// <inheritdoc cref="UserPool.IssuerConfiguration"/>
    public IssuerConfiguration? IssuerConfiguration { get; init; }

    /// <summary>Any other member of the request.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }
}

/// <summary>Input of ListUserPools.</summary>
/// <param name="MaxResults">1 to 60.</param>
/// <param name="NextToken">From the page before; absent for the first page.</param>
public sealed record ListUserPoolsRequest(int MaxResults, string? NextToken);

/// <summary>Output of ListUserPools.</summary>
/// <param name="UserPools">One page.</param>
/// <param name="NextToken">Absent on the last page.</param>
public sealed record ListUserPoolsResponse(IReadOnlyList<UserPoolDescription>? UserPools, string? NextToken);

/// <summary>Input of DeleteUserPool.</summary>
/// <param name="UserPoolId">The pool.</param>
public sealed record DeleteUserPoolRequest(string UserPoolId);

/// <summary>Input of TagResource.</summary>
/// <param name="ResourceArn">The pool's ARN.</param>
/// <param name="Tags">Tags to add or change.</param>
public sealed record TagResourceRequest(string ResourceArn, IReadOnlyDictionary<string, string> Tags);

/// <summary>Input of UntagResource.</summary>
/// <param name="ResourceArn">The pool's ARN.</param>
/// <param name="TagKeys">Tags to remove.</param>
public sealed record UntagResourceRequest(string ResourceArn, IReadOnlyList<string> TagKeys);

/// <summary>Input of ListTagsForResource.</summary>
/// <param name="ResourceArn">The pool's ARN.</param>
public sealed record ListTagsForResourceRequest(string ResourceArn);

/// <summary>Output of ListTagsForResource.</summary>
/// <param name="Tags">All tags.</param>
public sealed record ListTagsForResourceResponse(IReadOnlyDictionary<string, string>? Tags);
