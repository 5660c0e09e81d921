namespace CognitoM2M.Provisioning;

/// <summary>What provisioning is doing.</summary>
/// <param name="Activity">Reading, changing or waiting.</param>
/// <param name="Message">One line for people; holds no secret.</param>
/// <param name="Completed">How many of <paramref name="Total"/> are done.</param>
/// <param name="Total">0 if not known.</param>
public sealed record ProvisioningProgress(ProvisioningActivity Activity, string Message, int Completed, int Total);

/// <summary>Kinds of activity.</summary>
public enum ProvisioningActivity
{
    /// <summary>What exists is being read.</summary>
    Reading,

    /// <summary>Steps of a plan are being carried out.</summary>
    Changing,

    /// <summary>Something takes its time: a domain, an app client's first token.</summary>
    Waiting,
}
