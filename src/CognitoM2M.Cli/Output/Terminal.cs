using Spectre.Console;

namespace CognitoM2M.Cli.Output;

/// <summary>
/// Where results, messages and questions go: results to standard output, everything else to standard error. Each is plain text
/// unless it is a terminal.
/// </summary>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error.</param>
/// <param name="ask">Asks a person for a yes or no; null if nobody is there.</param>
internal sealed class Terminal(IAnsiConsole output, IAnsiConsole error, Func<string, CancellationToken, Task<bool>>? ask)
{
    /// <summary>Asks a person for a yes or no; null if nobody is there.</summary>
    public Func<string, CancellationToken, Task<bool>>? Ask { get; } = ask;

    /// <summary>Standard output, for text that is written elsewhere.</summary>
    public TextWriter Output { get; } = output.Profile.Out.Writer;

    /// <summary>Standard error, for what moves.</summary>
    public IAnsiConsole Error { get; } = error;

    public static Terminal ForThisProcess(IReadOnlyDictionary<string, string> variables)
    {
        var output = Open(Console.Out, isTerminal: !Console.IsOutputRedirected, variables);
        // A line is for reading or copying, so the terminal may break it but not the tool.
        output.Profile.Width = int.MaxValue;

        var error = Open(Console.Error, isTerminal: !Console.IsErrorRedirected, variables);
        var hasPerson = !Console.IsInputRedirected && !Console.IsErrorRedirected;
        return new Terminal(output, error, hasPerson ? AskAsync : null);

        Task<bool> AskAsync(string question, CancellationToken cancellationToken) =>
            new ConfirmationPrompt(Markup.Escape(PlainText.Of(question))) { DefaultValue = false }.ShowAsync(error, cancellationToken);
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
