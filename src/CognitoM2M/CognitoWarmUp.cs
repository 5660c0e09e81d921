namespace CognitoM2M;

/// <summary>Whether a token is fetched while the host starts.</summary>
public enum CognitoWarmUp
{
    /// <summary>The token is not fetched while the host starts. The first call fetches it.</summary>
    None,

    /// <summary>The token is fetched while the host starts. The host waits for it no longer than <c>AttemptTimeout</c>. A failure is logged, and the host starts without the token.</summary>
    BestEffort,

    /// <summary>The token is fetched while the host starts. If the fetch fails, the host does not start.</summary>
    Required,
}
