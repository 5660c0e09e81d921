using System.ComponentModel;
using System.Reflection;

namespace CognitoM2M.Cli.Help;

/// <summary>The exit codes with their descriptions. The help and docs/cli.md show what stands at <see cref="ExitCode"/>.</summary>
internal static class ExitCodeTable
{
    public static string Describe(ExitCode code) =>
        typeof(ExitCode).GetField(code.ToString())!.GetCustomAttribute<DescriptionAttribute>()!.Description;

    /// <summary>The table, for people.</summary>
    public static void Write(TextWriter output)
    {
        output.WriteLine("Exit codes:");
        foreach (var code in Enum.GetValues<ExitCode>())
            output.WriteLine($"  {(int)code,3}  {Describe(code)}");
        output.WriteLine();
    }
}
