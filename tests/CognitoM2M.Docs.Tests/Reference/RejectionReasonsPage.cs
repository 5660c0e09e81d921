using CognitoM2M.Verification;

namespace CognitoM2M.Docs.Tests.Reference;

/// <summary>Every reason for which a verifier rejects a token, with what an API answers. <see cref="RejectionStatusTests"/> checks the answers.</summary>
internal static class RejectionReasonsPage
{
    public static string Write() => new ReferencePage(
            "Reasons of rejections",
            "This page lists every reason for which a verifier rejects a token, and what an API with the scheme of `CognitoM2M.AspNetCore` answers.\n\n"
                + "`TokenRejection.Reason` is the reason. The metric `cognito_m2m.verification.verdicts` has it in the tag `cognito_m2m.reason`. A request without a token gets 401 without an error code.")
        .Table(["`TokenRejectionReason`", "Tag", "Status", "`error`", "Meaning"], Enum.GetValues<TokenRejectionReason>().Select(reason =>
        {
            var (status, error) = FindAnswer(reason);
            return new[] { $"`{reason}`", $"`{WriteTag(reason)}`", status, error, XmlDocs.ReadField(typeof(TokenRejectionReason), $"{reason}") };
        }))
        .Text("The last two reasons belong to sign-ins, and an API does not check them. What a Lambda authorizer answers: [lambda.md](../lambda.md#what-a-caller-gets).")
        .ToString();

    /// <summary>The status and the error code (RFC 6750) of the answer.</summary>
    public static (string Status, string Error) FindAnswer(TokenRejectionReason reason) => reason switch
    {
        TokenRejectionReason.KeysNotAvailable => ("503", ""),
        TokenRejectionReason.ScopeMissing => ("403", "`insufficient_scope`"),
        TokenRejectionReason.GroupMissing => ("403", ""),
        TokenRejectionReason.NonceNotValid or TokenRejectionReason.AccessTokenHashNotValid => ("", ""),
        _ => ("401", "`invalid_token`"),
    };

    private static string WriteTag(TokenRejectionReason reason) =>
        string.Concat($"{reason}".Select((letter, i) => char.IsUpper(letter) ? $"{(i > 0 ? "_" : "")}{char.ToLowerInvariant(letter)}" : $"{letter}"));
}
