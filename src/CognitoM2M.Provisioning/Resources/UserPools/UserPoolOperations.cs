using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Resources.UserPools;

/// <summary>The operations on user pools.</summary>
internal static class UserPoolOperations
{
    public static Operation<CreateUserPoolRequest, CreateUserPoolResponse> Create { get; } =
        new("CreateUserPool", UserPoolJson.Default.CreateUserPoolRequest, UserPoolJson.Default.CreateUserPoolResponse)
        {
            IsChange = true,
            RepeatMakesDuplicate = true,
            IamResource = IamResource.Account,
            Result = answer => answer.UserPool,
            LimitReached = "The account has as many user pools in this region as its quota allows (1,000 by default).",
        };

    public static Operation<DescribeUserPoolRequest, DescribeUserPoolResponse> Describe { get; } =
        new("DescribeUserPool", UserPoolJson.Default.DescribeUserPoolRequest, UserPoolJson.Default.DescribeUserPoolResponse)
        {
            Result = answer => answer.UserPool,
        };

    /// <summary>Replaces the settings of a user pool. Settings that are left out return to their defaults.</summary>
    public static Operation<UpdateUserPoolRequest, NoOutput> Update { get; } =
        new("UpdateUserPool", UserPoolJson.Default.UpdateUserPoolRequest, output: null) { IsChange = true };

    /// <summary>Lists the user pools of the account and region, at most 60 a page.</summary>
    public static Operation<ListUserPoolsRequest, ListUserPoolsResponse> List { get; } =
        new("ListUserPools", UserPoolJson.Default.ListUserPoolsRequest, UserPoolJson.Default.ListUserPoolsResponse)
        {
            IamResource = IamResource.Account,
        };

    /// <summary>Deletes a user pool. Cognito refuses while the user pool has a domain or deletion protection.</summary>
    public static Operation<DeleteUserPoolRequest, NoOutput> Delete { get; } =
        new("DeleteUserPool", UserPoolJson.Default.DeleteUserPoolRequest, output: null) { IsChange = true };

    /// <summary>Lists the users, at most 60 a page.</summary>
    public static Operation<ListUsersRequest, ListUsersResponse> ListUsers { get; } =
        new("ListUsers", UserPoolJson.Default.ListUsersRequest, UserPoolJson.Default.ListUsersResponse);

    /// <summary>Lists the groups of users, at most 60 a page.</summary>
    public static Operation<ListGroupsRequest, ListGroupsResponse> ListGroups { get; } =
        new("ListGroups", UserPoolJson.Default.ListGroupsRequest, UserPoolJson.Default.ListGroupsResponse);

    /// <summary>Lists the providers that users sign in with, at most 60 a page.</summary>
    public static Operation<ListIdentityProvidersRequest, ListIdentityProvidersResponse> ListIdentityProviders { get; } =
        new("ListIdentityProviders", UserPoolJson.Default.ListIdentityProvidersRequest, UserPoolJson.Default.ListIdentityProvidersResponse);

    /// <summary>Adds tags to a user pool, or changes their values.</summary>
    public static Operation<TagResourceRequest, NoOutput> Tag { get; } =
        new("TagResource", UserPoolJson.Default.TagResourceRequest, output: null)
        {
            IsChange = true,
            // A caller who may set the tag to "created" on any user pool could delete any user pool.
            IamCondition = $$"""{ "StringEqualsIfExists": { "aws:RequestTag/{{OwnershipTag.Key}}": "{{OwnershipTag.Adopted}}" } }""",
        };

    /// <summary>Removes tags from a user pool. A tag that the user pool does not have is no error.</summary>
    public static Operation<UntagResourceRequest, NoOutput> Untag { get; } =
        new("UntagResource", UserPoolJson.Default.UntagResourceRequest, output: null) { IsChange = true };
}
