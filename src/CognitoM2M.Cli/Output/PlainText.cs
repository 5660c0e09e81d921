namespace CognitoM2M.Cli.Output;

/// <summary>Text that moves no cursor and changes no colour, whoever wrote it: names and messages come from the service.</summary>
internal static class PlainText
{
    public static string Of(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.ReplaceLineEndings("\n").Select(Printable)) : text;

    private static char Printable(char character) => char.IsControl(character) && character is not ('\n' or '\t') ? '\ufffd' : character;
}
