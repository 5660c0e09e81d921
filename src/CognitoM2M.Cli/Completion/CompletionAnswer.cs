using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;

namespace CognitoM2M.Cli.Completion;

/// <summary>
/// Answers a shell that asks how a command line can go on: <c>cognito-m2m "[suggest:8]" "apply --"</c>. The answer comes from the commands
/// themselves, so it fits the version of the tool that is installed.
/// </summary>
/// <param name="question">The directive that holds the position of the cursor.</param>
internal sealed class CompletionAnswer(SuggestDirective question) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var line = parseResult.Tokens.LastOrDefault(token => token.Type != TokenType.Directive)?.Value ?? "";
        if (parseResult.GetResult(question)?.Values is [var position, ..]
            && int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length < line.Length)
        {
            line = line[..length];
        }

        foreach (var word in Find(parseResult.RootCommandResult.Command, line, parseResult.Configuration))
            parseResult.InvocationConfiguration.Output.WriteLine(word);
        return (int)ExitCode.Success;
    }

    /// <summary>The words that a line without the name of the tool can go on with. Empty where the shell should name files.</summary>
    private static IEnumerable<string> Find(Command root, string line, ParserConfiguration parsing)
    {
        var begun = line[(line.LastIndexOf(' ') + 1)..];
        return root.Parse(line, parsing)
            .GetCompletions(line.Length)
            .Select(item => item.Label)
            .Where(word => word.StartsWith(begun, StringComparison.OrdinalIgnoreCase) && MayFollow(begun, word))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
    }

    // Options are shown when the user has begun one. Short forms and /h need no completion.
    private static bool MayFollow(string begun, string word) =>
        begun.StartsWith('-') ? word.StartsWith("--", StringComparison.Ordinal) : word.Length > 0 && word[0] is not ('-' or '/');
}
