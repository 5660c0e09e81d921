namespace CognitoM2M.Provisioning;

/// <summary>Says what is being done, if somebody listens.</summary>
internal sealed class ProgressReport(IProgress<ProvisioningProgress>? listener)
{
    public void Read(string what, int completed = 0, int total = 0) => Say(ProvisioningActivity.Reading, $"reading {what}", completed, total);

    public void Change(string what, int completed, int total) => Say(ProvisioningActivity.Changing, what, completed, total);

    public void Wait(string what, int completed = 0, int total = 0) => Say(ProvisioningActivity.Waiting, $"waiting for {what}", completed, total);

    private void Say(ProvisioningActivity activity, string message, int completed, int total) =>
        listener?.Report(new(activity, message, completed, total));
}
