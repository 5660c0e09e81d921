namespace CognitoM2M.Cli.Help;

/// <summary>An example in the help of a command.</summary>
/// <param name="Purpose">What the example does.</param>
/// <param name="Line">The whole line for a shell.</param>
internal sealed record CommandExample(string Purpose, string Line);
