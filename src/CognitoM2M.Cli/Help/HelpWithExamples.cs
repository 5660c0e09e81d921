using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using CognitoM2M.Cli.Parsing;

namespace CognitoM2M.Cli.Help;

/// <summary>The help of System.CommandLine, followed by examples.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in CommandExamples.Find(CommandPath.Find(parseResult.CommandResult.Command)))
        {
            output.WriteLine($"  {example.Purpose}:");
            output.WriteLine($"    {example.Line}");
        }

        output.WriteLine();
        output.WriteLine("Exit codes: see 'cognito-m2m help exit-codes'.");
        output.WriteLine();
        return exitCode;
    }
}
