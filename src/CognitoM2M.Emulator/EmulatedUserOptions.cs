using System.Diagnostics;

namespace CognitoM2M.Emulator;

/// <summary>Settings of a user that <see cref="EmulatedUserPool.CreateUser(string, EmulatedUserOptions)"/> creates.</summary>
public sealed class EmulatedUserOptions
{
    /// <summary>The password.</summary>
    /// <value>
    /// Null by default: nobody can sign in as the user until <see cref="EmulatedUser.SetPassword"/>. Otherwise a password that the pool's
    /// policy allows.
    /// </value>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Password { get; init; }

    /// <summary>Whether the user must change <see cref="Password"/> at the first sign-in (challenge <c>NEW_PASSWORD_REQUIRED</c>).</summary>
    /// <value>False by default.</value>
    public bool MustChangePassword { get; init; }

    /// <summary>Whether the account is confirmed. The account of a user who has just signed up is not.</summary>
    /// <value>True by default. If false, a sign-in with the right password gets <c>UserNotConfirmedException</c>, until <c>AdminConfirmSignUp</c> or a new password.</value>
    public bool IsConfirmed { get; init; } = true;

    /// <summary>The id of the user, which is the claim <c>sub</c> of tokens.</summary>
    /// <value>Null by default, which generates a UUID. Otherwise unique in the pool.</value>
    public string? Sub { get; init; }

    /// <summary>The attributes by name, such as <c>email</c>. ID tokens show them.</summary>
    /// <value>Empty by default. Names have at most 32 characters, values at most 2,048.</value>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The names of the groups to put the user into. The groups must exist.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<string> Groups { get; init; } = [];
}
