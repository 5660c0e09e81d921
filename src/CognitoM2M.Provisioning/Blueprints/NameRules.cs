using System.Text.RegularExpressions;

namespace CognitoM2M.Provisioning.Blueprints;

/// <summary>Cognito's rules for names.</summary>
internal static partial class NameRules
{
    public const int MaxScopeLength = 256;

    private static readonly string[] _reservedInPrefixes = ["aws", "amazon", "cognito"];

    /// <summary>User pools, app clients and resource servers.</summary>
    public static bool IsDisplayName(string? text, int maxLength) => IsBetween(text, 1, maxLength) && DisplayName().IsMatch(text!);

    public static bool IsUserPoolId(string? text) => IsBetween(text, 1, 55) && UserPoolId().IsMatch(text!);

    public static bool IsIdentifier(string? text) => IsBetween(text, 1, 256) && Identifier().IsMatch(text!);

    public static bool IsScopeName(string? text) => IsIdentifier(text) && !text!.Contains('/', StringComparison.Ordinal);

    public static bool IsPrefix(string? text) => IsBetween(text, 1, 63) && Prefix().IsMatch(text!);

    public static string? ReservedWordIn(string prefix) =>
        Array.Find(_reservedInPrefixes, word => prefix.Contains(word, StringComparison.OrdinalIgnoreCase));

    public static bool IsCustomDomain(string? text) =>
        IsBetween(text, 4, 253) && text!.Contains('.', StringComparison.Ordinal) && !text.Any(char.IsAsciiLetterUpper)
        && Uri.CheckHostName(text) == UriHostNameType.Dns;

    public static bool IsCertificateArn(string? text) => text is not null && CertificateArn().IsMatch(text);

    public static bool IsTagText(string? text, int minLength, int maxLength) => IsBetween(text, minLength, maxLength) && TagText().IsMatch(text!);

    /// <summary>A name that Cognito accepts for a resource server, made from its identifier.</summary>
    public static string DisplayNameFrom(string identifier) => NotInDisplayNames().Replace(identifier, "-");

    private static bool IsBetween(string? text, int minLength, int maxLength) =>
        text is not null && text.Length >= minLength && text.Length <= maxLength;

    [GeneratedRegex(@"^[A-Za-z0-9_ +=,.@-]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DisplayName();

    [GeneratedRegex("[^A-Za-z0-9_ +=,.@-]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NotInDisplayNames();

    [GeneratedRegex(@"^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}_[0-9a-zA-Z]+\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserPoolId();

    [GeneratedRegex(@"^[\x21\x23-\x5B\x5D-\x7E]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]*[a-z0-9])?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Prefix();

    [GeneratedRegex(@"^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/.+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CertificateArn();

    [GeneratedRegex(@"^[\p{L}\p{Z}\p{N}_.:/=+@-]*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TagText();
}
