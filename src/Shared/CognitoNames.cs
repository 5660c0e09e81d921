using System.Buffers;
using System.Globalization;
using System.Text;

namespace CognitoM2M.Shared;

/// <summary>Lengths and alphabets of Cognito's ids and names, as its API model states them.</summary>
internal static class CognitoNames
{
    public const int MaxUserPoolIdLength = 55;
    public const int MaxClientIdLength = 128;
    public const int MaxClientSecretLength = 64;
    public const int MaxUsernameLength = 128;
    public const int MaxScopeLength = 256;
    public const int MaxScopesPerClient = 50;
    public const int MaxGroupNameLength = 128;

    private const string LettersAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>The characters of app client ids and client secrets: <c>[\w+]</c>.</summary>
    public const string ClientIdAlphabet = LettersAndDigits + "_+";

    private static readonly SearchValues<char> _lettersAndDigits = SearchValues.Create(LettersAndDigits);
    private static readonly SearchValues<char> _clientId = SearchValues.Create(ClientIdAlphabet);
    private static readonly SearchValues<char> _domainPrefix = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>The characters of scopes and resource server identifiers: printable ASCII without space, quotation mark and backslash (RFC 6749, appendix A.4).</summary>
    public static SearchValues<char> ScopeCharacters { get; } = SearchValues.Create(
        [.. Enumerable.Range('!', '~' - '!' + 1).Select(code => (char)code).Where(c => c is not ('"' or '\\'))]);

    /// <summary>Whether the text is the id of a user pool: a region code, an underscore, letters and digits; such as <c>eu-west-1_AbCdEf123</c>.</summary>
    public static bool IsUserPoolId(string? text) =>
        text is { Length: <= MaxUserPoolIdLength }
        && text.IndexOf('_', StringComparison.Ordinal) is > 0 and var end
        && AwsPartition.IsRegionCode(text[..end])
        && ConsistsOf(text.AsSpan(end + 1), _lettersAndDigits);

    /// <summary>The region code that a user pool id starts with; empty if the text holds no underscore.</summary>
    public static string RegionOfUserPool(string userPoolId) =>
        userPoolId.IndexOf('_', StringComparison.Ordinal) is > 0 and var end ? userPoolId[..end] : "";

    /// <summary>Whether the text can be the id of an app client.</summary>
    public static bool IsClientId(string? text) => text is { Length: <= MaxClientIdLength } && ConsistsOf(text, _clientId);

    /// <summary>Whether the text can be the secret of an app client of Cognito. Services that stand in for Cognito may have other secrets.</summary>
    public static bool IsClientSecret(string? text) => text is { Length: <= MaxClientSecretLength } && ConsistsOf(text, _clientId);

    /// <summary>Whether the text can be the name of a user, or an alias: letters, marks, symbols, numbers and punctuation.</summary>
    public static bool IsUsername(string? text) =>
        text is { Length: > 0 and <= MaxUsernameLength } && text.EnumerateRunes().All(IsVisible);

    /// <summary>Whether the text can be one scope, such as <c>orders/read</c>. A scope that a trigger adds need not hold a slash.</summary>
    public static bool IsScope(string? text) => text is { Length: <= MaxScopeLength } && ConsistsOf(text, ScopeCharacters);

    /// <summary>Whether the text can be the name of a group: letters, marks, symbols, numbers and punctuation.</summary>
    public static bool IsGroupName(string? text) =>
        text is { Length: > 0 and <= MaxGroupNameLength } && text.EnumerateRunes().All(IsVisible);

    /// <summary>Whether the text can be the identifier of a resource server.</summary>
    public static bool IsResourceServerIdentifier(string? text) => IsScope(text);

    /// <summary>Whether the text can be the name of a scope within its resource server.</summary>
    public static bool IsScopeName(string? text) => IsScope(text) && !text!.Contains('/', StringComparison.Ordinal);

    /// <summary>Whether the text can be a domain prefix: 1 to 63 lower-case letters, digits and hyphens, no hyphen at either end.</summary>
    public static bool IsDomainPrefix(string? text) =>
        text is { Length: <= 63 } && ConsistsOf(text, _domainPrefix) && text[0] != '-' && text[^1] != '-';

    // The categories stand in this order: letters, marks, numbers; separators and control characters; punctuation, symbols.
    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune)
        is <= UnicodeCategory.OtherNumber or (>= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherSymbol);

    private static bool ConsistsOf(ReadOnlySpan<char> text, SearchValues<char> alphabet) => text.Length > 0 && !text.ContainsAnyExcept(alphabet);
}
