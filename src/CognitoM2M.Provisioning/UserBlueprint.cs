using System.Diagnostics;

namespace CognitoM2M.Provisioning;

/// <summary>A user of the user pool. For an emulator only: on AWS a blueprint with users is refused before the first request.</summary>
/// <remarks>A user who exists stays as it is.</remarks>
public sealed record UserBlueprint
{
    /// <summary>The user name.</summary>
    /// <value>Null by default: the address in <see cref="Email"/> is the name. 1 to 128 characters without white space. Unique in the blueprint.</value>
    public string? Name { get; init; }

    /// <summary>The email address, which counts as verified.</summary>
    /// <value>Null by default. A user has a <see cref="Name"/>, an address, or both.</value>
    public string? Email { get; init; }

    /// <summary>The password.</summary>
    /// <value>
    /// Null by default: nobody can sign in as the user. Otherwise a password that the user pool accepts. In JSON it may be a variable,
    /// <c>${NAME}</c>, also one with the name of a secret.
    /// </value>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Password { get; init; }

    /// <summary>Whether the user must change the password at the first sign-in.</summary>
    /// <value><see langword="false"/> by default.</value>
    public bool MustChangePassword { get; init; }

    /// <summary>Attributes by name, such as <c>given_name</c>. An attribute <c>custom:...</c> is added to the user pool if the user pool does not have it.</summary>
    /// <value>Empty by default. Names have at most 32 characters, values at most 2,048.</value>
    public IReadOnlyDictionary<string, string> Attributes { get; init => field = value ?? new Dictionary<string, string>(StringComparer.Ordinal); }
        = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The groups of the user.</summary>
    /// <value>Empty by default; groups of the blueprint.</value>
    public IReadOnlyList<string> Groups { get; init => field = value ?? []; } = [];

    /// <summary>The user name. Never the password.</summary>
    public override string ToString() => Username ?? "";

    /// <summary>The name that the user signs in with; null if the blueprint has none.</summary>
    internal string? Username => Name ?? Email;
}

/// <summary>A group of users. For an emulator only: on AWS a blueprint with groups is refused before the first request.</summary>
/// <remarks>A group that exists stays as it is.</remarks>
public sealed record GroupBlueprint
{
    /// <summary>The name.</summary>
    /// <value>1 to 128 characters without white space. Unique in the blueprint.</value>
    public required string Name { get; init; }

    /// <summary>A description for people.</summary>
    /// <value>Null by default; at most 2,048 characters.</value>
    public string? Description { get; init; }

    /// <summary>The rank of the group. Tokens name groups with a low precedence first.</summary>
    /// <value>Null by default: the group stands behind all groups with a precedence. Not negative.</value>
    public int? Precedence { get; init; }

    /// <summary>The ARN of the IAM role that ID tokens of members name in the claim <c>cognito:roles</c>.</summary>
    /// <value>Null by default.</value>
    public string? RoleArn { get; init; }
}
