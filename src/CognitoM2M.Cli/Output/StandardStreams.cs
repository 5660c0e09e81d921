namespace CognitoM2M.Cli.Output;

/// <summary>Standard output and standard error, and which of the standard streams are terminals.</summary>
internal sealed record StandardStreams(
    TextWriter Output, bool IsOutputTerminal, TextWriter Error, bool IsErrorTerminal, bool IsInputTerminal)
{
    public static StandardStreams ReadFromConsole() => new(
        Console.Out, !Console.IsOutputRedirected, Console.Error, !Console.IsErrorRedirected, !Console.IsInputRedirected);
}
