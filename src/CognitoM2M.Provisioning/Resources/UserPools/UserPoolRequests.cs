using System.Text.Json;
using System.Text.Json.Serialization;
using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Resources.UserPools;

/// <summary>Input of CreateUserPool.</summary>
internal sealed record CreateUserPoolRequest
{
    /// <summary>1 to 128 characters. Need not be unique.</summary>
    public required string PoolName { get; init; }

    /// <summary>The id. Only for an emulator: Cognito does not have this member.</summary>
    public string? ChosenUserPoolId { get; init; }

    /// <inheritdoc cref="UserPool.DeletionProtection"/>
    public string? DeletionProtection { get; init; }

    /// <inheritdoc cref="UserPool.UserPoolTier"/>
    public string? UserPoolTier { get; init; }

    /// <summary>At most 50.</summary>
    public IReadOnlyDictionary<string, string>? UserPoolTags { get; init; }

    /// <inheritdoc cref="UserPool.UsernameAttributes"/>
    public IReadOnlyList<string>? UsernameAttributes { get; init; }

    /// <inheritdoc cref="UserPool.AdminCreateUserConfig"/>
    public AdminCreateUserConfig? AdminCreateUserConfig { get; init; }

    /// <inheritdoc cref="UserPool.Policies"/>
    public UserPoolPolicies? Policies { get; init; }

    /// <inheritdoc cref="UserPool.IssuerConfiguration"/>
    public IssuerConfiguration? IssuerConfiguration { get; init; }

    /// <inheritdoc cref="UserPool.KeyConfiguration"/>
    public KeyConfiguration? KeyConfiguration { get; init; }

    /// <inheritdoc cref="UserPool.LambdaConfig"/>
    public LambdaConfig? LambdaConfig { get; init; }
}

/// <summary>Output of CreateUserPool.</summary>
internal sealed record CreateUserPoolResponse(UserPool? UserPool);

/// <summary>Input of DescribeUserPool.</summary>
internal sealed record DescribeUserPoolRequest(string UserPoolId) : IUserPoolRequest;

/// <summary>Output of DescribeUserPool.</summary>
internal sealed record DescribeUserPoolResponse(UserPool? UserPool);

/// <summary>Input of UpdateUserPool: all settings of the user pool. Cognito resets every setting that is left out.</summary>
internal sealed record UpdateUserPoolRequest : IUserPoolRequest
{
    /// <summary>Selects the user pool.</summary>
    public required string UserPoolId { get; init; }

    /// <summary>The new name; absent to keep the name.</summary>
    public string? PoolName { get; init; }

    /// <inheritdoc cref="UserPool.DeletionProtection"/>
    public string? DeletionProtection { get; init; }

    /// <inheritdoc cref="UserPool.UserPoolTier"/>
    public string? UserPoolTier { get; init; }

    /// <summary>All tags of the user pool.</summary>
    public IReadOnlyDictionary<string, string>? UserPoolTags { get; init; }

    /// <inheritdoc cref="UserPool.AdminCreateUserConfig"/>
    public AdminCreateUserConfig? AdminCreateUserConfig { get; init; }

    /// <inheritdoc cref="UserPool.Policies"/>
    public UserPoolPolicies? Policies { get; init; }

    /// <inheritdoc cref="UserPool.IssuerConfiguration"/>
    public IssuerConfiguration? IssuerConfiguration { get; init; }

    /// <inheritdoc cref="UserPool.KeyConfiguration"/>
    public KeyConfiguration? KeyConfiguration { get; init; }

    /// <inheritdoc cref="UserPool.LambdaConfig"/>
    public LambdaConfig? LambdaConfig { get; init; }

    /// <summary>Every other setting.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherMembers { get; set; }
}

/// <summary>Input of ListUserPools.</summary>
/// <param name="MaxResults">1 to 60.</param>
/// <param name="NextToken">The token that the previous page ended with; absent for the first page.</param>
internal sealed record ListUserPoolsRequest(int MaxResults, string? NextToken);

/// <summary>Output of ListUserPools.</summary>
/// <param name="UserPools">One page.</param>
/// <param name="NextToken">Absent on the last page.</param>
internal sealed record ListUserPoolsResponse(IReadOnlyList<UserPoolDescription>? UserPools, string? NextToken);

/// <summary>Input of DeleteUserPool.</summary>
internal sealed record DeleteUserPoolRequest(string UserPoolId) : IUserPoolRequest;

/// <summary>Input of TagResource.</summary>
/// <param name="ResourceArn">The ARN of the user pool.</param>
/// <param name="Tags">Tags to add or to change.</param>
internal sealed record TagResourceRequest(string ResourceArn, IReadOnlyDictionary<string, string> Tags);

/// <summary>Input of UntagResource.</summary>
/// <param name="ResourceArn">The ARN of the user pool.</param>
/// <param name="TagKeys">The tags to remove.</param>
internal sealed record UntagResourceRequest(string ResourceArn, IReadOnlyList<string> TagKeys);

/// <summary>Input of ListUsers.</summary>
/// <param name="UserPoolId">The user pool.</param>
/// <param name="AttributesToGet">The attributes to show of each user; absent for all. Cognito refuses the request if a user does not have one of them.</param>
/// <param name="Limit">1 to 60.</param>
/// <param name="PaginationToken">The token that the previous page ended with; absent for the first page.</param>
/// <param name="Filter">One attribute and the beginning of its value, such as <c>username ^= "a"</c>; absent for all users.</param>
internal sealed record ListUsersRequest(
    string UserPoolId, IReadOnlyList<string>? AttributesToGet, int Limit, string? PaginationToken, string? Filter = null) : IUserPoolRequest;

/// <summary>Output of ListUsers.</summary>
/// <param name="Users">One page. A page can be empty without being the last.</param>
/// <param name="PaginationToken">Absent on the last page.</param>
internal sealed record ListUsersResponse(IReadOnlyList<UserDescription>? Users, string? PaginationToken);

/// <summary>A user, as ListUsers and AdminCreateUser show one.</summary>
/// <param name="Username">The user name. If an attribute takes its place, the <c>sub</c>.</param>
/// <param name="Attributes">The attributes.</param>
/// <param name="UserCreateDate">Seconds since 1970, with a fraction.</param>
internal sealed record UserDescription(string? Username = null, IReadOnlyList<UserAttribute>? Attributes = null, double? UserCreateDate = null);

/// <summary>An attribute of a user.</summary>
internal sealed record UserAttribute(string Name, string? Value);

/// <summary>Input of ListGroups.</summary>
/// <param name="UserPoolId">The user pool.</param>
/// <param name="Limit">1 to 60.</param>
/// <param name="NextToken">The token that the previous page ended with; absent for the first page.</param>
internal sealed record ListGroupsRequest(string UserPoolId, int Limit, string? NextToken) : IUserPoolRequest;

/// <summary>Output of ListGroups.</summary>
/// <param name="Groups">One page.</param>
/// <param name="NextToken">Absent on the last page.</param>
internal sealed record ListGroupsResponse(IReadOnlyList<GroupDescription>? Groups, string? NextToken);

/// <summary>An item of ListGroups.</summary>
internal sealed record GroupDescription(string? GroupName);

/// <summary>Input of ListIdentityProviders.</summary>
/// <param name="UserPoolId">The user pool.</param>
/// <param name="MaxResults">1 to 60.</param>
/// <param name="NextToken">The token that the previous page ended with; absent for the first page.</param>
internal sealed record ListIdentityProvidersRequest(string UserPoolId, int MaxResults, string? NextToken) : IUserPoolRequest;

/// <summary>Output of ListIdentityProviders.</summary>
/// <param name="Providers">One page.</param>
/// <param name="NextToken">Absent on the last page.</param>
internal sealed record ListIdentityProvidersResponse(IReadOnlyList<IdentityProviderDescription>? Providers, string? NextToken);

/// <summary>An item of ListIdentityProviders.</summary>
internal sealed record IdentityProviderDescription(string? ProviderName);

/// <summary>Writes and reads the requests above. A member that is null is not sent.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CreateUserPoolRequest))]
[JsonSerializable(typeof(CreateUserPoolResponse))]
[JsonSerializable(typeof(DescribeUserPoolRequest))]
[JsonSerializable(typeof(DescribeUserPoolResponse))]
[JsonSerializable(typeof(UpdateUserPoolRequest))]
[JsonSerializable(typeof(ListUserPoolsRequest))]
[JsonSerializable(typeof(ListUserPoolsResponse))]
[JsonSerializable(typeof(DeleteUserPoolRequest))]
[JsonSerializable(typeof(TagResourceRequest))]
[JsonSerializable(typeof(UntagResourceRequest))]
[JsonSerializable(typeof(ListUsersRequest))]
[JsonSerializable(typeof(ListUsersResponse))]
[JsonSerializable(typeof(ListGroupsRequest))]
[JsonSerializable(typeof(ListGroupsResponse))]
[JsonSerializable(typeof(ListIdentityProvidersRequest))]
[JsonSerializable(typeof(ListIdentityProvidersResponse))]
internal sealed partial class UserPoolJson : JsonSerializerContext;
