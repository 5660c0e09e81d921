using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Tokens;

namespace CognitoM2M.Emulator;

/// <content>How tokens are issued and signed.</content>
public sealed partial class EmulatedUserPool
{
    private volatile Action<EmulatedTokenIssuance>? _onTokenIssuing;

    /// <summary>
    /// Called for each access token before it is signed. The handler may change claims and scopes, as Cognito's pre token generation trigger does.
    /// </summary>
    /// <value>
    /// Null by default: nothing is changed. The handler takes the place of the function that the pool names in <c>LambdaConfig</c>, which the
    /// emulator cannot call. Without a handler, token requests for a pool with such a function fail, unless the app client has
    /// <see cref="EmulatedAppClient.AccessTokenClaims"/>. The handler is called by several threads at once. If it throws, the token request fails: at the token endpoint with
    /// <c>invalid_request</c>, in <c>GetClientToken</c> with <c>UserLambdaValidationException</c>. The response holds the exception's message.
    /// </value>
    public Action<EmulatedTokenIssuance>? OnTokenIssuing
    {
        get => _onTokenIssuing;
        set => _onTokenIssuing = value;
    }

    /// <summary>Signs a token with claims of your choice. Nothing is checked, so that a test can make tokens that an API must reject.</summary>
    /// <param name="claims">The payload of the token.</param>
    /// <param name="withIdTokenKey">True to sign with the key of ID tokens. Both keys are in the pool's key set.</param>
    /// <returns>The token: a JSON Web Signature in compact form, signed with RS256.</returns>
    /// <remarks>The first call generates the key, which takes up to half a second.</remarks>
    public string SignToken(JsonObject claims, bool withIdTokenKey = false)
    {
        ArgumentNullException.ThrowIfNull(claims);
        var key = withIdTokenKey ? SigningKeys.GetIdTokenKeyAsync() : SigningKeys.GetAccessTokenKeyAsync();
#pragma warning disable VSTHRD002 // No deadlock: a key is generated on a pool thread and needs no context.
        return SignedJwt.Create(key.GetAwaiter().GetResult(), claims);
#pragma warning restore VSTHRD002
    }

    /// <summary>Replaces the key that signs access tokens.</summary>
    /// <param name="withdrawOldKeys">
    /// True to remove the former keys from the published key set, so that tokens signed with them can no longer be verified. False to keep
    /// publishing the former keys.
    /// </param>
    public void RotateSigningKey(bool withdrawOldKeys) => _directory.Change(() => SigningKeys.Rotate(withdrawOldKeys));
}
