namespace CognitoM2M.Cli.Tests.Running;

/// <summary>A test that starts shells and sends signals. Skipped where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "The test sends signals with the tools of Linux.";
    }
}
