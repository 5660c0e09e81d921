using System.Text.RegularExpressions;

namespace CognitoM2M.Shared;

/// <summary>The form of names in AWS Systems Manager Parameter Store.</summary>
internal static partial class ParameterStoreNames
{
    /// <summary>The rule for paths. Error messages put it after a sentence that refuses a path.</summary>
    public const string PathRule =
        "A path has 1 to 14 parts of letters, digits, '_', '.' and '-', each after a slash, and does not begin with /aws or /ssm. An example is /acme/m2m.";

    /// <summary>The rule for KMS keys. Error messages put it after a sentence that refuses a key.</summary>
    public const string KeyRule = "Give the id of the key, or its ARN such as arn:aws:kms:eu-west-1:123456789012:key/ID. An alias is not enough.";

    /// <summary>Whether parameters of app clients can stand under this path. Parameter Store allows 15 parts and reserves two beginnings.</summary>
    public static bool IsPath(string path) => PathForm().IsMatch(path);

    /// <summary>Whether the text can be the last part of the name of a parameter.</summary>
    public static bool IsLastPart(string name) => LastPartForm().IsMatch(name);

    /// <summary>Whether the text is the id or the ARN of a KMS key. An IAM policy names a key by its ARN, never by an alias.</summary>
    public static bool IsKey(string key) => KeyForm().IsMatch(key);

    // The ARN of a parameter may have 1,011 characters. The name of an app client has 128 at most.
    [GeneratedRegex(
        @"^(?=.{2,800}\z)(?!/([Aa][Ww][Ss]|[Ss][Ss][Mm]))(/[A-Za-z0-9_.-]+){1,14}\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PathForm();

    [GeneratedRegex(@"^[A-Za-z0-9_.-]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LastPartForm();

    [GeneratedRegex(
        @"^(arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/)?(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KeyForm();
}
