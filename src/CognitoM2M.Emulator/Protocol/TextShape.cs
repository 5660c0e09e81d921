using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace CognitoM2M.Emulator.Protocol;

/// <summary>Length and alphabet of a string, as Cognito's API model states them.</summary>
internal sealed partial class TextShape
{
    private const string Word = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
    private const string Name = Word + " \t\n\v\f\r+=,.@-";

    private const string ArnText =
        @"arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?";

    private readonly int _minLength;
    private readonly int _maxLength;
    private readonly string _pattern;
    private readonly Func<string, bool> _matches;

    private TextShape(int minLength, int maxLength, string pattern, Func<string, bool> matches) =>
        (_minLength, _maxLength, _pattern, _matches) = (minLength, maxLength, pattern, matches);

    /// <summary>Text of one alphabet.</summary>
    private TextShape(int minLength, int maxLength, string pattern, string alphabet)
        : this(minLength, maxLength, pattern, OnlyFrom(SearchValues.Create(alphabet)))
    {
    }

    public static TextShape Any { get; } = new(0, int.MaxValue, ".*", _ => true);
    public static TextShape PoolName { get; } = new(1, 128, @"[\w\s+=,.@-]+", Name);
    public static TextShape ClientName { get; } = new(1, 128, @"[\w\s+=,.@-]+", Name);
    public static TextShape ClientId { get; } = new(1, 128, @"[\w+]+", Word + "+");
    public static TextShape ClientSecret { get; } = new(24, 64, @"[\w+]+", Word + "+");
    public static TextShape ResourceServerIdentifier { get; } = new(1, 256, @"[\x21\x23-\x5B\x5D-\x7E]+", PrintableExcept("\"\\"));
    public static TextShape ScopeName { get; } = new(1, 256, @"[\x21\x23-\x2E\x30-\x5B\x5D-\x7E]+", PrintableExcept("\"\\/"));
    public static TextShape Scope { get; } = new(1, 256, @"[\x21\x23-\x5B\x5D-\x7E]+", PrintableExcept("\"\\"));
    public static TextShape ResourceServerName { get; } = new(1, 256, @"[\w\s+=,.@-]+", Name);
    public static TextShape ScopeDescription { get; } = OfLength(1, 256);
    public static TextShape UserPoolId { get; } = new(1, 55, @"[\w-]+_[0-9a-zA-Z]+", UserPoolIdPattern.IsMatch);
    public static TextShape Arn { get; } = new(20, 2048, ArnText, ArnPattern.IsMatch);
    public static TextShape TagKey { get; } = OfLength(1, 128);
    public static TextShape TagValue { get; } = OfLength(0, 256);
    public static TextShape Username { get; } = new(1, 128, @"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", IsVisible);
    public static TextShape Password { get; } = new(0, 256, @"[\S]+", password => !password.Any(char.IsWhiteSpace));
    public static TextShape AttributeName { get; } = new(1, 32, @"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", IsVisible);
    public static TextShape AttributeValue { get; } = OfLength(0, 2048);
    public static TextShape ClientSecretId { get; } = new(1, 128, @"[\w+-]+", Word + "+-");

    [GeneratedRegex(@"\A[\w-]+_[0-9a-zA-Z]+\z", RegexOptions.ECMAScript, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserPoolIdPattern { get; }

    [GeneratedRegex(@"\A" + ArnText + @"\z", RegexOptions.ECMAScript, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ArnPattern { get; }

    public static TextShape OfLength(int min, int max) => new(min, max, ".*", _ => true);

    /// <summary>What is wrong with a value, in the words of Cognito's API.</summary>
    public IEnumerable<string> Violations(string? value)
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

    /// <exception cref="ArgumentException">The value has another shape. The message does not repeat it: it may be a secret.</exception>
    public string Require(string value, string member)
    {
        ArgumentNullException.ThrowIfNull(value, member);
        if (Violations(value).FirstOrDefault() is { } violation)
            throw new ArgumentException($"{member}: {violation}.", nameof(value));
        return value;
    }

    private static Func<string, bool> OnlyFrom(SearchValues<char> alphabet) =>
        value => value.Length > 0 && !value.AsSpan().ContainsAnyExcept(alphabet);

    // Letters, marks, symbols, numbers and punctuation, each possibly of two UTF-16 units: anything but spaces and controls.
    private static bool IsVisible(string value) =>
        value.Length > 0 && value.EnumerateRunes().All(rune => !Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune));

    private static string PrintableExcept(string excluded) =>
        new([.. Enumerable.Range('!', '~' - '!' + 1).Select(c => (char)c).Except(excluded)]);
}
