using System.CommandLine;
using CognitoM2M.Cli.Parsing;

namespace CognitoM2M.Cli.Commands;

/// <summary>How much of a plan is shown as text. JSON documents always hold everything.</summary>
internal static class Verbosity
{
    public static Option<bool> CreateOption() => Flag.Create(
        "--verbose", "Show every step with its values, and every app client. [default: one line for more than 10 steps of a kind]");
}
