namespace CognitoM2M.Cli;

/// <summary>A command cannot continue, for a reason that the tool itself found.</summary>
/// <param name="code">The exit code.</param>
/// <param name="message">What happened, then what to do.</param>
internal sealed class ToolException(ExitCode code, string message) : Exception(message)
{
    public ExitCode Code { get; } = code;
}
