using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.SignIns;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator.OAuth2;

/// <summary><c>POST /oauth2/revoke</c>: revokes a refresh token and the access tokens of the same sign-in (RFC 7009).</summary>
internal sealed class RevocationEndpoint(UserPoolDirectory userPools, RefreshTokens refreshTokens)
{
    public PreparedResponse Handle(TokenRequest request)
    {
        if (!HttpMethods.IsPost(request.Method))
            return TokenResponse.CreateMethodNotAllowed();
        if (request.Form is not { } form)
            return TokenResponse.CreateError(OAuthError.InvalidRequest, StatusCodes.Status413PayloadTooLarge);
        if (!MediaTypeRules.IsForm(request.Headers.ContentType.ToString()) || form.HasRepeatedParameter || form["token"] is not { } token)
            return TokenResponse.CreateError(OAuthError.InvalidRequest);

        if (request.Credentials.Error is { } error)
            return TokenResponse.CreateError(error);
        if (userPools.FindClient(request.Credentials.ClientId) is not { } client || !request.Credentials.Authenticate(client.Settings))
            return TokenResponse.CreateError(OAuthError.InvalidClient);
        if (!client.Settings.CanRevokeTokens())
            return TokenResponse.CreateError(OAuthError.InvalidRequest);

        try
        {
            return refreshTokens.Revoke(client, token)
                ? TokenResponse.CreateEmpty()
                : TokenResponse.CreateError(OAuthError.UnsupportedTokenType);
        }
        catch (RefusedException)
        {
            // The token belongs to another client.
            return TokenResponse.CreateError(OAuthError.InvalidGrant);
        }
    }
}
