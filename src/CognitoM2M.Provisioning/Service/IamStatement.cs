using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Service;

/// <summary>Text of IAM policies.</summary>
internal static class IamStatement
{
    /// <summary>The statement that allows one operation, as JSON text.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="userPoolId">The user pool; null for all user pools.</param>
    public static string Create(Operation operation, string? userPoolId)
    {
        var resource = operation.IamResource == IamResource.UserPool ? FormatUserPoolArn(region: null, accountId: null, userPoolId) : "*";
        var condition = operation.IamCondition is { } text ? $", \"Condition\": {text}" : "";
        return $$"""{ "Effect": "Allow", "Action": "{{operation.IamAction}}", "Resource": "{{resource}}"{{condition}} }""";
    }

    /// <summary>The ARN of a user pool. Each part that is null becomes <c>*</c>. The region that the id names comes first, because another region cannot have this user pool.</summary>
    public static string FormatUserPoolArn(string? region, string? accountId, string? userPoolId)
    {
        region = userPoolId is null ? region : CognitoNames.RegionOfUserPool(userPoolId);
        var partition = region is null ? "aws" : AwsPartition.Name(region);
        return $"arn:{partition}:cognito-idp:{region ?? "*"}:{accountId ?? "*"}:userpool/{userPoolId ?? "*"}";
    }
}
