using System.Runtime.CompilerServices;
using CognitoM2M.Cache;
using CognitoM2M.Diagnostics;
using CognitoM2M.Settings;
using CognitoM2M.Sharing;
using CognitoM2M.SignIn;
using CognitoM2M.Time;
using CognitoM2M.TokenEndpoint;
using CognitoM2M.Tokens;
using Microsoft.Extensions.Caching.Distributed;

namespace CognitoM2M;

/// <summary>Puts together what obtains tokens: a cache entry, its fetcher, and the shared tier if the client uses one.</summary>
internal sealed class TokenEntryFactory(
    TokenHttp http, UserSessions sessions, Func<double> random, Instruments instruments, IBackgroundWork background)
{
    private readonly PasswordGuards _guards = PasswordGuards.GetOfProcess(http.Clock);
    private readonly ConditionalWeakTable<IDistributedCache, SharedStore> _sharedStores = [];

    public TokenEntry Create(AppClientSettings settings, TokenEntryKey key, EntryState? initial)
    {
        var telemetry = new TokenTelemetry(instruments, settings.ClientName, settings.Route, key.Scopes, settings.Limits.UsdPerTokenRequest);
        var sender = new TokenRequestSender(settings, key.Scopes, key.Metadata, http, telemetry);
        ITokenRequester requester = settings.Route == CognitoTokenRoute.UserPassword
            ? new UserSignIn(settings, key.Metadata, sessions.Find(key, settings), _guards, sender, http)
            : new ClientCredentialsRequester(settings, key.Scopes, key.Metadata, sender);
        var cognito = new TokenFetcher(settings, requester, http, telemetry);
        ITokenFetcher fetcher = settings.Limits.DistributedCache is { } cache
            ? new SharedTierFetcher(cognito, settings, key, FindStore(cache), http, random, telemetry)
            : cognito;
        return new TokenEntry(fetcher, settings.Limits.AttemptTimeout, http.Clock, random, telemetry, background, initial);
    }

    // One store per cache, so that all clients learn of an outage of the cache at once.
    private SharedStore FindStore(IDistributedCache cache) =>
        _sharedStores.GetValue(cache, cache => new SharedStore(cache, http.Clock, random, instruments, background));
}
