using System.Globalization;

namespace CognitoM2M.Secrets;

/// <summary>What a secret is for: its name in messages, and the texts that it can be.</summary>
internal sealed class SecretKind
{
    /// <summary>The secret of an app client.</summary>
    public static readonly SecretKind ClientSecret = new(
        "client secret", maxLength: 1024, text => !text.AsSpan().ContainsAnyExceptInRange('\x21', '\x7E'),
        "has a space, a line break or another character that is not visible ASCII. Copy the whole secret, and nothing else.");

    /// <summary>The password of a user. Cognito allows any characters, and spaces only between others.</summary>
    public static readonly SecretKind Password = new(
        "password", maxLength: 256, text => !text.Any(char.IsControl) && text.AsSpan().Trim().Length == text.Length,
        "has a line break or another control character, or begins or ends with a space. Copy the whole password, and nothing else.");

    private readonly int _maxLength;
    private readonly Func<string, bool> _isWellFormed;
    private readonly string _malformed;

    private SecretKind(string name, int maxLength, Func<string, bool> isWellFormed, string malformed) =>
        (Name, _maxLength, _isWellFormed, _malformed) = (name, maxLength, isWellFormed, malformed);

    /// <summary>The name in the middle of a sentence.</summary>
    public string Name { get; }

    /// <summary>Completes the sentence "... " about a text that cannot be such a secret; null if the text can. Holds nothing of the text.</summary>
    public string? FindError(string text) =>
        text.Length > _maxLength ? $"is longer than {_maxLength.ToString("N0", CultureInfo.InvariantCulture)} characters. Copy the {Name} and nothing else."
        : _isWellFormed(text) ? null
        : _malformed;
}
