namespace CognitoM2M;

/// <summary>Whether a token is fetched while the host starts.</summary>
public enum CognitoWarmUp
{
    /// <summary>The first call fetches the token.</summary>
    None,

    /// <summary>Fetched while the host starts; a failure is logged and the host starts all the same.</summary>
    BestEffort,

    /// <summary>Fetched while the host starts; a failure stops the host.</summary>
    Required,
}
