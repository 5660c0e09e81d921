namespace CognitoM2M.Provisioning;

/// <summary>Settings of <see cref="CognitoProvisioner.PlanDestroyAsync"/>.</summary>
public sealed class DestroyOptions
{
    /// <summary>
    /// Whether the plan may delete what the blueprint names in a user pool without the tag <see cref="OwnershipTag.Key"/>, or in one that the
    /// blueprint calls external. The user pool itself stays. In an external user pool, app clients whose ids the blueprint gives need no allowance.
    /// </summary>
    /// <value><see langword="false"/> by default: such a user pool is an error (<see cref="ProvisioningError.AdoptionRequired"/>).</value>
    public bool AllowUntaggedUserPool { get; set; }

    /// <summary>
    /// Whether the plan deletes the user pool with everything in it: users, and what others have made. A user pool without the tag needs
    /// <see cref="AllowUntaggedUserPool"/> as well. A user pool that the blueprint calls external stays.
    /// </summary>
    /// <value>
    /// <see langword="false"/> by default: the user pool is deleted only if it was created from a blueprint and nothing is in it that the
    /// blueprint does not name. <see cref="ProvisioningPlan.Staying"/> says why it stays.
    /// </value>
    public bool AllowWholeUserPool { get; set; }

    /// <summary>Whether a plan that deletes the user pool switches deletion protection off first.</summary>
    /// <value><see langword="false"/> by default: a protected user pool that would be deleted is an error (<see cref="ProvisioningError.DeletionProtected"/>).</value>
    public bool OverrideDeletionProtection { get; set; }
}
