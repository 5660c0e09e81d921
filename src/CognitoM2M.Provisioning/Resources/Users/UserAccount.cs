using System.Diagnostics;

namespace CognitoM2M.Provisioning.Resources.Users;

/// <summary>A user who was created with a password. <see cref="ToString"/> leaves the password out.</summary>
/// <param name="UserPoolId">The user pool.</param>
/// <param name="Username">The name that the user signs in with.</param>
/// <param name="Password">The password.</param>
internal sealed record UserAccount(string UserPoolId, string Username, [property: DebuggerBrowsable(DebuggerBrowsableState.Never)] string Password)
{
    /// <summary>The name by which Cognito knows the user.</summary>
    public string Id { get; init; } = Username;

    public override string ToString() => Username;
}
