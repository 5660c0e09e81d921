using System.Text.Json;

namespace CognitoM2M.Cli.Tests;

/// <summary>The result of one run of the tool.</summary>
internal sealed record ToolRun(ExitCode Code, string Output, string Error)
{
    /// <summary>Standard output and standard error together.</summary>
    public string Everything => Output + Error;

    /// <summary>The document that the run wrote to standard output.</summary>
    public JsonElement Json => JsonElement.Parse(Output);
}
