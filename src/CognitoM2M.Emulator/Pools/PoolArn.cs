using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Shared;

namespace CognitoM2M.Emulator.Pools;

/// <summary><c>arn:{partition}:cognito-idp:{region}:{account}:userpool/{user pool id}</c></summary>
internal static class PoolArn
{
    public const string AccountId = "123456789012";

    public static string Of(string userPoolId)
    {
        var region = RegionOf(userPoolId);
        return $"arn:{AwsPartition.Name(region)}:cognito-idp:{region}:{AccountId}:userpool/{userPoolId}";
    }

    /// <summary>The user pool an ARN is of.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public static EmulatedUserPool Resolve(UserPoolDirectory userPools, string arn)
    {
        const string Kind = ":userpool/";
        var kind = arn.IndexOf(Kind, StringComparison.Ordinal);
        if (kind < 0)
            throw RefusedException.InvalidParameter($"{arn} is not the ARN of a user pool.");

        var id = arn[(kind + Kind.Length)..];
        return userPools.Find(id) is { } found && found.Arn == arn
            ? found
            : throw RefusedException.NotFound($"User pool {id} does not exist.");
    }

    public static string RegionOf(string userPoolId) => userPoolId[..userPoolId.LastIndexOf('_')];
}
