using Spectre.Console;

namespace CognitoM2M.Cli.Output;

/// <summary>
/// Where results, messages and questions go: results to standard output, everything else to standard error. Each is plain text
/// unless it is a terminal.
/// </summary>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error.</param>
/// <param name="canAsk">Whether a person is there to answer a question.</param>
internal sealed class Terminal(IAnsiConsole output, IAnsiConsole error, bool canAsk)
{
    /// <summary>Whether a person is there to answer a question.</summary>
    public bool CanAsk { get; } = canAsk;

    /// <summary>Standard output, for text that is written elsewhere.</summary>
    public TextWriter Output { get; } = output.Profile.Out.Writer;

    /// <summary>Standard error, for what moves: progress and questions.</summary>
    public IAnsiConsole Error { get; } = error;

    public static Terminal ForThisProcess(IReadOnlyDictionary<string, string> variables)
    {
        var output = Open(Console.Out, isTerminal: !Console.IsOutputRedirected, variables);
        // A line is for reading or copying, so the terminal may break it but not the tool.
        output.Profile.Width = int.MaxValue;

        var error = Open(Console.Error, isTerminal: !Console.IsErrorRedirected, variables);
        return new Terminal(output, error, canAsk: !Console.IsInputRedirected && !Console.IsErrorRedirected);
    }

    /// <summary>Opens a stream.</summary>
    public static IAnsiConsole Open(TextWriter writer, bool isTerminal, IReadOnlyDictionary<string, string> variables)
    {
        var understandsAnsi = isTerminal && variables.GetValueOrDefault("TERM") != "dumb";
        var isColoured = understandsAnsi && string.IsNullOrEmpty(variables.GetValueOrDefault("NO_COLOR"));

        return AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = understandsAnsi ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isColoured ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
            // Build servers are not terminals, whatever colours they could show.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
    }

    /// <summary>Writes a line of the result.</summary>
    public void Result(string line, Style? style = null) => Write(output, line, style);

    /// <summary>Writes a message that is not part of the result.</summary>
    public void Say(string line, Style? style = null) => Write(Error, line, style);

    private static void Write(IAnsiConsole console, string line, Style? style)
    {
        line = PlainText.Of(line);
        if (console.Profile.Capabilities.Ansi)
            console.Write(new Text(line + Environment.NewLine, style));
        else
            console.Profile.Out.Writer.WriteLine(line); // As it is: a pipe has no width.

        console.Profile.Out.Writer.Flush();
    }
}
