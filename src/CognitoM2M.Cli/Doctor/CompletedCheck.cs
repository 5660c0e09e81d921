namespace CognitoM2M.Cli.Doctor;

/// <summary>A check and what it found.</summary>
internal sealed record CompletedCheck(string Name, CheckResult Result);
