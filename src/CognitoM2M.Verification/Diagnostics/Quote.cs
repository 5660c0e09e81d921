using System.Text;

namespace CognitoM2M.Verification.Diagnostics;

/// <summary>Puts text that strangers chose into messages: short, and of characters that cannot pretend to be another line of a log.</summary>
internal static class Quote
{
    private const int Longest = 100;
    private const int Most = 5;

    public static string Of(string text)
    {
        var quoted = new StringBuilder(text.Length < Longest ? text.Length + 2 : Longest + 5).Append('\'');
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, Longest)))
            quoted.Append(c is >= ' ' and <= '~' ? c : '?');
        return quoted.Append(text.Length > Longest ? "...'" : "'").ToString();
    }

    /// <summary>The first few of many.</summary>
    public static string Some(IReadOnlyCollection<string> texts) =>
        string.Join(", ", texts.Take(Most).Select(Of)) + (texts.Count > Most ? $" and {texts.Count - Most} more" : "");
}
