using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.UserPools;

/// <summary>Finds the user pool that an input names.</summary>
internal static class UserPoolLookup
{
    /// <exception cref="RefusedException">The user pool does not exist.</exception>
    public static EmulatedUserPool RequireUserPool(this UserPoolDirectory userPools, JsonApiInput input)
    {
        var id = input.GetRequiredText("UserPoolId");
        return userPools.Find(id) ?? throw RefusedException.NotFound($"User pool {id} does not exist.");
    }
}
