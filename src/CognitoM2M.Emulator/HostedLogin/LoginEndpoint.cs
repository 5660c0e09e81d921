using CognitoM2M.Emulator.OAuth2;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.SignIns;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator.HostedLogin;

/// <summary><c>/login</c>: shows the sign-in form, and signs the user in. It takes the parameters of <c>/oauth2/authorize</c>.</summary>
internal sealed class LoginEndpoint(
    UserPoolDirectory userPools, AuthorizationCodes codes, LoginSessions sessions, NewPasswordChallenge challenge)
{
    public const string Path = "/login";

    private const string Methods = "GET, POST";

    public PreparedResponse Handle(BrowserRequest request)
    {
        if (!request.IsGet && !request.IsPost)
            return PreparedResponse.CreateMethodNotAllowed(Methods);

        try
        {
            var authorization = AuthorizationRequest.Read(request.Query, userPools);
            if (request.IsGet)
                return LoginForm.CreateSignIn(request, authorization, error: null);
            if (!LoginForm.IsOwn(request))
                return LoginForm.CreateSignIn(request, authorization, "The form has expired. Sign in again.");

            return request.Form[LoginForm.Session] is { } session
                ? ChangePassword(request, authorization, session)
                : SignIn(request, authorization);
        }
        catch (AuthorizationRefusedException e)
        {
            return BrowserResponse.CreateError(e);
        }
    }

    private PreparedResponse SignIn(BrowserRequest request, AuthorizationRequest authorization)
    {
        try
        {
            var user = PasswordCheck.RequireUser(
                authorization.Client, request.Form[LoginForm.Username] ?? "", request.Form[LoginForm.Password] ?? "");
            return user.Status == PoolUser.MustChangePassword
                ? LoginForm.CreateNewPassword(request, authorization, challenge.CreateSession(authorization.Client, user), ListMissing(authorization, user), error: null)
                : Complete(authorization, user);
        }
        catch (RefusedException e)
        {
            return LoginForm.CreateSignIn(request, authorization, e.Message);
        }
    }

    private PreparedResponse ChangePassword(BrowserRequest request, AuthorizationRequest authorization, string session)
    {
        try
        {
            var user = challenge.FindUser(authorization.Client, username: null, session);
            var given = user is null ? [] : LoginForm.ReadAttributes(request, ListMissing(authorization, user));
            return Complete(
                authorization, challenge.Answer(authorization.Client, username: null, session, request.Form[LoginForm.NewPassword] ?? "", given));
        }
        catch (RefusedException e)
        {
            // A session that is still valid can be used for another attempt.
            return challenge.FindUser(authorization.Client, username: null, session) is { } user
                ? LoginForm.CreateNewPassword(request, authorization, session, ListMissing(authorization, user), e.Message)
                : LoginForm.CreateSignIn(request, authorization, e.Message);
        }
    }

    private static List<string> ListMissing(AuthorizationRequest authorization, PoolUser user) =>
        [.. ChallengeAttributes.ListMissing(authorization.Client.UserPool, user)];

    private PreparedResponse Complete(AuthorizationRequest authorization, PoolUser user)
    {
        var now = userPools.TimeProvider.GetUtcNow();
        return sessions.Begin(AuthorizeEndpoint.SendCode(authorization, codes, user.Sub, now), authorization.Client.UserPool, user, now);
    }
}
