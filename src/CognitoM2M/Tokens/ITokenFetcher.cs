namespace CognitoM2M.Tokens;

/// <summary>Obtains one kind of token. Never throws.</summary>
internal interface ITokenFetcher
{
    /// <param name="reason">Why the token is fetched.</param>
    /// <param name="mayRepeat">Whether attempts that fail for a transient reason are repeated at once.</param>
    Task<FetchOutcome> FetchAsync(FetchReason reason, bool mayRepeat);
}
