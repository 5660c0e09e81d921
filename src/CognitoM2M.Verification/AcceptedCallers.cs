namespace CognitoM2M.Verification;

/// <summary>Whose access tokens are accepted.</summary>
public enum AcceptedCallers
{
    /// <summary>Tokens of machines and tokens of users, and tokens that do not say clearly which of the two they are.</summary>
    MachinesAndUsers = 0,

    /// <summary>Tokens of machines only (<see cref="CognitoAccessTokenClaims.IsMachine"/>).</summary>
    Machines = 1,

    /// <summary>Tokens of users only (<see cref="CognitoAccessTokenClaims.IsUser"/>).</summary>
    Users = 2,
}
