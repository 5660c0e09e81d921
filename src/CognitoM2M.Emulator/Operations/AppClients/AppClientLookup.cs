using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.Operations.UserPools;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.AppClients;

/// <summary>Finds the app client that an input names, or refuses as Cognito does.</summary>
internal static class AppClientLookup
{
    public static EmulatedAppClient RequireAppClient(this UserPoolDirectory userPools, JsonApiInput input)
    {
        var pool = userPools.RequireUserPool(input);
        var id = input.RequiredText("ClientId");
        return userPools.FindClient(id) is { } client && client.UserPool == pool
            ? client
            : throw RefusedException.NotFound($"User pool client {id} does not exist.");
    }
}
