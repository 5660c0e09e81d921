using CognitoM2M.Emulator.OAuth2;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator.HostedLogin;

/// <summary>
/// <c>GET /oauth2/authorize</c>: sends the browser to the sign-in form, or back to the app client with a code if the user has signed in
/// already.
/// </summary>
internal sealed class AuthorizeEndpoint(UserPoolDirectory userPools, AuthorizationCodes codes, LoginSessions sessions)
{
    public PreparedResponse Handle(BrowserRequest request)
    {
        if (!request.IsGet)
            return PreparedResponse.CreateMethodNotAllowed(HttpMethods.Get);

        try
        {
            var authorization = AuthorizationRequest.Read(request.Query, userPools);
            var prompts = request.Query["prompt"]?.Split(' ') ?? [];
            var session = sessions.Find(authorization.Client.UserPool, request.Cookies);
            if (session is var (user, at) && !prompts.Contains("login", StringComparer.Ordinal))
                return SendCode(authorization, codes, user.Sub, at);
            if (prompts.Contains("none", StringComparer.Ordinal))
            {
                throw new AuthorizationRefusedException("login_required", "Nobody has signed in with this browser.")
                {
                    RedirectUri = authorization.RedirectUri,
                    State = authorization.State,
                };
            }

            return BrowserResponse.CreateRedirect(LoginEndpoint.Path + request.Query.ToQueryString());
        }
        catch (AuthorizationRefusedException e)
        {
            return BrowserResponse.CreateError(e);
        }
    }

    /// <summary>Sends the browser to the app client with a new code.</summary>
    public static PreparedResponse SendCode(
        AuthorizationRequest authorization, AuthorizationCodes codes, string sub, DateTimeOffset authenticatedAt)
    {
        var code = codes.Create(authorization.CreateGrant(sub, authenticatedAt));
        return BrowserResponse.CreateRedirect(
            BrowserResponse.AddParameters(authorization.RedirectUri, [("code", code), ("state", authorization.State)]));
    }
}
