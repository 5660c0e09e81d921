using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Operations.UserPools;

/// <summary>The messages that verify an address. Each stands in an older member and in the template; as in Cognito, one shows the other.</summary>
internal static class VerificationMessages
{
    public const string Template = "VerificationMessageTemplate";

    private static readonly (string Older, string InTemplate)[] _pairs =
    [
        ("SmsVerificationMessage", "SmsMessage"), ("EmailVerificationMessage", "EmailMessage"), ("EmailVerificationSubject", "EmailSubject"),
    ];

    /// <summary>Adds to a description what only one of the two members has.</summary>
    public static void Mirror(JsonObject described)
    {
        var template = described[Template]!.AsObject();
        foreach (var (older, inTemplate) in _pairs)
        {
            if (template[inTemplate] is { } newer && !described.ContainsKey(older))
                described[older] = newer.DeepClone();
            else if (described[older] is { } old && !template.ContainsKey(inTemplate))
                template[inTemplate] = old.DeepClone();
        }
    }
}
