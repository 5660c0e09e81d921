namespace CognitoM2M.Cli.Output;

/// <summary>Text that moves no cursor and changes no colour, whoever wrote it: names and messages come from the service.</summary>
internal static class PlainText
{
    public static string Of(string text) =>
        text.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0 && text.AsSpan().IndexOfAnyInRange('\u007f', '\u009f') < 0
            ? text
            : string.Concat(text.Select(character => char.IsControl(character) && character is not ('\n' or '\r' or '\t') ? '\ufffd' : character));
}
