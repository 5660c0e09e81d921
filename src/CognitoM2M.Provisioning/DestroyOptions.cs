namespace CognitoM2M.Provisioning;

/// <summary>Settings of <see cref="CognitoProvisioner.PlanDestroyAsync"/>.</summary>
public sealed class DestroyOptions
{
    /// <summary>Whether the plan may delete a user pool without the tag <see cref="OwnershipTag.Key"/>, which was not made from a blueprint.</summary>
    /// <value><see langword="false"/> by default: such a user pool is an error (<see cref="ProvisioningError.AdoptionRequired"/>).</value>
    public bool AllowUntaggedUserPool { get; set; }

    /// <summary>Whether the plan switches deletion protection off first.</summary>
    /// <value><see langword="false"/> by default: a protected user pool is an error (<see cref="ProvisioningError.DeletionProtected"/>).</value>
    public bool OverrideDeletionProtection { get; set; }
}
