using Amazon;

namespace CognitoM2M.Provisioning.Policies;

/// <summary>The IAM statement that allows one operation.</summary>
internal static class PolicyStatement
{
    // These have no resource of their own in IAM.
    private static readonly string[] _withoutResource = ["CreateUserPool", "ListUserPools", "DescribeUserPoolDomain"];

    public static bool HasNoResource(string operation) => _withoutResource.Contains(operation, StringComparer.Ordinal);

    public static string For(string operation, string? userPoolId)
    {
        var resource = HasNoResource(operation) ? "*" : PoolArn(region: null, accountId: null, userPoolId);
        return $$"""{ "Effect": "Allow", "Action": "cognito-idp:{{operation}}", "Resource": "{{resource}}" }""";
    }

    /// <summary>The ARN of a pool, or of all pools there; null stands for any.</summary>
    public static string PoolArn(string? region, string? accountId, string? userPoolId)
    {
        region ??= userPoolId?.Split('_')[0];
        var partition = region is null ? "aws" : RegionEndpoint.GetBySystemName(region).PartitionName;
        return $"arn:{partition}:cognito-idp:{region ?? "*"}:{accountId ?? "*"}:userpool/{userPoolId ?? "*"}";
    }
}
