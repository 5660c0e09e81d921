using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Quotas;
using CognitoM2M.Emulator.Tokens;
using CognitoM2M.Shared;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator.OAuth2;

/// <summary><c>POST /oauth2/token</c>: the rules, in the order in which they decide.</summary>
/// <param name="userPools">Where the pool is found, by the client id.</param>
/// <param name="issuer">Makes the tokens.</param>
/// <param name="reachability">Whether there is an endpoint for the pool at all.</param>
/// <param name="quotas">Null if requests are not held to quotas.</param>
internal sealed class TokenEndpoint(
    UserPoolDirectory userPools, AccessTokenIssuer issuer, DomainReachability reachability, RequestQuotas? quotas)
{
    /// <returns>Null if there is nobody to answer: the pool's domain cannot be found.</returns>
    public async ValueTask<HttpAnswer?> AnswerAsync(TokenRequest request, CancellationToken cancellationToken)
    {
        if (userPools.FindClient(request.Credentials.ClientId) is { UserPool: var pool } && !reachability.CanReach(pool))
            return null;
        if (quotas?.TryTake(RequestQuota.ClientAuthentication, "Token", poolId: null) == false)
            return TokenAnswer.Refused("too_many_requests", StatusCodes.Status429TooManyRequests);

        var contentType = request.Headers.ContentType.ToString();
        if (!HttpMethods.IsPost(request.Method)
            || !MediaTypeRules.Accepts(request.Headers.Accept)
            || !MediaTypeRules.IsReadable(contentType))
            return TokenAnswer.MethodNotAllowed();
        if (request.Form is not { } form)
            return TokenAnswer.Refused(OAuthError.InvalidRequest, StatusCodes.Status413PayloadTooLarge);

        if (!MediaTypeRules.IsForm(contentType) || form.HasRepeatedParameter || form["grant_type"] is not { } grantType)
            return TokenAnswer.Refused(OAuthError.InvalidRequest);
        if (grantType is not (AppClientRules.ClientCredentials or "authorization_code" or "refresh_token"))
            return TokenAnswer.Refused(OAuthError.UnsupportedGrantType);

        if (request.Credentials.Error is { } error)
            return TokenAnswer.Refused(error);
        if (userPools.FindClient(request.Credentials.ClientId) is not { Settings: var settings } client
            || !settings.HasSecret(request.Credentials.ClientSecret))
            return TokenAnswer.Refused(OAuthError.InvalidClient);

        if (grantType != AppClientRules.ClientCredentials)
            return TokenAnswer.Refused(OAuthError.UnauthorizedClient);
        // Cognito's own wording, and a well-known trap: the flows show on the client but are not switched on.
        if (!settings.AllowedOAuthFlowsUserPoolClient)
            return TokenAnswer.Refused(OAuthError.InvalidGrant);
        if (!settings.AllowsClientCredentials)
            return TokenAnswer.Refused(OAuthError.UnauthorizedClient);
        if (!ClientMetadata.IsValid(form["aws_client_metadata"]))
            return TokenAnswer.Refused(OAuthError.InvalidRequest);

        var requested = form["scope"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var scopes = ScopeGrant.Decide(client.UserPool, settings, requested);
        if (scopes.IsEmpty)
            return TokenAnswer.Refused(OAuthError.InvalidScope);

        var token = await issuer.IssueAsync(client, settings.Lifetime(TokenKind.Access), scopes, cancellationToken).ConfigureAwait(false);
        return TokenAnswer.Issued(token);
    }
}
