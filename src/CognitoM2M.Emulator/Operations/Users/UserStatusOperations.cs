using System.Text.Json.Nodes;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.JsonApi.Shapes;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator.Operations.Users;

/// <summary>The operations with which an administrator keeps users from signing in, or lets them sign in again.</summary>
internal sealed class UserStatusOperations(UserPoolDirectory userPools)
{
    private static readonly string[] _codeReceivers = [UserNames.Email, UserNames.PhoneNumber];

    private static readonly StructureShape _withMetadata = new StructureShape()
        .With(UserLookup.ByName)
        .Unused("ClientMetadata", Shape.MapOf(TextShape.Any, TextShape.Any));

    public IEnumerable<JsonApiOperation> All =>
    [
        new("AdminEnableUser", UserLookup.ByName, input => Change(input, (pool, user) => UserStatus.SetEnabled(pool, user, isEnabled: true))),
        new("AdminDisableUser", UserLookup.ByName, input => Change(input, (pool, user) => pool.Disable(user))),
        new("AdminConfirmSignUp", _withMetadata, input => Change(input, UserStatus.Confirm)),
        new("AdminResetUserPassword", _withMetadata, input => Change(input, ResetPassword)),
    ];

    private static void ResetPassword(EmulatedUserPool pool, PoolUser user)
    {
        if (!_codeReceivers.Any(name => HasVerified(user, name)))
            throw RefusedException.InvalidParameter("Cannot reset password for the user as there is no registered/verified email or phone_number");
        UserStatus.ResetPassword(pool, user);
    }

    private static bool HasVerified(PoolUser user, string name) =>
        user.Attributes.Any(attribute => attribute.Name == name && attribute.Value.Length > 0)
        && user.Attributes.Any(attribute => attribute.Name == UserNames.GetVerifiedName(name) && attribute.Value == "true");

    private JsonObject Change(JsonApiInput input, Action<EmulatedUserPool, PoolUser> change) => userPools.Change(() =>
    {
        var (pool, user) = userPools.RequireUser(input);
        change(pool, user);
        return new JsonObject();
    });
}
