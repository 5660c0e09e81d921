using System.Diagnostics;

namespace CognitoM2M.UserSessions;

/// <summary>What Cognito knows about a user (operation GetUser). Immutable.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class CognitoUserProfile
{
    /// <summary>Makes a profile.</summary>
    /// <param name="username">The user name.</param>
    /// <param name="attributes">The attributes by name.</param>
    public CognitoUserProfile(string username, IReadOnlyDictionary<string, string> attributes)
    {
        ArgumentException.ThrowIfNullOrEmpty(username);
        ArgumentNullException.ThrowIfNull(attributes);

        (Username, Attributes) = (username, attributes);
    }

    /// <summary>The user name. A UUID if users sign in with an e-mail address.</summary>
    public string Username { get; }

    /// <summary>The attributes that the app client may read, by name: <c>sub</c>, <c>email</c>, <c>custom:team</c>.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; }

    /// <summary>The second factors that are set up for the user, such as <c>SOFTWARE_TOKEN_MFA</c>.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<string> MfaSettings { get; init; } = [];

    /// <summary>The second factor that the user prefers; null if there is none.</summary>
    public string? PreferredMfa { get; init; }

    /// <summary>Does not contain the user name or an attribute: these are personal data.</summary>
    public override string ToString() => $"User with {Attributes.Count} attributes";
}
