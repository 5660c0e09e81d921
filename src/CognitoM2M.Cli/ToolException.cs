namespace CognitoM2M.Cli;

/// <summary>A command cannot go on, for a reason of the tool's own.</summary>
/// <param name="code">The class of the failure.</param>
/// <param name="message">What is wrong and what to do about it.</param>
internal sealed class ToolException(ExitCode code, string message) : Exception(message)
{
    public ExitCode Code { get; } = code;
}
