using System.Text.Json;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator.Page;

/// <summary>Keeps the last token requests. All members are thread-safe.</summary>
internal sealed class TokenRequestLog(UserPoolDirectory userPools, TimeProvider timeProvider)
{
    public const int Capacity = 2_000;

    // Texts of a caller. A client id that belongs to no app client may be a secret in the wrong place, so only its beginning is kept.
    private const int MaxUnknownClientId = 8;
    private const int MaxScopes = 500;

    private readonly Lock _gate = new();
    private readonly Queue<LoggedTokenRequest> _requests = [];
    private long _lastNumber;
    private long _clearedUpTo;

    /// <summary>The number of the last request that was cleared; 0 if none was.</summary>
    public long ClearedUpTo
    {
        get
        {
            lock (_gate)
                return _clearedUpTo;
        }
    }

    /// <param name="arrived">The request.</param>
    /// <param name="response">The response; null if the connection was cut or the caller gave up.</param>
    /// <param name="latency">The time from the arrival of the request to the response.</param>
    public void Add(ArrivedTokenRequest arrived, PreparedResponse? response, TimeSpan latency)
    {
        var client = userPools.FindClient(arrived.ClientId);
        var isIssued = response?.StatusCode == StatusCodes.Status200OK && client is not null;
        var isForUser = arrived.Route == EmulatedTokenRoute.OAuth2 && arrived.GrantType is "authorization_code" or "refresh_token";
        var scopes = isIssued && !isForUser ? ScopeGrant.Decide(client!.UserPool, client.Settings, arrived.Scopes) : arrived.Scopes;
        var logged = new LoggedTokenRequest
        {
            Number = 0,
            ArrivedAt = timeProvider.GetUtcNow() - latency,
            ClientId = client?.ClientId,
            UnknownClientId = client is null && arrived.ClientId is { } unknown ? Shorten(unknown, MaxUnknownClientId) : null,
            Route = arrived.Route,
            IsMachineToMachine = !isForUser,
            Scopes = Shorten(string.Join(' ', scopes), MaxScopes),
            Status = response?.StatusCode,
            Error = response is null || isIssued ? null : FindError(response.Body),
            Latency = latency,
            Lifetime = isIssued ? client!.Settings.GetLifetime(TokenKind.Access) : null,
        };

        lock (_gate)
        {
            if (_requests.Count == Capacity)
                _requests.Dequeue();
            _requests.Enqueue(logged with { Number = ++_lastNumber });
        }
    }

    /// <summary>Reads the requests after one number, oldest first.</summary>
    public IReadOnlyList<LoggedTokenRequest> ReadAfter(long number)
    {
        lock (_gate)
            return number >= _lastNumber ? [] : [.. _requests.Where(request => request.Number > number)];
    }

    public void Clear()
    {
        lock (_gate)
        {
            _requests.Clear();
            _clearedUpTo = _lastNumber;
        }
    }

    private static string Shorten(string text, int length) => text.Length <= length ? text : $"{text.AsSpan(0, length)}…";

    // The body of a fault is a text of the user.
    private static string? FindError(ReadOnlyMemory<byte> body)
    {
        try
        {
            var response = body.IsEmpty ? default : JsonElement.Parse(body.Span);
            return response.ValueKind != JsonValueKind.Object ? null
                : response.TryGetProperty("error", out var error) || response.TryGetProperty("__type", out error) ? error.ToString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
