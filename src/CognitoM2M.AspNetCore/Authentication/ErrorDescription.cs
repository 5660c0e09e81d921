using CognitoM2M.Verification;

namespace CognitoM2M.AspNetCore.Authentication;

/// <summary>
/// Describes to a caller why its token was rejected. The text names the rule that was broken, but not what would have been accepted, which
/// would help an attacker.
/// </summary>
internal static class ErrorDescription
{
    public const string Refused = "The access token was refused.";
    public const string Ambiguous = "The request has several Authorization headers.";

    public const string GroupMissing = "The caller is not in a required group.";
    private const string NotAnAccessToken = "The token is not an access token.";

    public const string KeysNotAvailable = "The access token cannot be verified at present. Try again later.";

    /// <summary>Says "token" instead of "access token" if the scheme accepts ID tokens, too.</summary>
    public static string? Fit(string? description, AcceptedTokens accepted) =>
        accepted is AcceptedTokens.Access ? description
        : description == NotAnAccessToken ? "The token is neither an access token nor an ID token."
        : description?.Replace("access token", "token", StringComparison.Ordinal);

    public static string Describe(TokenRejectionReason reason) => reason switch
    {
        TokenRejectionReason.TooLong => "The access token is too long.",
        TokenRejectionReason.Missing or TokenRejectionReason.Malformed or TokenRejectionReason.HeaderNotValid
            or TokenRejectionReason.PayloadNotValid or TokenRejectionReason.KeyIdMissing => "The access token is malformed.",
        TokenRejectionReason.AlgorithmNotAllowed or TokenRejectionReason.CriticalHeaderNotSupported
            or TokenRejectionReason.KeyNotUsable => "The access token is signed in a way that is not accepted.",
        TokenRejectionReason.ClaimNotValid => "The access token has a claim that is missing or malformed.",
        TokenRejectionReason.IssuerNotTrusted => "The access token has another issuer.",
        TokenRejectionReason.KeyNotFound or TokenRejectionReason.SignatureNotValid => "The signature of the access token is not valid.",
        TokenRejectionReason.Expired => "The access token expired.",
        TokenRejectionReason.NotYetValid => "The access token is not valid yet.",
        TokenRejectionReason.NotAnAccessToken => NotAnAccessToken,
        TokenRejectionReason.NotAnIdToken => "The token is not an ID token.",
        TokenRejectionReason.ClientNotAllowed => "The app client is not accepted.",
        TokenRejectionReason.CallerNotAllowed => "Callers of this kind are not accepted.",
        TokenRejectionReason.ScopeMissing => "The access token lacks a scope.",
        TokenRejectionReason.GroupMissing => GroupMissing,
        _ => Refused,
    };
}
