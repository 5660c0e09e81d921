using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Output;

/// <summary>Knows how long the present activity lasts. Not safe for use by several threads.</summary>
internal sealed class ActivityTime(TimeProvider time)
{
    private ProvisioningActivity? _activity;
    private long _beganAt = time.GetTimestamp();

    /// <summary>How long the activity lasts.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_beganAt);

    /// <summary>Takes note of a report. Another activity begins anew.</summary>
    public void Observe(ProvisioningProgress progress)
    {
        if (progress.Activity == _activity)
            return;

        (_activity, _beganAt) = (progress.Activity, time.GetTimestamp());
    }
}
