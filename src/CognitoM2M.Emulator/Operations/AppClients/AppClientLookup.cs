using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.Operations.UserPools;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.AppClients;

/// <summary>Finds the app client that an input names.</summary>
internal static class AppClientLookup
{
    /// <exception cref="RefusedException">The user pool does not exist, or has no such app client.</exception>
    public static EmulatedAppClient RequireAppClient(this UserPoolDirectory userPools, JsonApiInput input)
    {
        var pool = userPools.RequireUserPool(input);
        var id = input.GetRequiredText("ClientId");
        return userPools.FindClient(id) is { } client && client.UserPool == pool
            ? client
            : throw RefusedException.NotFound($"User pool client {id} does not exist.");
    }
}
