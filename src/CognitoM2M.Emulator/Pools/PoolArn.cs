using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Shared;

namespace CognitoM2M.Emulator.Pools;

/// <summary>ARNs of user pools: <c>arn:{partition}:cognito-idp:{region}:{account}:userpool/{user pool id}</c>.</summary>
internal static class PoolArn
{
    public const string AccountId = "123456789012";

    public static string Create(string userPoolId)
    {
        var region = CognitoNames.RegionOfUserPool(userPoolId);
        return $"arn:{AwsPartition.Name(region)}:cognito-idp:{region}:{AccountId}:userpool/{userPoolId}";
    }

    /// <summary>Finds the user pool with this ARN.</summary>
    /// <param name="userPools">All user pools.</param>
    /// <param name="arn">The ARN.</param>
    /// <param name="canReach">Whether the caller's request reaches the user pool.</param>
    /// <exception cref="RefusedException">The text is not the ARN of a user pool, or the pool does not exist.</exception>
    public static EmulatedUserPool RequireUserPool(UserPoolDirectory userPools, string arn, Func<EmulatedUserPool, bool> canReach)
    {
        const string Kind = ":userpool/";
        var kind = arn.IndexOf(Kind, StringComparison.Ordinal);
        if (kind < 0)
            throw RefusedException.InvalidParameter($"{arn} is not the ARN of a user pool.");

        var id = arn[(kind + Kind.Length)..];
        return userPools.Find(id) is { } found && found.Arn == arn && canReach(found)
            ? found
            : throw RefusedException.NotFound($"User pool {id} does not exist.");
    }
}
