namespace CognitoM2M.Tokens;

/// <summary>Obtains one kind of token. Never throws.</summary>
internal interface ITokenFetcher
{
    Task<FetchOutcome> FetchAsync(FetchOrder order);
}
