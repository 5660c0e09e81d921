using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.Operations.UserPools;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.ResourceServers;

/// <summary>Finds the resource server that an input names, or refuses as Cognito does.</summary>
internal static class ResourceServerLookup
{
    public static ResourceServer RequireResourceServer(this UserPoolDirectory userPools, JsonApiInput input)
    {
        var identifier = input.RequiredText("Identifier");
        return userPools.RequireUserPool(input).FindResourceServer(identifier)
            ?? throw RefusedException.NotFound($"Resource server {identifier} does not exist.");
    }
}
