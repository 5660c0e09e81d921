using System.Text;

namespace CognitoM2M.Verification.Diagnostics;

/// <summary>
/// Quotes text in messages that an attacker may have chosen: cut to 100 characters, and with a question mark for every character that is
/// not printable ASCII, so that the text cannot look like another line of a log.
/// </summary>
internal static class SafeText
{
    private const int MaxCharacters = 100;
    private const int MaxTexts = 5;

    public static string Quote(string text)
    {
        var quoted = new StringBuilder(Math.Min(text.Length, MaxCharacters) + 5).Append('\'');
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, MaxCharacters)))
            quoted.Append(c is >= ' ' and <= '~' ? c : '?');
        return quoted.Append(text.Length > MaxCharacters ? "...'" : "'").ToString();
    }

    /// <summary>Quotes the first five texts, and says how many more there are.</summary>
    public static string QuoteSome(IReadOnlyCollection<string> texts) =>
        string.Join(", ", texts.Take(MaxTexts).Select(Quote)) + (texts.Count > MaxTexts ? $" and {texts.Count - MaxTexts} more" : "");
}
