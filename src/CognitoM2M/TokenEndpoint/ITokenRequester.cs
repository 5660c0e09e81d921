using CognitoM2M.Tokens;

namespace CognitoM2M.TokenEndpoint;

/// <summary>Requests a token from Cognito with a secret.</summary>
internal interface ITokenRequester
{
    /// <summary>Requests a token. Every outcome that can be expected is a value.</summary>
    Task<FetchOutcome> RequestAsync(string secret, FetchOrder order);
}
