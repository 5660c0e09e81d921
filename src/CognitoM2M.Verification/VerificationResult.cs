using System.Diagnostics.CodeAnalysis;

namespace CognitoM2M.Verification;

/// <summary>The verdict on one token: its claims, or why it was rejected.</summary>
/// <typeparam name="TClaims"><see cref="CognitoAccessTokenClaims"/> or <see cref="CognitoIdTokenClaims"/>.</typeparam>
public sealed class VerificationResult<TClaims>
    where TClaims : CognitoTokenClaims
{
    /// <summary>A token that is accepted.</summary>
    public VerificationResult(TClaims claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        Claims = claims;
    }

    /// <summary>A token that is rejected.</summary>
    public VerificationResult(TokenRejection rejection)
    {
        ArgumentNullException.ThrowIfNull(rejection);
        Rejection = rejection;
    }

    /// <summary>Whether the token is accepted.</summary>
    [MemberNotNullWhen(true, nameof(Claims))]
    [MemberNotNullWhen(false, nameof(Rejection))]
    public bool IsValid => Claims is not null;

    /// <summary>The claims of the token; null if it was rejected.</summary>
    public TClaims? Claims { get; }

    /// <summary>Why the token was rejected; null if it is accepted.</summary>
    public TokenRejection? Rejection { get; }

    /// <summary>The verdict in words, without the token.</summary>
    public override string ToString() => IsValid ? "The token is valid." : Rejection.Message;
}
