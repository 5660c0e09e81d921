using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.SignIns;

namespace CognitoM2M.Emulator.OAuth2;

/// <summary>The token requests for users: the exchange of an authorization code, and refresh tokens.</summary>
internal sealed class UserGrants(AuthorizationCodes codes, UserTokens tokens)
{
    public const string AuthorizationCode = "authorization_code";
    public const string RefreshToken = "refresh_token";

    /// <param name="client">The app client, which has authenticated itself.</param>
    /// <param name="form">The parameters of the request. The grant type is one of the two.</param>
    /// <param name="cancellationToken">Ends the wait for the signing keys.</param>
    public async Task<PreparedResponse> HandleAsync(EmulatedAppClient client, TokenForm form, CancellationToken cancellationToken)
    {
        // A client with the flow client_credentials gets tokens for itself, and none for users.
        if (client.Settings.AllowsClientCredentials)
            return TokenResponse.CreateError(OAuthError.UnauthorizedClient);
        if (!client.Settings.AllowedOAuthFlowsUserPoolClient)
            return TokenResponse.CreateError(OAuthError.InvalidGrant);
        if (ClientMetadata.Read(form["aws_client_metadata"]) is not { } metadata)
            return TokenResponse.CreateError(OAuthError.InvalidRequest);

        try
        {
            return form["grant_type"] == AuthorizationCode
                ? await ExchangeAsync(client, form, metadata, cancellationToken).ConfigureAwait(false)
                : await RefreshAsync(client, form, metadata, cancellationToken).ConfigureAwait(false);
        }
        catch (RefusedException e) when (e.ErrorName is "NotAuthorizedException" or "RefreshTokenReuseException")
        {
            return TokenResponse.CreateError(OAuthError.InvalidGrant);
        }
        catch (RefusedException e)
        {
            return TokenResponse.CreateError(OAuthError.InvalidRequest, description: e.Message);
        }
    }

    private async Task<PreparedResponse> ExchangeAsync(
        EmulatedAppClient client, TokenForm form, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        if (!client.Settings.AllowsCodeFlow)
            return TokenResponse.CreateError(OAuthError.UnauthorizedClient);
        if (form["code"] is not { } code || form["redirect_uri"] is not { } redirectUri)
            return TokenResponse.CreateError(OAuthError.InvalidRequest);
        if (codes.Take(code) is not { } grant
            || grant.ClientId != client.ClientId
            || grant.RedirectUri != redirectUri
            || !CodeVerifier.Fits(grant.CodeChallenge, form["code_verifier"])
            || client.UserPool.UserList.FindBySub(grant.Sub) is not { IsEnabled: true } user)
            return TokenResponse.CreateError(OAuthError.InvalidGrant);

        var request = new UserTokenRequest(client, user, "TokenGeneration_HostedAuth")
        {
            Scopes = grant.Scopes,
            AuthenticatedAt = grant.AuthenticatedAt,
            Nonce = grant.Nonce,
            ClientMetadata = metadata,
        };
        return TokenResponse.CreateSuccess(await tokens.SignInAsync(request, cancellationToken).ConfigureAwait(false));
    }

    private async Task<PreparedResponse> RefreshAsync(
        EmulatedAppClient client, TokenForm form, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken) =>
        form[RefreshToken] is { } token
            ? TokenResponse.CreateSuccess(await tokens.RefreshAsync(client, token, metadata, cancellationToken).ConfigureAwait(false))
            : TokenResponse.CreateError(OAuthError.InvalidRequest);
}
