using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace CognitoM2M.Soak;

/// <summary>The last handler of token requests. It checks the promises of each cache entry.</summary>
internal sealed class WatchedTokenRequests(Promises promises) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    private readonly ConcurrentDictionary<string, WatchedEntry> _entries = new(StringComparer.Ordinal);
    private int _requests;
    private int _issued;

    public int Requests => Volatile.Read(ref _requests);

    public int Issued => Volatile.Read(ref _issued);

    /// <summary>The number of tokens that were issued before a renewal was due, so after a 401 response.</summary>
    public int Replaced => _entries.Values.Sum(entry => entry.Replaced);

    /// <summary>Whether responses stop in the middle, as on a half-open connection.</summary>
    public bool SendsHalfOfResponses { get; set; }

    public WatchedEntry GetEntry(string clientId, string secret) => _entries.GetOrAdd($"{clientId}:{secret}", _ => new WatchedEntry());

    /// <summary>Reports that all tokens have ended.</summary>
    public void EndTokens(TimeSpan now)
    {
        foreach (var entry in _entries.Values)
            entry.EndToken(now);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        var credentials = Encoding.UTF8.GetString(Convert.FromBase64String(request.Headers.Authorization!.Parameter!)).Split(':');
        var entry = GetEntry(credentials[0], credentials[1]);
        var sentAt = promises.Elapsed;
        promises.Check(entry.Begin(sentAt), credentials[0]);
        HttpResponseMessage? response = null;
        var isHalfOpen = false;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
            if (response.Headers.RetryAfter?.Delta is { } delay)
                entry.Pause(promises.Elapsed + delay);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            if (isHalfOpen = SendsHalfOfResponses)
                response.Content = new StreamContent(new HalfOpenStream(body[..(body.Length / 2)], disposed: entry.End));
            else if (response.IsSuccessStatusCode && ReadLifetime(body) is { } lifetime)
                promises.Check(Issue(entry, sentAt, lifetime), credentials[0]);
            return response;
        }
        catch
        {
            response?.Dispose();
            throw;
        }
        finally
        {
            if (!isHalfOpen)
                entry.End();
        }
    }

    private string? Issue(WatchedEntry entry, TimeSpan sentAt, TimeSpan lifetime)
    {
        Interlocked.Increment(ref _issued);
        return entry.Issue(sentAt, lifetime, promises.Elapsed);
    }

    private static TimeSpan? ReadLifetime(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.TryGetProperty("access_token", out var token) && token.ValueKind == JsonValueKind.String
                ? TimeSpan.FromSeconds(json.RootElement.GetProperty("expires_in").GetInt32())
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
