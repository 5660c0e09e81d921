using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Output;

/// <summary>Progress as one line of text.</summary>
internal static class ProgressText
{
    public static string Describe(ProvisioningProgress progress) => progress.Total > 0
        ? $"[{Math.Min(progress.Completed + 1, progress.Total)}/{progress.Total}] {progress.Message}"
        : progress.Message;
}
