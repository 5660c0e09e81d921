namespace CognitoM2M.Provisioning;

/// <summary>Settings of <see cref="CognitoProvisioner.PlanAsync"/>.</summary>
public sealed class PlanOptions
{
    /// <summary>
    /// Whether the plan may take over a user pool without the tag <see cref="OwnershipTag.Key"/>. Applying the plan adds the tag with the
    /// value <see cref="OwnershipTag.Adopted"/>: blueprints may then change the user pool, and destroying leaves it. In a
    /// user pool that the blueprint calls external, which never gets the tag, the plan may change app clients and resource servers that exist
    /// under a name of the blueprint with other settings.
    /// </summary>
    /// <value>
    /// <see langword="false"/> by default: planning fails with <see cref="ProvisioningError.AdoptionRequired"/> if the plan would take over a user pool, or
    /// would change an app client or a resource server that it found by name in an external user pool.
    /// </value>
    public bool Adopt { get; set; }

    /// <summary>Whether the plan deletes resource servers, app clients and domains that the blueprint does not name.</summary>
    /// <value><see langword="false"/> by default: <see cref="ProvisioningPlan.Unmanaged"/> lists them, and they stay.</value>
    public bool Prune { get; set; }
}
