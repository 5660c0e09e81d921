using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using CognitoM2M.Shared;

namespace CognitoM2M.Emulator.Protocol;

/// <summary>
/// The length and the alphabet that Cognito's API model states for a text. Violations are reported in the words of the AWS APIs.
/// </summary>
internal sealed partial class TextShape
{
    private const string ArnText =
        @"arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?";

    // The characters of client ids and secrets are the regex class [\w+].
    private static readonly SearchValues<char> _wordOrPlus = SearchValues.Create(CognitoNames.ClientIdAlphabet);
    private static readonly SearchValues<char> _wordPlusOrHyphen = SearchValues.Create(CognitoNames.ClientIdAlphabet + "-");
    private static readonly SearchValues<char> _name = SearchValues.Create(CognitoNames.ClientIdAlphabet + " \t\n\v\f\r=,.@-");

    private readonly int _minLength;
    private readonly int _maxLength;
    private readonly string _pattern;
    private readonly Func<string, bool> _matches;

    private TextShape(int minLength, int maxLength, string pattern, Func<string, bool> matches) =>
        (_minLength, _maxLength, _pattern, _matches) = (minLength, maxLength, pattern, matches);

    private TextShape(int minLength, int maxLength, string pattern, SearchValues<char> alphabet)
        : this(minLength, maxLength, pattern, value => value.Length > 0 && !value.AsSpan().ContainsAnyExcept(alphabet))
    {
    }

    public static TextShape Any { get; } = new(0, int.MaxValue, ".*", _ => true);
    public static TextShape PoolName { get; } = new(1, 128, @"[\w\s+=,.@-]+", _name);
    public static TextShape ClientName { get; } = new(1, 128, @"[\w\s+=,.@-]+", _name);
    public static TextShape ClientId { get; } = new(1, CognitoNames.MaxClientIdLength, @"[\w+]+", _wordOrPlus);
    public static TextShape ClientSecret { get; } = new(24, 64, @"[\w+]+", _wordOrPlus);
    public static TextShape ClientSecretId { get; } = new(1, 128, @"[\w+-]+", _wordPlusOrHyphen);
    public static TextShape ResourceServerIdentifier { get; } =
        new(1, CognitoNames.MaxScopeLength, @"[\x21\x23-\x5B\x5D-\x7E]+", CognitoNames.ScopeCharacters);
    public static TextShape ResourceServerName { get; } = new(1, 256, @"[\w\s+=,.@-]+", _name);
    public static TextShape ScopeName { get; } = new(1, CognitoNames.MaxScopeLength, @"[\x21\x23-\x2E\x30-\x5B\x5D-\x7E]+", IsScopeName);
    public static TextShape ScopeDescription { get; } = WithLength(1, 256);
    public static TextShape Scope { get; } =
        new(1, CognitoNames.MaxScopeLength, @"[\x21\x23-\x5B\x5D-\x7E]+", CognitoNames.ScopeCharacters);
    public static TextShape UserPoolId { get; } =
        new(1, CognitoNames.MaxUserPoolIdLength, @"[\w-]+_[0-9a-zA-Z]+", UserPoolIdPattern.IsMatch);
    public static TextShape Arn { get; } = new(20, 2048, ArnText, ArnPattern.IsMatch);
    public static TextShape TagKey { get; } = WithLength(1, 128);
    public static TextShape TagValue { get; } = WithLength(0, 256);
    public static TextShape Username { get; } = new(1, 128, @"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", IsVisible);
    public static TextShape Password { get; } = new(0, 256, @"[\S]+", password => !password.Any(char.IsWhiteSpace));
    public static TextShape AttributeName { get; } = new(1, 32, @"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", IsVisible);
    public static TextShape SchemaName { get; } = new(1, 20, @"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", IsVisible);
    public static TextShape AttributeValue { get; } = WithLength(0, 2048);

    [GeneratedRegex(@"\A[\w-]+_[0-9a-zA-Z]+\z", RegexOptions.ECMAScript, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserPoolIdPattern { get; }

    [GeneratedRegex(@"\A" + ArnText + @"\z", RegexOptions.ECMAScript, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ArnPattern { get; }

    /// <summary>Any text of a certain length.</summary>
    public static TextShape WithLength(int min, int max) => new(min, max, ".*", _ => true);

    /// <summary>The constraints that a value does not satisfy, in the words of Cognito's API; none if the value is right.</summary>
    public IEnumerable<string> FindViolations(string? value)
    {
        if (value is null)
        {
            yield return "Member must not be null";
            yield break;
        }

        if (value.Length > _maxLength)
            yield return $"Member must have length less than or equal to {_maxLength}";
        if (value.Length < _minLength)
            yield return $"Member must have length greater than or equal to {_minLength}";
        if (!_matches(value))
            yield return $"Member must satisfy regular expression pattern: {_pattern}";
    }

    /// <summary>Checks an argument of a C# member.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">
    /// The length or a character of the value is not allowed. The message does not show the value, because it may be a secret.
    /// </exception>
    public string Require(string value, string member)
    {
        ArgumentNullException.ThrowIfNull(value, member);
        if (FindViolations(value).FirstOrDefault() is { } violation)
            throw new ArgumentException($"{member}: {violation}.", nameof(value));
        return value;
    }

    private static bool IsScopeName(string value) =>
        value.Length > 0
        && !value.Contains('/', StringComparison.Ordinal)
        && !value.AsSpan().ContainsAnyExcept(CognitoNames.ScopeCharacters);

    // The pattern names letters, marks, symbols, numbers and punctuation. This is every character except spaces and control characters.
    // A character may consist of two UTF-16 units, so the check uses runes.
    private static bool IsVisible(string value) =>
        value.Length > 0 && value.EnumerateRunes().All(rune => !Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune));
}
