using System.Collections.Frozen;
using CognitoM2M.Emulator.HostedLogin;
using CognitoM2M.Emulator.OAuth2;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.SignIns;
using CognitoM2M.Emulator.Tokens;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator.Hosting;

/// <summary>The endpoints for users: the pages to sign in and out, and the OAuth endpoints that take tokens of users.</summary>
internal sealed class UserEndpoints
{
    private readonly FrozenDictionary<string, Endpoint> _byPath;

    public UserEndpoints(UserPoolDirectory userPools, SealedText seals, AuthorizationCodes codes, DomainReachability reachability)
    {
        var sessions = new LoginSessions(seals, userPools.TimeProvider);
        var authorize = new AuthorizeEndpoint(userPools, codes, sessions);
        var login = new LoginEndpoint(userPools, codes, sessions, new NewPasswordChallenge(userPools, seals));
        var logout = new LogoutEndpoint(userPools);
        var userInfo = new UserInfoEndpoint(new AccessTokenCheck(userPools));
        var revocation = new RevocationEndpoint(userPools, new RefreshTokens(userPools, seals));

        _byPath = new Dictionary<string, Endpoint>(StringComparer.Ordinal)
        {
            ["/oauth2/authorize"] = CreatePage(EmulatorEndpoint.Authorize, authorize.Handle),
            [LoginEndpoint.Path] = CreatePage(EmulatorEndpoint.Login, login.Handle),
            ["/logout"] = CreatePage(EmulatorEndpoint.Logout, logout.Handle),
            ["/oauth2/userInfo"] = new(EmulatorEndpoint.UserInfo, UserInfoEndpoint.Methods, async (request, cancellation) =>
                await userInfo.HandleAsync(request.Method, request.Headers.Authorization.ToString(), cancellation).ConfigureAwait(false)),
            ["/oauth2/revoke"] = new(EmulatorEndpoint.Revoke, HttpMethods.Post, async (request, _) =>
                revocation.Handle(await TokenRequest.ReadAsync(request).ConfigureAwait(false))),
        }.ToFrozenDictionary(StringComparer.Ordinal);

        Endpoint CreatePage(EmulatorEndpoint kind, Func<BrowserRequest, PreparedResponse> handle) => new(kind, null, async (request, _) =>
        {
            var read = await BrowserRequest.ReadAsync(request).ConfigureAwait(false);
            return userPools.FindClient(read.Query["client_id"]) is { UserPool: var pool } && !reachability.CanReach(pool) ? null : handle(read);
        });
    }

    /// <summary>Finds the endpoint of a path.</summary>
    /// <returns>Null if no endpoint has the path.</returns>
    public Endpoint? Find(string path) => _byPath.GetValueOrDefault(path);

    /// <param name="Kind">The endpoint, for which a fault can be set.</param>
    /// <param name="CrossOriginMethods">The methods that web pages of other origins may use; null if they may use none.</param>
    /// <param name="HandleAsync">Creates the response; null if the connection must be cut.</param>
    internal sealed record Endpoint(
        EmulatorEndpoint Kind, string? CrossOriginMethods, Func<HttpRequest, CancellationToken, ValueTask<PreparedResponse?>> HandleAsync);
}
