using System.Buffers;

namespace CognitoM2M.Emulator.UserPools;

/// <summary>Length and alphabet of a string, as Cognito's API model states them.</summary>
internal sealed class TextShape(int minLength, int maxLength, string pattern, string alphabet)
{
    private const string Word = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
    private const string Name = Word + " \t\n\v\f\r+=,.@-";

    private readonly SearchValues<char> _alphabet = SearchValues.Create(alphabet);

    public static TextShape PoolName { get; } = new(1, 128, @"[\w\s+=,.@-]+", Name);
    public static TextShape ClientName { get; } = new(1, 128, @"[\w\s+=,.@-]+", Name);
    public static TextShape ClientId { get; } = new(1, 128, @"[\w+]+", Word + "+");
    public static TextShape ClientSecret { get; } = new(24, 64, @"[\w+]+", Word + "+");
    public static TextShape ResourceServerIdentifier { get; } = new(1, 256, @"[\x21\x23-\x5B\x5D-\x7E]+", PrintableExcept("\"\\"));
    public static TextShape ScopeName { get; } = new(1, 256, @"[\x21\x23-\x2E\x30-\x5B\x5D-\x7E]+", PrintableExcept("\"\\/"));
    public static TextShape Scope { get; } = new(1, 256, @"[\x21\x23-\x5B\x5D-\x7E]+", PrintableExcept("\"\\"));

    /// <summary>What is wrong with a value, in the words of Cognito's API.</summary>
    public IEnumerable<string> Violations(string? value)
    {
        if (value is null)
        {
            yield return "Member must not be null";
            yield break;
        }

        if (value.Length > maxLength)
            yield return $"Member must have length less than or equal to {maxLength}";
        if (value.Length < minLength)
            yield return $"Member must have length greater than or equal to {minLength}";
        if (value.Length == 0 || value.AsSpan().ContainsAnyExcept(_alphabet))
            yield return $"Member must satisfy regular expression pattern: {pattern}";
    }

    /// <exception cref="ArgumentException">The value has another shape. The message does not repeat it: it may be a secret.</exception>
    public string Require(string value, string member)
    {
        ArgumentNullException.ThrowIfNull(value, member);
        if (Violations(value).FirstOrDefault() is { } violation)
            throw new ArgumentException($"{member}: {violation}.", nameof(value));
        return value;
    }

    private static string PrintableExcept(string excluded) =>
        new([.. Enumerable.Range('!', '~' - '!' + 1).Select(c => (char)c).Except(excluded)]);
}
