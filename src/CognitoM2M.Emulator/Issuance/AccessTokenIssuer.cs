using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Tokens;

namespace CognitoM2M.Emulator.Issuance;

/// <summary>
/// Issues the access tokens that app clients request for themselves (machine to machine).
/// </summary>
internal sealed class AccessTokenIssuer(TimeProvider timeProvider, TokenRequestCounter counter)
{
    /// <param name="client">The app client.</param>
    /// <param name="scopes">The scopes that were granted.</param>
    /// <param name="clientMetadata">What the caller sent for the trigger.</param>
    /// <param name="cancellationToken">Ends the wait for the signing key.</param>
    /// <exception cref="RefusedException">The handler of the user pool failed or broke a rule.</exception>
    public async Task<IssuedToken> IssueAsync(
        EmulatedAppClient client,
        IReadOnlyList<string> scopes,
        IReadOnlyDictionary<string, string> clientMetadata,
        CancellationToken cancellationToken)
    {
        var key = await client.UserPool.SigningKeys.GetAccessTokenKeyAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var token = SignedJwt.Create(key, AccessTokenClaims.Create(new EmulatedTokenIssuance(client, scopes, clientMetadata), timeProvider));
        counter.CountIssuedToken();
        return new IssuedToken(token, (int)client.Settings.GetLifetime(TokenKind.Access).TotalSeconds);
    }
}
