namespace CognitoM2M.Provisioning;

/// <summary>A blueprint that describes a user pool which existed before.</summary>
public sealed record ImportedBlueprint
{
    /// <summary>The blueprint. It names the user pool by its id.</summary>
    public required Blueprint Blueprint { get; init; }

    /// <summary>What the user pool has and the blueprint does not describe, one line for each thing. Provisioning leaves these things alone.</summary>
    /// <value>Users, groups and identity providers are not listed: a blueprint never describes them.</value>
    public required IReadOnlyList<string> NotInBlueprint { get; init; }

    /// <summary>Whether the plan of the blueprint has one step: the user pool lacks the tag <see cref="OwnershipTag.Key"/> and must be adopted first.</summary>
    /// <value>If <see langword="false"/>, the plan is empty.</value>
    public required bool RequiresAdoption { get; init; }
}
