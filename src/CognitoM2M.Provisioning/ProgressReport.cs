using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning;

/// <summary>Tells the caller's listener, if there is one, what provisioning is doing.</summary>
internal sealed class ProgressReport(IProgress<ProvisioningProgress>? listener)
{
    public void ReportReading(string what, int completed = 0, int total = 0) =>
        Report(ProvisioningActivity.Reading, $"reading {what}", completed, total);

    public void ReportChange(string what, int completed, int total) => Report(ProvisioningActivity.Changing, what, completed, total);

    public void ReportWaiting(string what, int completed = 0, int total = 0) =>
        Report(ProvisioningActivity.Waiting, $"waiting for {what}", completed, total);

    private void Report(ProvisioningActivity activity, string message, int completed, int total) =>
        listener?.Report(new() { Activity = activity, Message = OneLine.Escape(message), Completed = completed, Total = total });
}
