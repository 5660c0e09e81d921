namespace CognitoM2M.Shared;

/// <summary>How many requests a second Cognito allows for an operation, per AWS account and region ("Quotas in Amazon Cognito").</summary>
/// <param name="Category">The category, as AWS names it. The operations of a category share its rate.</param>
/// <param name="PerSecond">The rate of the category.</param>
/// <param name="PerOperationAndPool">What one operation may use of the rate in one user pool; null if there is no such limit.</param>
internal sealed record RequestQuota(string Category, int PerSecond, int? PerOperationAndPool = null)
{
    private const int InOnePool = 5;

    // Static members are set in the order of the text, so the categories stand above the table.
    private static readonly RequestQuota _poolRead = new("UserPoolRead", 15);
    private static readonly RequestQuota _poolUpdate = new("UserPoolUpdate", 15);
    private static readonly RequestQuota _resourceRead = new("UserPoolResourceRead", 20, InOnePool);
    private static readonly RequestQuota _resourceUpdate = new("UserPoolResourceUpdate", 15, InOnePool);
    private static readonly RequestQuota _clientRead = new("UserPoolClientRead", 15, InOnePool);
    private static readonly RequestQuota _clientUpdate = new("UserPoolClientUpdate", 15, InOnePool);
    private static readonly RequestQuota _userRead = new("UserRead", 120);
    private static readonly RequestQuota _userCreation = new("UserCreation", 50);
    private static readonly RequestQuota _userUpdate = new("UserUpdate", 25);
    private static readonly RequestQuota _userAccountRecovery = new("UserAccountRecovery", 30);
    private static readonly RequestQuota _userList = new("UserList", 30);
    private static readonly RequestQuota _userResourceUpdate = new("UserResourceUpdate", 25);

    /// <summary>Token requests over either route.</summary>
    public static RequestQuota ClientAuthentication { get; } = new("ClientAuthentication", 150);

    /// <summary>Sign-ins of users, and new tokens for their refresh tokens.</summary>
    public static RequestQuota UserAuthentication { get; } = new("UserAuthentication", 120);

    private static readonly Dictionary<string, RequestQuota> _byOperation = new(StringComparer.Ordinal)
    {
        ["DescribeUserPool"] = _poolRead,
        ["ListUserPools"] = _poolRead,
        ["CreateUserPool"] = _poolUpdate,
        ["UpdateUserPool"] = _poolUpdate,
        ["DeleteUserPool"] = _poolUpdate,
        ["DescribeResourceServer"] = _resourceRead,
        ["ListResourceServers"] = _resourceRead,
        ["DescribeUserPoolDomain"] = _resourceRead,
        ["DescribeIdentityProvider"] = _resourceRead,
        ["ListIdentityProviders"] = _resourceRead,
        ["GetGroup"] = _resourceRead,
        ["ListGroups"] = _resourceRead,
        ["ListTagsForResource"] = _resourceRead,
        ["GetUserPoolMfaConfig"] = _resourceRead,
        ["CreateResourceServer"] = _resourceUpdate,
        ["UpdateResourceServer"] = _resourceUpdate,
        ["DeleteResourceServer"] = _resourceUpdate,
        ["CreateUserPoolDomain"] = _resourceUpdate,
        ["UpdateUserPoolDomain"] = _resourceUpdate,
        ["CreateIdentityProvider"] = _resourceUpdate,
        ["DeleteIdentityProvider"] = _resourceUpdate,
        ["CreateGroup"] = _resourceUpdate,
        ["DeleteGroup"] = _resourceUpdate,
        ["DeleteUserPoolDomain"] = _resourceUpdate,
        ["TagResource"] = _resourceUpdate with { CountsAllPoolsTogether = true },
        ["UntagResource"] = _resourceUpdate,
        ["SetUserPoolMfaConfig"] = _resourceUpdate,
        ["AddCustomAttributes"] = _resourceUpdate,
        ["DescribeUserPoolClient"] = _clientRead,
        ["ListUserPoolClients"] = _clientRead,
        ["CreateUserPoolClient"] = _clientUpdate,
        ["UpdateUserPoolClient"] = _clientUpdate,
        ["DeleteUserPoolClient"] = _clientUpdate,
        // AWS lists these three in no category. The rates of the app client operations are the lowest, and so safe.
        ["ListUserPoolClientSecrets"] = _clientRead,
        ["AddUserPoolClientSecret"] = _clientUpdate,
        ["DeleteUserPoolClientSecret"] = _clientUpdate,
        ["GetClientToken"] = ClientAuthentication,
        ["InitiateAuth"] = UserAuthentication,
        ["RespondToAuthChallenge"] = UserAuthentication,
        ["AdminInitiateAuth"] = UserAuthentication,
        ["AdminRespondToAuthChallenge"] = UserAuthentication,
        ["GetTokensFromRefreshToken"] = UserAuthentication,
        ["RevokeToken"] = new("UserToken", 120),
        ["GlobalSignOut"] = _userUpdate,
        ["AdminUserGlobalSignOut"] = _userUpdate,
        ["AdminCreateUser"] = _userCreation,
        ["AdminConfirmSignUp"] = _userCreation,
        ["AdminSetUserPassword"] = _userAccountRecovery,
        ["AdminResetUserPassword"] = _userAccountRecovery,
        ["AdminEnableUser"] = _userUpdate,
        ["AdminDisableUser"] = _userUpdate,
        ["AdminDeleteUser"] = _userUpdate,
        ["AdminAddUserToGroup"] = _userResourceUpdate,
        ["AdminRemoveUserFromGroup"] = _userResourceUpdate,
        ["AdminListGroupsForUser"] = new("UserResourceRead", 50),
        ["ListUsers"] = _userList,
        ["ListUsersInGroup"] = _userList,
        ["AdminGetUser"] = _userRead,
        ["GetUser"] = _userRead,
    };

    /// <summary>Whether <see cref="PerOperationAndPool"/> counts the requests to all user pools of the account together.</summary>
    public bool CountsAllPoolsTogether { get; private init; }

    /// <summary>The quota of an operation; null if the table does not know the operation.</summary>
    public static RequestQuota? Find(string operation) => _byOperation.GetValueOrDefault(operation);
}
