namespace CognitoM2M.Provisioning;

/// <summary>What provisioning is doing at the moment.</summary>
public sealed record ProvisioningProgress
{
    /// <summary>The kind of activity.</summary>
    public required ProvisioningActivity Activity { get; init; }

    /// <summary>One line for people, such as <c>create app client 'billing'</c>. Holds no secret.</summary>
    public required string Message { get; init; }

    /// <summary>How many items of <see cref="Total"/> are done.</summary>
    public int Completed { get; init; }

    /// <summary>How many items there are.</summary>
    /// <value>0 if the number is not known.</value>
    public int Total { get; init; }
}

/// <summary>Kinds of activity.</summary>
public enum ProvisioningActivity
{
    /// <summary>What exists is being read.</summary>
    Reading,

    /// <summary>A step of a plan or of a rotation is being carried out.</summary>
    Changing,

    /// <summary>Provisioning waits: until a deleted domain is gone, or until an app client gets its first token.</summary>
    Waiting,
}
