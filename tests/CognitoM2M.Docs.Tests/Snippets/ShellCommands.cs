using System.Text;

namespace CognitoM2M.Docs.Tests.Snippets;

/// <summary>Finds the commands of the tool in the code of a page, and divides them into words as a shell does.</summary>
internal static class ShellCommands
{
    private const string Tool = "cognito-m2m ";

    // What readers have in their shell, or put into a file, in place of these.
    private static readonly Dictionary<string, string> _values = new(StringComparer.Ordinal)
    {
        ["$ACCOUNT"] = "123456789012",
        ["$SECRETS"] = "/acme/m2m",
        ["@SECRETS@"] = "/acme/m2m",
    };

    /// <summary>The words of each command behind the name of the tool.</summary>
    public static IEnumerable<string[]> Find(string page)
    {
        foreach (var line in ListCodeLines(page))
        {
            for (var start = line.IndexOf(Tool, StringComparison.Ordinal); start >= 0; start = line.IndexOf(Tool, start + 1, StringComparison.Ordinal))
            {
                if (StartsCommand(line[..start]))
                    yield return Split(line[(start + Tool.Length)..]);
            }
        }
    }

    // At the start of a line, after a prompt or the key of a YAML file, or after what joins commands.
    private static bool StartsCommand(string before) =>
        before.Trim() is "" or "$" or ">" || before.TrimEnd() is var text && (text.EndsWith('|') || text.EndsWith('(') || text.EndsWith(';') || text.EndsWith("&&", StringComparison.Ordinal) || text.EndsWith("run:", StringComparison.Ordinal));

    /// <summary>The lines of fenced and indented code. Lines that a backslash joins are one line.</summary>
    private static IEnumerable<string> ListCodeLines(string page)
    {
        var isFenced = false;
        var joined = "";
        foreach (var line in page.Split('\n'))
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                isFenced = !isFenced;
            }
            else if (isFenced || joined.Length > 0 || line.StartsWith("    ", StringComparison.Ordinal))
            {
                joined += line.TrimEnd('\\', ' ');
                if (line.TrimEnd().EndsWith('\\'))
                    continue;
                yield return joined;
                joined = "";
            }
        }
    }

    private static string[] Split(string command)
    {
        foreach (var (name, value) in _values)
            command = command.Replace(name, value, StringComparison.Ordinal);

        var words = new List<string>();
        var word = new StringBuilder();
        var quote = '\0';
        foreach (var letter in command)
        {
            if (quote == '\0' && letter is '|' or ';' or '&' or '>' or '<' or ')' or '#')
            {
                // The number of a stream belongs to the redirection behind it.
                if (letter == '>' && word.ToString() is "1" or "2")
                    word.Clear();
                break;
            }

            if (letter == quote)
                quote = '\0';
            else if (quote == '\0' && letter is '\'' or '"')
                quote = letter;
            else if (quote == '\0' && letter == ' ')
                AddWord();
            else
                word.Append(letter);
        }

        AddWord();
        return [.. words];

        void AddWord()
        {
            if (word.Length > 0)
                words.Add(word.ToString());
            word.Clear();
        }
    }
}
