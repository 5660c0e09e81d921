namespace CognitoM2M.Emulator.JsonApi.Shapes;

/// <summary>What the emulator does with a member of an input. The page docs/emulator.md has a table of all members.</summary>
internal enum MemberUse
{
    /// <summary>The member changes what the emulator does.</summary>
    Effect,

    /// <summary>Descriptions return the member. It changes nothing that an app client or a user who signs in could notice.</summary>
    Kept,

    /// <summary>The member is accepted and dropped, because it is for something that the emulator refuses by name elsewhere or does not do.</summary>
    Unused,

    /// <summary>The member is refused by name.</summary>
    Refused,

    /// <summary>
    /// The member belongs to descriptions. Inputs accept it with the value of the description, because a caller may send a whole description
    /// back.
    /// </summary>
    Described,
}
