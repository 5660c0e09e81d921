namespace CognitoM2M.Cli;

/// <summary>A command cannot continue, for a reason that the tool itself found.</summary>
/// <param name="code">The exit code.</param>
/// <param name="message">What happened, then what to do, in one line.</param>
/// <param name="details">What belongs to the message, each item in one line.</param>
internal sealed class ToolException(ExitCode code, string message, IReadOnlyList<string>? details = null) : Exception(message)
{
    public ExitCode Code { get; } = code;

    public IReadOnlyList<string> Details { get; } = details ?? [];

    /// <summary>Creates an exception of several messages of equal weight.</summary>
    public static ToolException Create(ExitCode code, IReadOnlyList<string> messages) => new(code, messages[0], [.. messages.Skip(1)]);
}
