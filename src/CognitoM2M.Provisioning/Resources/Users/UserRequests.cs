using System.Diagnostics;
using System.Text.Json.Serialization;
using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Resources.Users;

/// <summary>Input of AdminCreateUser.</summary>
/// <param name="UserPoolId">The user pool.</param>
/// <param name="Username">The user name.</param>
/// <param name="UserAttributes">The attributes.</param>
/// <param name="MessageAction"><c>SUPPRESS</c>, so that the user gets no message.</param>
internal sealed record AdminCreateUserRequest(
    string UserPoolId, string Username, IReadOnlyList<UserAttribute> UserAttributes, string MessageAction) : IUserPoolRequest;

/// <summary>Output of AdminCreateUser.</summary>
internal sealed record AdminCreateUserResponse(UserDescription? User);

/// <summary>Input of AdminSetUserPassword. <see cref="ToString"/> leaves the password out.</summary>
internal sealed record AdminSetUserPasswordRequest : IUserPoolRequest, ISecretRequest
{
    /// <summary>The user pool.</summary>
    public required string UserPoolId { get; init; }

    /// <summary>The user name.</summary>
    public required string Username { get; init; }

    /// <summary>The password.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public required string Password { get; init; }

    /// <summary>False if the user must change the password at the next sign-in.</summary>
    public required bool Permanent { get; init; }

    string? ISecretRequest.Secret => Password;

    /// <inheritdoc/>
    public override string ToString() => $"AdminSetUserPasswordRequest {Username}";
}

/// <summary>Input of AdminGetUser and AdminDeleteUser.</summary>
internal sealed record UserRequest(string UserPoolId, string Username) : IUserPoolRequest;

/// <summary>Output of AdminGetUser.</summary>
internal sealed record AdminGetUserResponse(string? Username);

/// <summary>Input of CreateGroup.</summary>
internal sealed record CreateGroupRequest(string UserPoolId, string GroupName, string? Description, int? Precedence, string? RoleArn) : IUserPoolRequest;

/// <summary>Input of DeleteGroup.</summary>
internal sealed record GroupRequest(string UserPoolId, string GroupName) : IUserPoolRequest;

/// <summary>Input of AdminAddUserToGroup.</summary>
internal sealed record AdminAddUserToGroupRequest(string UserPoolId, string Username, string GroupName) : IUserPoolRequest;

/// <summary>Input of AddCustomAttributes.</summary>
internal sealed record AddCustomAttributesRequest(string UserPoolId, IReadOnlyList<CustomAttribute> CustomAttributes) : IUserPoolRequest;

/// <summary>An attribute that users of a pool can have.</summary>
/// <param name="Name">The name without the prefix <c>custom:</c>.</param>
/// <param name="AttributeDataType"><c>String</c>.</param>
/// <param name="Mutable">Whether the attribute can be changed.</param>
internal sealed record CustomAttribute(string Name, string AttributeDataType, bool Mutable);

/// <summary>Writes and reads the requests above. A member that is null is not sent.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AdminCreateUserRequest))]
[JsonSerializable(typeof(AdminCreateUserResponse))]
[JsonSerializable(typeof(AdminSetUserPasswordRequest))]
[JsonSerializable(typeof(UserRequest))]
[JsonSerializable(typeof(AdminGetUserResponse))]
[JsonSerializable(typeof(CreateGroupRequest))]
[JsonSerializable(typeof(GroupRequest))]
[JsonSerializable(typeof(AdminAddUserToGroupRequest))]
[JsonSerializable(typeof(AddCustomAttributesRequest))]
internal sealed partial class UserJson : JsonSerializerContext;
