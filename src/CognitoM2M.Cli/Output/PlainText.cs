using System.Globalization;

namespace CognitoM2M.Cli.Output;

/// <summary>Text that moves no cursor and changes no colour, whoever wrote it: names and messages come from the service.</summary>
internal static class PlainText
{
    public static string Of(string text) =>
        text.Any(Moves) ? string.Concat(text.ReplaceLineEndings("\n").Select(Printable)) : text;

    private static char Printable(char character) => Moves(character) && character is not ('\n' or '\t') ? '\ufffd' : character;

    // Format characters can turn the direction of what follows.
    private static bool Moves(char character) => char.IsControl(character) || char.GetUnicodeCategory(character) == UnicodeCategory.Format;
}
