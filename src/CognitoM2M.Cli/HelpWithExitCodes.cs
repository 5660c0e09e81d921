using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.ComponentModel;
using System.Reflection;

namespace CognitoM2M.Cli;

/// <summary>The help of System.CommandLine, followed by the list of exit codes.</summary>
internal sealed class HelpWithExitCodes(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Exit codes:");
        foreach (var code in Enum.GetValues<ExitCode>())
            output.WriteLine($"  {(int)code,3}  {Describe(code)}");
        output.WriteLine();
        return exitCode;
    }

    public static string Describe(ExitCode code) =>
        typeof(ExitCode).GetField(code.ToString())!.GetCustomAttribute<DescriptionAttribute>()!.Description;
}
