using System.Diagnostics;
using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace CognitoM2M.UserSessions;

/// <summary>What Cognito asks of a user before it issues tokens. Immutable.</summary>
/// <remarks>
/// The answer comes with a later request of the browser. Keep the challenge on the server until then, or put the text of
/// <see cref="CognitoUserSessions.SealChallenge"/> into a hidden field of the form. Cognito waits for the answer for three minutes, unless the app client's
/// <c>AuthSessionValidity</c> says otherwise.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class CognitoChallenge
{
    /// <summary>Makes a challenge, for a test of your own.</summary>
    /// <param name="name">The name in the API, such as <c>SMS_MFA</c>.</param>
    /// <param name="username">The user name to answer with.</param>
    /// <param name="session">The session of the sign-in.</param>
    public CognitoChallenge(string name, string username, string session)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(username);
        ArgumentNullException.ThrowIfNull(session);

        (Name, Username, Session) = (name, username, session);
    }

    /// <summary>The name in the API, such as <c>NEW_PASSWORD_REQUIRED</c>.</summary>
    public string Name { get; }

    /// <summary>How the challenge is answered.</summary>
    public CognitoChallengeKind Kind => Challenges.ChallengeRules.FindKind(Name);

    /// <summary>Where the code was sent, with most characters masked, such as <c>+*******1234</c>.</summary>
    /// <value>Null if no code was sent. Text of the user pool: encode it before you show it.</value>
    public string? CodeDestination { get; init; }

    /// <summary>The names of the attributes that the user must give with the new password, such as <c>email</c>.</summary>
    /// <value>Empty for most user pools, and for all other challenges.</value>
    public IReadOnlyList<string> RequiredAttributes { get; init; } = [];

    /// <summary>What the user can choose between, such as <c>SMS_MFA</c> and <c>SOFTWARE_TOKEN_MFA</c>.</summary>
    /// <value>
    /// Empty unless <see cref="Kind"/> is <see cref="CognitoChallengeKind.Selection"/>. Ways that this library cannot answer, such as <c>PASSWORD</c> and <c>WEB_AUTHN</c>, are left out.
    /// </value>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The user name to answer with. Cognito may have replaced the one that the user gave.</summary>
    [JsonIgnore]
    [IgnoreDataMember]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Username { get; }

    /// <summary>The session of the sign-in. With it and the answer, anybody gets the tokens. <see cref="ToString"/> and serializers leave it out.</summary>
    [JsonIgnore]
    [IgnoreDataMember]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Session { get; }

    /// <summary>The name of the challenge. Does not contain the session or the user name.</summary>
    public override string ToString() => $"Challenge {Name}";
}
