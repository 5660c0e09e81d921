using CognitoM2M.Shared;
using Spectre.Console;

namespace CognitoM2M.Cli.Output;

/// <summary>
/// Writes results to standard output, and messages and questions to standard error. Each of the two is plain text unless it is a terminal.
/// </summary>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error.</param>
/// <param name="ask">Asks the user a yes-or-no question; null if there is no user to ask.</param>
internal sealed class Terminal(IAnsiConsole output, IAnsiConsole error, Func<string, CancellationToken, Task<bool>>? ask)
{
    /// <summary>Asks the user a yes-or-no question; null if there is no user to ask.</summary>
    public Func<string, CancellationToken, Task<bool>>? Ask { get; } = ask;

    /// <summary>Standard output as a writer, for the help text of System.CommandLine.</summary>
    public TextWriter Output { get; } = output.Profile.Out.Writer;

    /// <summary>Standard error as a console, for progress that changes in place.</summary>
    public IAnsiConsole Error { get; } = error;

    public static Terminal CreateForThisProcess(IReadOnlyDictionary<string, string> variables) =>
        Create(StandardStreams.ReadFromConsole(), variables);

    /// <summary>Creates a terminal. There is a user to ask only if both the question and the answer go through a terminal.</summary>
    public static Terminal Create(StandardStreams streams, IReadOnlyDictionary<string, string> variables)
    {
        var output = Open(streams.Output, streams.IsOutputTerminal, variables);
        // Users copy result lines, so only the terminal itself may wrap them.
        output.Profile.Width = int.MaxValue;

        var error = Open(streams.Error, streams.IsErrorTerminal, variables);
        return new Terminal(output, error, streams is { IsInputTerminal: true, IsErrorTerminal: true } ? AskAsync : null);

        Task<bool> AskAsync(string question, CancellationToken cancellationToken) =>
            new ConfirmationPrompt(Markup.Escape(OneLine.Escape(question))) { DefaultValue = false }.ShowAsync(error, cancellationToken);
    }

    /// <summary>Opens a stream, with colours only on a terminal that understands them and a user who did not set <c>NO_COLOR</c>.</summary>
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
            // Spectre.Console's enrichers would turn colours on for build servers, where the output is a pipe.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
    }

    /// <summary>Writes a line of the result to standard output.</summary>
    public void Result(string line, Style? style = null) => WriteLine(output, line, style);

    /// <summary>Writes JSON text of any number of lines to standard output. Nothing in it is dangerous: <see cref="JsonText"/> has written it.</summary>
    public void Document(string json) => Write(output, json, style: null);

    /// <summary>Writes a message that is not part of the result to standard error. A message that cannot be written changes nothing about the work.</summary>
    public void Say(string line, Style? style = null)
    {
        try
        {
            WriteLine(Error, line, style);
        }
        catch (IOException)
        {
            // A closed pipe, or a full disk: nobody can read the message.
        }
    }

    /// <summary>Writes one line, whatever the text holds.</summary>
    private static void WriteLine(IAnsiConsole console, string line, Style? style) => Write(console, EscapeCommand(OneLine.Escape(line)), style);

    // A line that begins with :: is a command for GitHub Actions, also behind blanks.
    private static string EscapeCommand(string line)
    {
        var start = line.Length - line.TrimStart().Length;
        return line.AsSpan(start).StartsWith("::", StringComparison.Ordinal) ? $@"{line[..start]}\u003A{line[(start + 1)..]}" : line;
    }

    private static void Write(IAnsiConsole console, string text, Style? style)
    {
        if (console.Profile.Capabilities.Ansi)
            console.Write(new Text(text + Environment.NewLine, style));
        else
            console.Profile.Out.Writer.WriteLine(text); // Spectre.Console would wrap the line at 80 characters, and a pipe has no width.

        console.Profile.Out.Writer.Flush();
    }
}
