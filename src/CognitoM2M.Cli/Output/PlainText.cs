using System.Globalization;

namespace CognitoM2M.Cli.Output;

/// <summary>
/// Removes control characters from text before a terminal shows it. Names and messages come from the service, and control characters in
/// them could move the cursor, change colours or reverse the direction of text.
/// </summary>
internal static class PlainText
{
    public static string RemoveControls(string text) =>
        text.Any(IsControl) ? string.Concat(text.ReplaceLineEndings("\n").Select(ReplaceControl)) : text;

    private static char ReplaceControl(char character) => IsControl(character) && character is not ('\n' or '\t') ? '\ufffd' : character;

    // Characters of category Format can reverse the direction of the text after them.
    private static bool IsControl(char character) => char.IsControl(character) || char.GetUnicodeCategory(character) == UnicodeCategory.Format;
}
