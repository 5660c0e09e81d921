using System.Diagnostics.CodeAnalysis;
using CognitoM2M.Verification;

namespace CognitoM2M.Cli.Tokens;

/// <summary>The verdict on an access token or an ID token.</summary>
internal sealed class TokenVerdict
{
    private TokenVerdict(CognitoTokenClaims? claims, TokenRejection? rejection) => (Claims, Rejection) = (claims, rejection);

    [MemberNotNullWhen(true, nameof(Claims))]
    [MemberNotNullWhen(false, nameof(Rejection))]
    public bool IsValid => Claims is not null;

    /// <summary>The claims; null if the token was rejected.</summary>
    public CognitoTokenClaims? Claims { get; }

    /// <summary>Why the token was rejected; null if it is accepted.</summary>
    public TokenRejection? Rejection { get; }

    public static TokenVerdict Create<TClaims>(VerificationResult<TClaims> result)
        where TClaims : CognitoTokenClaims => new(result.Claims, result.Rejection);
}
