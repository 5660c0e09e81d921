using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Shared;

namespace CognitoM2M.Emulator.Operations.UserPools;

/// <summary>Finds the user pool that an input names.</summary>
internal static class UserPoolLookup
{
    /// <summary>Whether the caller's request reaches this user pool: a signed request reaches the user pools of one region.</summary>
    public static bool IsInRegion(this JsonApiInput input, EmulatedUserPool pool) =>
        input.Region is null || input.Region == CognitoNames.RegionOfUserPool(pool.Id);

    /// <exception cref="RefusedException">The user pool does not exist in the region of the request.</exception>
    public static EmulatedUserPool RequireUserPool(this UserPoolDirectory userPools, JsonApiInput input)
    {
        var id = input.GetRequiredText("UserPoolId");
        return userPools.Find(id) is { } pool && input.IsInRegion(pool) ? pool : throw RefusedException.NotFound($"User pool {id} does not exist.");
    }
}
