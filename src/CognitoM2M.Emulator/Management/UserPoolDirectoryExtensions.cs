using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.UserPools;

namespace CognitoM2M.Emulator.Management;

/// <summary>Finds what an input names, or refuses as Cognito does.</summary>
internal static class UserPoolDirectoryExtensions
{
    public static EmulatedUserPool Require(this UserPoolDirectory userPools, JsonApiInput input)
    {
        var id = input.RequiredText("UserPoolId");
        return userPools.Find(id) ?? throw RefusedException.NotFound($"User pool {id} does not exist.");
    }

    public static EmulatedAppClient RequireClient(this UserPoolDirectory userPools, JsonApiInput input)
    {
        var pool = userPools.Require(input);
        var id = input.RequiredText("ClientId");
        return userPools.FindClient(id) is { } client && client.UserPool == pool
            ? client
            : throw RefusedException.NotFound($"User pool client {id} does not exist.");
    }

    public static ResourceServer RequireResourceServer(this UserPoolDirectory userPools, JsonApiInput input)
    {
        var identifier = input.RequiredText("Identifier");
        return userPools.Require(input).FindResourceServer(identifier)
            ?? throw RefusedException.NotFound($"Resource server {identifier} does not exist.");
    }
}
