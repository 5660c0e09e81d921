namespace CognitoM2M.Emulator.Quotas;

/// <summary>A category of operations that share a number of requests a second.</summary>
/// <param name="Category">As AWS calls it.</param>
/// <param name="PerSecond">For the account.</param>
/// <param name="PerOperationAndPool">What one operation may have of it in one user pool; null for all.</param>
internal sealed record RequestQuota(string Category, int PerSecond, int? PerOperationAndPool = null)
{
    private const int InOnePool = 5;

    /// <summary>Whether <see cref="PerOperationAndPool"/> is for all user pools together.</summary>
    public bool CountsAllPoolsAsOne { get; private init; }

    /// <summary>Token requests by either route.</summary>
    // Above the table, which it is a part of: static members are set in the order of the text.
    public static RequestQuota ClientAuthentication { get; } = new("ClientAuthentication", 150);

    private static readonly RequestQuota _poolRead = new("UserPoolRead", 15);
    private static readonly RequestQuota _poolUpdate = new("UserPoolUpdate", 15);
    private static readonly RequestQuota _resourceRead = new("UserPoolResourceRead", 20, InOnePool);
    private static readonly RequestQuota _resourceUpdate = new("UserPoolResourceUpdate", 15, InOnePool);
    private static readonly RequestQuota _clientRead = new("UserPoolClientRead", 15, InOnePool);
    private static readonly RequestQuota _clientUpdate = new("UserPoolClientUpdate", 15, InOnePool);
    private static readonly RequestQuota _userAuthentication = new("UserAuthentication", 120);
    private static readonly RequestQuota _userRead = new("UserRead", 120);

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
        ["ListTagsForResource"] = _resourceRead,
        ["GetUserPoolMfaConfig"] = _resourceRead,
        ["CreateResourceServer"] = _resourceUpdate,
        ["UpdateResourceServer"] = _resourceUpdate,
        ["DeleteResourceServer"] = _resourceUpdate,
        ["CreateUserPoolDomain"] = _resourceUpdate,
        ["UpdateUserPoolDomain"] = _resourceUpdate,
        ["DeleteUserPoolDomain"] = _resourceUpdate,
        ["TagResource"] = _resourceUpdate with { CountsAllPoolsAsOne = true },
        ["UntagResource"] = _resourceUpdate,
        ["SetUserPoolMfaConfig"] = _resourceUpdate,
        ["DescribeUserPoolClient"] = _clientRead,
        ["ListUserPoolClients"] = _clientRead,
        ["CreateUserPoolClient"] = _clientUpdate,
        ["UpdateUserPoolClient"] = _clientUpdate,
        ["DeleteUserPoolClient"] = _clientUpdate,
        // AWS does not say where these three belong.
        ["ListUserPoolClientSecrets"] = _clientRead,
        ["AddUserPoolClientSecret"] = _clientUpdate,
        ["DeleteUserPoolClientSecret"] = _clientUpdate,
        ["GetClientToken"] = ClientAuthentication,
        ["InitiateAuth"] = _userAuthentication,
        ["RespondToAuthChallenge"] = _userAuthentication,
        ["AdminCreateUser"] = new("UserCreation", 50),
        ["AdminSetUserPassword"] = new("UserAccountRecovery", 30),
        ["AdminDeleteUser"] = new("UserUpdate", 25),
        ["AdminGetUser"] = _userRead,
        ["GetUser"] = _userRead,
    };

    public static RequestQuota? Of(string operation) => _byOperation.GetValueOrDefault(operation);
}
