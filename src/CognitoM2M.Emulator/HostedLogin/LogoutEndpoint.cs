using CognitoM2M.Emulator.OAuth2;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator.HostedLogin;

/// <summary>
/// <c>GET /logout</c>: ends the session of the browser, and sends it to <c>logout_uri</c>, or with <c>redirect_uri</c> to the sign-in form.
/// Tokens stay valid.
/// </summary>
internal sealed class LogoutEndpoint(UserPoolDirectory userPools)
{
    public PreparedResponse Handle(BrowserRequest request)
    {
        if (!request.IsGet)
            return PreparedResponse.CreateMethodNotAllowed(HttpMethods.Get);

        try
        {
            if (request.Query.HasRepeatedParameter)
                throw new AuthorizationRefusedException(OAuthError.InvalidRequest, "A parameter is repeated.");
            if (userPools.FindClient(request.Query["client_id"]) is not { } client)
                throw new AuthorizationRefusedException(OAuthError.InvalidRequest, "Client does not exist.");

            return LoginSessions.End(BrowserResponse.CreateRedirect(FindDestination(request, client.Settings)), client.UserPool);
        }
        catch (AuthorizationRefusedException e)
        {
            return BrowserResponse.CreateError(e);
        }
    }

    private string FindDestination(BrowserRequest request, AppClientSettings settings)
    {
        if (request.Query["logout_uri"] is { } logoutUri)
        {
            return RedirectUris.FindLogout(settings, logoutUri)
                ?? throw new AuthorizationRefusedException(
                    "redirect_mismatch", "The logout_uri is not one of the logout URLs of the app client.");
        }

        if (request.Query["redirect_uri"] is null)
            throw new AuthorizationRefusedException(OAuthError.InvalidRequest, "logout_uri or redirect_uri is missing.");
        AuthorizationRequest.Read(request.Query, userPools);
        return LoginEndpoint.Path + request.Query.ToQueryString();
    }
}
