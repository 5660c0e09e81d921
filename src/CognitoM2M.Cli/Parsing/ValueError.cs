using System.CommandLine.Parsing;

namespace CognitoM2M.Cli.Parsing;

/// <summary>Reports a wrong value in one sentence that begins with the name of the option or argument.</summary>
internal static class ValueError
{
    public static void Add(ArgumentResult result, string problem)
    {
        var name = result.Parent is OptionResult option ? option.Option.Name : result.Argument.Name;
        result.AddError($"{name}: {problem}");
    }
}
