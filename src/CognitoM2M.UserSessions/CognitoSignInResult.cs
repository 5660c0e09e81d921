using System.Diagnostics.CodeAnalysis;

namespace CognitoM2M.UserSessions;

/// <summary>The result of a sign-in or of the answer to a challenge: the tokens of the user, or a challenge that the user must answer.</summary>
public sealed class CognitoSignInResult
{
    /// <summary>Makes a result with tokens.</summary>
    /// <param name="tokens">The tokens.</param>
    public CognitoSignInResult(CognitoUserTokens tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        Tokens = tokens;
    }

    /// <summary>Makes a result with a challenge.</summary>
    /// <param name="challenge">The challenge.</param>
    public CognitoSignInResult(CognitoChallenge challenge)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        Challenge = challenge;
    }

    /// <summary>Whether the user has signed in. If not, there is a <see cref="Challenge"/>.</summary>
    [MemberNotNullWhen(true, nameof(Tokens))]
    [MemberNotNullWhen(false, nameof(Challenge))]
    public bool IsSignedIn => Tokens is not null;

    /// <summary>The tokens; null if there is a challenge.</summary>
    public CognitoUserTokens? Tokens { get; }

    /// <summary>The challenge; null if there are tokens.</summary>
    public CognitoChallenge? Challenge { get; }
}
