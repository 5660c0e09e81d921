using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.JsonApi.Shapes;
using CognitoM2M.Emulator.Operations.UserPools;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator.Operations.Users;

/// <summary>Finds the user that an input names.</summary>
internal static class UserLookup
{
    public static StructureShape ByName { get; } = new StructureShape()
        .Required("UserPoolId", Shape.Text(TextShape.UserPoolId))
        .Required("Username", Shape.Text(TextShape.Username));

    /// <exception cref="RefusedException">The pool or the user does not exist.</exception>
    public static (EmulatedUserPool Pool, PoolUser User) RequireUser(this UserPoolDirectory userPools, JsonApiInput input)
    {
        var pool = userPools.RequireUserPool(input);
        return (pool, pool.UserList.Find(input.GetRequiredText("Username")) ?? throw CreateNotFound());
    }

    public static RefusedException CreateNotFound() => new("UserNotFoundException", "User does not exist.");
}
