using System.Text.RegularExpressions;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Blueprints;

/// <summary>Rules for names that only blueprints have. <see cref="CognitoNames"/> holds the rules that other packages share.</summary>
internal static partial class NameRules
{
    private static readonly string[] _reservedInPrefixes = ["aws", "amazon", "cognito"];

    /// <summary>Whether the text can be the name of a user pool, an app client or a resource server.</summary>
    public static bool IsDisplayName(string? text, int maxLength) => IsBetween(text, 1, maxLength) && DisplayName().IsMatch(text!);

    /// <summary>The part of a domain prefix that is a reserved word of Cognito; null if there is none. Hyphens separate the parts.</summary>
    public static string? FindReservedWord(string prefix) =>
        Array.Find(_reservedInPrefixes, word => prefix.Split('-').Contains(word, StringComparer.OrdinalIgnoreCase));

    /// <summary>
    /// A reserved word inside a longer word of a domain prefix, as in <c>lawsuit</c>; null if there is none. AWS's guide sounds as if Cognito refused
    /// it, but such prefixes were created.
    /// </summary>
    public static string? FindDoubtfulWord(string prefix) =>
        Array.Find(_reservedInPrefixes, word => prefix.Contains(word, StringComparison.OrdinalIgnoreCase));

    public static bool IsCustomDomain(string? text) =>
        IsBetween(text, 4, 253) && text!.Contains('.', StringComparison.Ordinal) && !text.Any(char.IsAsciiLetterUpper)
        && Uri.CheckHostName(text) == UriHostNameType.Dns;

    public static bool IsCertificateArn(string? text) => text is not null && CertificateArn().IsMatch(text);

    public static bool IsFunctionArn(string text) => text.Length <= 2048 && FunctionArn().IsMatch(text);

    /// <summary>Whether the text is the ARN of a key. Cognito may show an alias as its key, so an alias would differ in every plan.</summary>
    public static bool IsKeyArn(string text) => text.Length <= 2048 && KeyArn().IsMatch(text);

    public static bool IsRoleArn(string text) => text.Length <= 2048 && RoleArn().IsMatch(text);

    /// <summary>Whether the text can be the name of a variable. Secrets that Cognito makes have lower-case letters, so they cannot.</summary>
    public static bool IsVariable(string text) => IsBetween(text, 1, 128) && Variable().IsMatch(text);

    /// <summary>Whether the text has the form of a value of <c>ExplicitAuthFlows</c>. New values appear, so there is no list of them here.</summary>
    public static bool IsAuthFlow(string? text) => IsBetween(text, 1, 128) && AuthFlow().IsMatch(text!);

    /// <summary>Whether the text can be the key or the value of a tag.</summary>
    public static bool IsTagText(string? text, int minLength, int maxLength) => IsBetween(text, minLength, maxLength) && TagText().IsMatch(text!);

    /// <summary>Makes a name that Cognito accepts for a resource server from the identifier of the resource server.</summary>
    public static string CreateDisplayName(string identifier) => NotInDisplayNames().Replace(identifier, "-");

    private static bool IsBetween(string? text, int minLength, int maxLength) =>
        text is not null && text.Length >= minLength && text.Length <= maxLength;

    [GeneratedRegex(@"^[A-Za-z0-9_ +=,.@-]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DisplayName();

    [GeneratedRegex("[^A-Za-z0-9_ +=,.@-]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NotInDisplayNames();

    [GeneratedRegex(@"^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/.+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CertificateArn();

    [GeneratedRegex(@"^[\p{L}\p{Z}\p{N}_.:/=+@-]*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TagText();

    [GeneratedRegex(@"^arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]+(:[A-Za-z0-9_$-]+)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FunctionArn();

    [GeneratedRegex(@"^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KeyArn();

    [GeneratedRegex(@"^arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RoleArn();

    [GeneratedRegex(@"^[A-Z_][A-Z0-9_]*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^[A-Z][A-Z0-9_]*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AuthFlow();
}
