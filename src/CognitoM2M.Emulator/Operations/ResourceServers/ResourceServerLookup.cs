using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.Operations.UserPools;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.ResourceServers;

/// <summary>Finds the resource server that an input names.</summary>
internal static class ResourceServerLookup
{
    /// <exception cref="RefusedException">The user pool does not exist, or has no such resource server.</exception>
    public static ResourceServer RequireResourceServer(this UserPoolDirectory userPools, JsonApiInput input)
    {
        var identifier = input.GetRequiredText("Identifier");
        return userPools.RequireUserPool(input).FindResourceServer(identifier)
            ?? throw RefusedException.NotFound($"Resource server {identifier} does not exist.");
    }
}
