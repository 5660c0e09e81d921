using System.Diagnostics.CodeAnalysis;

namespace CognitoM2M.Verification;

/// <summary>The verdict on one token: its claims, or why it was rejected.</summary>
public sealed class VerificationResult
{
    internal VerificationResult(CognitoAccessTokenClaims claims) => Claims = claims;

    internal VerificationResult(TokenRejection rejection) => Rejection = rejection;

    /// <summary>Whether the token is accepted.</summary>
    [MemberNotNullWhen(true, nameof(Claims))]
    [MemberNotNullWhen(false, nameof(Rejection))]
    public bool IsValid => Claims is not null;

    /// <summary>What the token says; null if it was rejected.</summary>
    public CognitoAccessTokenClaims? Claims { get; }

    /// <summary>Why the token was rejected; null if it is accepted.</summary>
    public TokenRejection? Rejection { get; }

    /// <summary>The verdict in words, without the token.</summary>
    public override string ToString() => IsValid ? "The access token is valid." : Rejection.Message;
}
