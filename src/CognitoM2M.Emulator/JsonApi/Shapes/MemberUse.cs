namespace CognitoM2M.Emulator.JsonApi.Shapes;

/// <summary>What the emulator does with a member of an input. The page docs/emulator.md has a table of all members.</summary>
internal enum MemberUse
{
    /// <summary>The member changes what the emulator does.</summary>
    Effect,

    /// <summary>Descriptions return the member. It changes nothing that an app client or a user who signs in could notice.</summary>
    Kept,

    /// <summary>The member is accepted and dropped, because it belongs to a feature that the emulator refuses elsewhere or does not have.</summary>
    Unused,

    /// <summary>The member is refused. The error names the member.</summary>
    Refused,

    /// <summary>
    /// Descriptions return the member, and updates cannot change it. An update accepts the value of the description, because a caller may send
    /// a whole description back.
    /// </summary>
    Described,
}
