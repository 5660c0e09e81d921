using System.Collections.Concurrent;
using System.Text.Json;
using CognitoM2M.Diagnostics;
using CognitoM2M.Settings;
using CognitoM2M.Shared;
using CognitoM2M.TokenEndpoint;

namespace CognitoM2M.SignIn;

/// <summary>The sign-ins of all users of one provider, by the key of the cache entry that they serve. Revokes their refresh tokens at the end.</summary>
/// <param name="http">Sends the revocations.</param>
/// <param name="instruments">Tell how many refresh tokens were dropped.</param>
/// <param name="capacity">How many sign-ins are kept. If there are more, the oldest are dropped, and their refresh tokens are not revoked.</param>
internal sealed class UserSessions(TokenHttp http, Instruments instruments, int capacity = UserSessions.DefaultCapacity)
{
    /// <summary>How long the revocation of all refresh tokens may take together.</summary>
    public static readonly TimeSpan RevocationLimit = TimeSpan.FromSeconds(5);

    private const int DefaultCapacity = 20_000;
    private const int RevocationsAtOnce = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<TokenEntryKey, UserSession> _byEntry = [];
    private readonly Queue<TokenEntryKey> _oldestFirst = new();
    private readonly ConcurrentDictionary<TokenEntryKey, UserSession> _toRevoke = new();

    private int _dropped;

    /// <summary>Whether a refresh token has to be revoked at the end, or it has to be said that refresh tokens were dropped.</summary>
    public bool HasTokensToRevoke => Volatile.Read(ref _dropped) > 0 || _toRevoke.Values.Any(session => session.RefreshToken is not null);

    /// <summary>The session of an entry. An entry that was dropped and is needed again finds its session again.</summary>
    public UserSession Find(TokenEntryKey key, AppClientSettings settings)
    {
        lock (_gate)
        {
            if (!_byEntry.TryGetValue(key, out var session))
            {
                if (_byEntry.Count >= capacity)
                    DropOldest();
                _byEntry[key] = session = new UserSession();
                _oldestFirst.Enqueue(key);
            }

            if (settings.RevokeRefreshTokenOnDispose)
                _toRevoke[key] = session;
            else
                _toRevoke.TryRemove(key, out _);
            return session;
        }
    }

    /// <summary>Revokes the refresh tokens of clients with <c>RevokeRefreshTokenOnDispose</c>. Never throws, and stops after <see cref="RevocationLimit"/>.</summary>
    /// <returns>How many refresh tokens were not revoked.</returns>
    public async Task<int> RevokeAllAsync()
    {
        if (Volatile.Read(ref _dropped) is > 0 and var dropped)
            Log.RefreshTokensDropped(instruments.Logger, dropped, capacity);

        var tokens = _toRevoke
            .Select(entry => (entry.Key, Session: entry.Value, Token: entry.Value.TakeRefreshToken()))
            .Where(entry => entry.Token is not null)
            .Select(entry => new Revocation(new Uri(entry.Key.Endpoint), entry.Key.ClientId, entry.Token!.Value, entry.Session.ClientSecret))
            .ToList();
        if (tokens.Count == 0)
            return 0;

        var revoked = 0;
        await LimitedCall.RunAsync(
            async cancelled =>
            {
                var options = new ParallelOptions { MaxDegreeOfParallelism = RevocationsAtOnce, CancellationToken = cancelled };
                await Parallel.ForEachAsync(tokens, options, async (token, cancelled) =>
                {
                    if (await TryRevokeAsync(token, cancelled).ConfigureAwait(false))
                        Interlocked.Increment(ref revoked);
                }).ConfigureAwait(false);
                return revoked;
            },
            RevocationLimit, grace: TimeSpan.Zero, http.Clock.TimeProvider, CancellationToken.None).ConfigureAwait(false);
        return tokens.Count - Volatile.Read(ref revoked);
    }

    private void DropOldest()
    {
        var oldest = _oldestFirst.Dequeue();
        _byEntry.Remove(oldest);
        if (_toRevoke.TryRemove(oldest, out var session) && session.RefreshToken is not null)
            Volatile.Write(ref _dropped, _dropped + 1);
    }

    private async Task<bool> TryRevokeAsync(Revocation token, CancellationToken cancellationToken)
    {
        try
        {
            using var message = token.CreateMessage();
            using var response = await http.CreateClient().SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode;
        }
        catch (Exception)
        {
            // Revocation is a precaution: a process that ends must not fail because of it. The caller counts what was not revoked.
            return false;
        }
    }

    private sealed class Revocation(Uri endpoint, string clientId, string refreshToken, string? clientSecret)
    {
        public HttpRequestMessage CreateMessage() => JsonApiMessage.Create(endpoint, "RevokeToken", Write);

        private void Write(Utf8JsonWriter json)
        {
            json.WriteString("ClientId", clientId);
            json.WriteString("Token", refreshToken);
            if (clientSecret is not null)
                json.WriteString("ClientSecret", clientSecret);
        }
    }
}
