namespace CognitoM2M.Tokens;

/// <summary>Why a token is fetched.</summary>
internal enum FetchReason
{
    /// <summary>No usable token was held. Callers wait.</summary>
    Cold,

    /// <summary>The renewal of the held token is due. Nobody waits.</summary>
    Renewal,

    /// <summary>A receiver rejected the held token.</summary>
    Rejected,

    /// <summary>The caller asked for a new token.</summary>
    Forced,
}
