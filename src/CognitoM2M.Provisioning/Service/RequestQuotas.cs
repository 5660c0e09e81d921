namespace CognitoM2M.Provisioning.Service;

/// <summary>How many requests a second Cognito allows, per account and region; none of it can be raised.</summary>
internal static class RequestQuotas
{
    /// <summary>The quota that an operation shares with others, and the one it has for itself within a pool.</summary>
    public static (string Category, int PerSecond, int PerSecondAndPool) Of(string operation) => operation switch
    {
        "DescribeUserPool" or "ListUserPools" => ("UserPoolRead", 15, 15),
        "CreateUserPool" or "UpdateUserPool" or "DeleteUserPool" => ("UserPoolUpdate", 15, 15),
        "DescribeResourceServer" or "ListResourceServers" or "DescribeUserPoolDomain" or "ListTagsForResource" => ("UserPoolResourceRead", 20, 5),
        "CreateResourceServer" or "UpdateResourceServer" or "DeleteResourceServer" or "CreateUserPoolDomain" or "UpdateUserPoolDomain"
            or "DeleteUserPoolDomain" or "TagResource" or "UntagResource" => ("UserPoolResourceUpdate", 15, 5),
        "DescribeUserPoolClient" or "ListUserPoolClients" => ("UserPoolClientRead", 15, 5),
        "CreateUserPoolClient" or "UpdateUserPoolClient" or "DeleteUserPoolClient" => ("UserPoolClientUpdate", 15, 5),
        "GetClientToken" => ("ClientAuthentication", 150, 150),
        // The secret operations are in none of the published categories; the strictest rate is safe.
        _ => (operation, 5, 5),
    };
}
