using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Resources.Users;

/// <summary>The operations on users and groups. For blueprints they are called on an emulator only.</summary>
internal static class UserOperations
{
    public static Operation<AdminCreateUserRequest, AdminCreateUserResponse> Create { get; } =
        new("AdminCreateUser", UserJson.Default.AdminCreateUserRequest, UserJson.Default.AdminCreateUserResponse) { IsChange = true, RepeatMakesDuplicate = true };

    public static Operation<AdminSetUserPasswordRequest, NoOutput> SetPassword { get; } =
        new("AdminSetUserPassword", UserJson.Default.AdminSetUserPasswordRequest, output: null) { IsChange = true };

    public static Operation<UserRequest, AdminGetUserResponse> Get { get; } =
        new("AdminGetUser", UserJson.Default.UserRequest, UserJson.Default.AdminGetUserResponse);

    public static Operation<UserRequest, NoOutput> Delete { get; } =
        new("AdminDeleteUser", UserJson.Default.UserRequest, output: null) { IsChange = true };

    public static Operation<CreateGroupRequest, NoOutput> CreateGroup { get; } =
        new("CreateGroup", UserJson.Default.CreateGroupRequest, output: null) { IsChange = true };

    public static Operation<GroupRequest, NoOutput> DeleteGroup { get; } =
        new("DeleteGroup", UserJson.Default.GroupRequest, output: null) { IsChange = true };

    public static Operation<AdminAddUserToGroupRequest, NoOutput> AddToGroup { get; } =
        new("AdminAddUserToGroup", UserJson.Default.AdminAddUserToGroupRequest, output: null) { IsChange = true };

    public static Operation<AddCustomAttributesRequest, NoOutput> AddAttributes { get; } =
        new("AddCustomAttributes", UserJson.Default.AddCustomAttributesRequest, output: null) { IsChange = true };
}
