using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Output;

/// <summary>Progress as one line of text.</summary>
internal static class ProgressText
{
    public static string Describe(ProvisioningProgress progress) => progress.Total > 0
        ? $"[{Math.Min(progress.Completed + 1, progress.Total)}/{progress.Total}] {progress.Message}"
        : progress.Message;

    /// <summary>The line with the time that a wait has taken, so that the user sees that the wait goes on. Other work has steps instead.</summary>
    public static string Describe(ProvisioningProgress progress, TimeSpan elapsed) =>
        progress.Activity == ProvisioningActivity.Waiting && elapsed >= TimeSpan.FromSeconds(1)
            ? $"{Describe(progress)} ({DescribeTime(elapsed)} so far)"
            : Describe(progress);

    private static string DescribeTime(TimeSpan time) =>
        time < TimeSpan.FromMinutes(1) ? $"{(int)time.TotalSeconds} s" : $"{(int)time.TotalMinutes} min {time.Seconds} s";
}
