using CognitoM2M.Emulator.Issuance;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Quotas;
using CognitoM2M.Shared;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator.OAuth2;

/// <summary><c>POST /oauth2/token</c>: checks the rules in Cognito's order and issues the token.</summary>
/// <param name="userPools">All user pools. The client id of a request decides to which user pool the request goes.</param>
/// <param name="issuer">Issues the tokens of app clients.</param>
/// <param name="userGrants">Handles requests for tokens of users.</param>
/// <param name="reachability">Tells whether the pool's token endpoint can be found.</param>
/// <param name="throttle">Null if quotas are not enforced.</param>
/// <param name="quotaRegion">Finds the region whose quotas a request uses.</param>
internal sealed class TokenEndpoint(
    UserPoolDirectory userPools,
    AccessTokenIssuer issuer,
    UserGrants userGrants,
    DomainReachability reachability,
    RequestThrottle? throttle,
    QuotaRegion quotaRegion)
{
    /// <returns>Null if the connection must be cut, because the host name of the pool's domain does not resolve yet.</returns>
    public async ValueTask<PreparedResponse?> HandleAsync(TokenRequest request, CancellationToken cancellationToken)
    {
        if (userPools.FindClient(request.Credentials.ClientId) is { UserPool: var pool } && !reachability.CanReach(pool))
            return null;
        if (throttle?.TryTake(FindQuota(request), quotaRegion.Find(null, null, request.Credentials.ClientId), "Token", poolId: null) == false)
            return TokenResponse.CreateError("too_many_requests", StatusCodes.Status429TooManyRequests);

        var contentType = request.Headers.ContentType.ToString();
        if (!HttpMethods.IsPost(request.Method)
            || !MediaTypeRules.Accepts(request.Headers.Accept)
            || !MediaTypeRules.IsReadable(contentType))
            return TokenResponse.CreateMethodNotAllowed();
        if (request.Form is not { } form)
            return TokenResponse.CreateError(OAuthError.InvalidRequest, StatusCodes.Status413PayloadTooLarge);

        if (!MediaTypeRules.IsForm(contentType) || form.HasRepeatedParameter || form["grant_type"] is not { } grantType)
            return TokenResponse.CreateError(OAuthError.InvalidRequest);
        if (grantType is not (AppClientRules.ClientCredentials or UserGrants.AuthorizationCode or UserGrants.RefreshToken))
            return TokenResponse.CreateError(OAuthError.UnsupportedGrantType);
        // Resource binding (RFC 8707) puts another aud into the token. If the emulator ignored the parameter, the token would have a wrong aud.
        if (form["resource"] is not null)
            return TokenResponse.CreateError(OAuthError.InvalidRequest, description: "The emulator does not support the parameter resource.");

        if (request.Credentials.Error is { } error)
            return TokenResponse.CreateError(error);
        if (userPools.FindClient(request.Credentials.ClientId) is not { Settings: var settings } client
            || !request.Credentials.Authenticate(settings))
            return TokenResponse.CreateError(OAuthError.InvalidClient);
        if (grantType != AppClientRules.ClientCredentials)
            return await userGrants.HandleAsync(client, form, cancellationToken).ConfigureAwait(false);

        // A public client cannot get a token for itself.
        if (settings.Secrets.IsEmpty)
            return TokenResponse.CreateError(OAuthError.InvalidClient);
        // Cognito answers invalid_grant here. A frequent mistake: the client lists the flow, but OAuth is switched off for the client.
        if (!settings.AllowedOAuthFlowsUserPoolClient)
            return TokenResponse.CreateError(OAuthError.InvalidGrant);
        if (!settings.AllowsClientCredentials)
            return TokenResponse.CreateError(OAuthError.UnauthorizedClient);
        if (ClientMetadata.Read(form["aws_client_metadata"]) is not { } metadata)
            return TokenResponse.CreateError(OAuthError.InvalidRequest);

        var scopes = ScopeGrant.Decide(client.UserPool, settings, request.RequestedScopes);
        if (scopes.IsEmpty)
            return TokenResponse.CreateError(OAuthError.InvalidScope);

        try
        {
            return TokenResponse.CreateSuccess(await issuer.IssueAsync(client, scopes, metadata, cancellationToken).ConfigureAwait(false));
        }
        catch (RefusedException e)
        {
            // Which error Cognito answers for a failing trigger is unverified. The description helps the author of the handler.
            return TokenResponse.CreateError(OAuthError.InvalidRequest, description: e.Message);
        }
    }

    // Tokens of users count as sign-ins, also those for a refresh token.
    private static RequestQuota FindQuota(TokenRequest request) =>
        request.Form?["grant_type"] is UserGrants.AuthorizationCode or UserGrants.RefreshToken
            ? RequestQuota.UserAuthentication
            : RequestQuota.ClientAuthentication;
}
