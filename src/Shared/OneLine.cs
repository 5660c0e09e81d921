using System.Globalization;
using System.Text;

namespace CognitoM2M.Shared;

/// <summary>
/// Makes text of a service or of a file safe to show within a line of a terminal or a log. Such text could otherwise begin a line of its own,
/// move the cursor, reverse the direction of text, or give a command to a build server. What is dangerous is shown as a JSON escape such as
/// <c>\n</c> or <c>\u202E</c>.
/// </summary>
internal static class OneLine
{
    /// <summary>The longest value that is shown whole. Every name, scope and description that Cognito accepts is shorter.</summary>
    public const int MaxValueLength = 300;

    private const char ZeroWidthNonJoiner = '\u200C';
    private const char ZeroWidthJoiner = '\u200D';
    private const char Ellipsis = '…';

    /// <summary>A value in one line, cut if it is longer than <see cref="MaxValueLength"/>.</summary>
    public static string Show(string? value) => Write(value ?? "", MaxValueLength);

    /// <summary>A text in one line, of any length.</summary>
    public static string Escape(string text) => Write(text, int.MaxValue);

    private static string Write(string text, int maxLength)
    {
        if (text.Length <= maxLength && !HasDanger(text))
            return text;

        var line = new StringBuilder();
        for (var i = 0; i < text.Length;)
        {
            var length = char.IsSurrogatePair(text, i) ? 2 : 1;
            var written = IsDangerous(text, i) ? Format(text.AsSpan(i, length)) : text.Substring(i, length);
            i += length;
            if (line.Length + written.Length + (i < text.Length ? 1 : 0) > maxLength)
                return line.Append(Ellipsis).ToString();

            line.Append(written);
        }

        return line.ToString();
    }

    private static bool HasDanger(string text)
    {
        for (var i = 0; i < text.Length; i += char.IsSurrogatePair(text, i) ? 2 : 1)
        {
            if (IsDangerous(text, i))
                return true;
        }

        return false;
    }

    private static bool IsDangerous(string text, int index)
    {
        // Build servers take commands such as ##vso[task.setvariable] and ##[error] from the middle of a line, too.
        if (text[index] == '#')
            return index + 1 < text.Length && text[index + 1] == '#';

        // Joiners belong to the spelling of some languages.
        return text[index] is not (ZeroWidthJoiner or ZeroWidthNonJoiner)
            && CharUnicodeInfo.GetUnicodeCategory(text, index) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;
    }

    private static string Format(ReadOnlySpan<char> characters) => characters switch
    {
        ['\n'] => @"\n",
        ['\r'] => @"\r",
        ['\t'] => @"\t",
        [var one] => $@"\u{(int)one:X4}",
        [var high, var low] => $@"\u{(int)high:X4}\u{(int)low:X4}",
        _ => "",
    };
}
