namespace CognitoM2M.Tokens;

/// <summary>Why a token is fetched.</summary>
internal enum FetchReason
{
    /// <summary>No usable token was held; callers wait.</summary>
    Cold,

    /// <summary>The held token is due; nobody waits.</summary>
    Renewal,

    /// <summary>The API answered 401 to the held token.</summary>
    Rejected,

    /// <summary>The caller asked for a new token.</summary>
    Forced,
}
