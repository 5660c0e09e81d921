namespace CognitoM2M.AspNetCore;

/// <summary>Which kinds of tokens a scheme accepts.</summary>
public enum AcceptedTokens
{
    /// <summary>Access tokens only.</summary>
    Access = 0,

    /// <summary>ID tokens only.</summary>
    Id = 1,

    /// <summary>Access tokens and ID tokens. The claim <c>token_use</c> says which rules apply to a token.</summary>
    AccessAndId = 2,
}
