using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace CognitoM2M.Soak;

/// <summary>Stands where token requests leave the process: at most one at a time for each entry, and no more than back-off allows.</summary>
internal sealed class WatchedTokenRequests(Promises promises) : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private int _requests;
    private int _issued;

    public int Requests => Volatile.Read(ref _requests);

    public int Issued => Volatile.Read(ref _issued);

    /// <summary>Until when a token that this app client got by its right secret is usable.</summary>
    public TimeSpan UsableUntil(string clientId, string secret, out TimeSpan since)
    {
        var entry = _entries.GetOrAdd(KeyOf(clientId, secret), _ => new Entry());
        lock (entry)
        {
            since = entry.UsableSince;
            return entry.UsableUntil;
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        var name = Encoding.UTF8.GetString(Convert.FromBase64String(request.Headers.Authorization!.Parameter!));
        var entry = _entries.GetOrAdd(name, _ => new Entry());
        var sentAt = promises.Elapsed;
        Begin(entry, name, sentAt);
        HttpResponseMessage? response = null;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                await response.Content.LoadIntoBufferAsync(cancellationToken);
                if (Lifetime(await response.Content.ReadAsStringAsync(cancellationToken)) is { } lifetime)
                    Issue(entry, sentAt, lifetime);
            }

            return response;
        }
        catch
        {
            response?.Dispose();
            throw;
        }
        finally
        {
            lock (entry)
                entry.InFlight--;
        }
    }

    private void Begin(Entry entry, string name, TimeSpan now)
    {
        lock (entry)
        {
            if (++entry.InFlight > 1)
                promises.Break($"{entry.InFlight} token requests of one entry at once ({ClientId(name)}).");

            // A first fetch makes three attempts; then pauses double from 1 s, less jitter, up to a minute.
            entry.SinceSuccess++;
            var quiet = (now - entry.LastSuccess).TotalSeconds;
            var most = 6 + (2 * Math.Log2(quiet + 1)) + (quiet / 30);
            if (entry.SinceSuccess > most)
                promises.Break($"{entry.SinceSuccess} token requests in {quiet:F1} s without a token; at most {most:F0} are due ({ClientId(name)}).");
        }
    }

    private void Issue(Entry entry, TimeSpan sentAt, TimeSpan lifetime)
    {
        Interlocked.Increment(ref _issued);
        lock (entry)
        {
            entry.SinceSuccess = 0;
            entry.LastSuccess = promises.Elapsed;
            entry.UsableSince = promises.Elapsed;
            var margin = lifetime * 0.1 < TimeSpan.FromSeconds(30) ? lifetime * 0.1 : TimeSpan.FromSeconds(30);
            entry.UsableUntil = sentAt + lifetime - margin;
        }
    }

    private static TimeSpan? Lifetime(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.TryGetProperty("access_token", out _) && json.RootElement.TryGetProperty("expires_in", out var seconds)
                ? TimeSpan.FromSeconds(seconds.GetInt32())
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string KeyOf(string clientId, string secret) => $"{clientId}:{secret}";

    private static string ClientId(string name) => name[..name.IndexOf(':', StringComparison.Ordinal)];

    private sealed class Entry
    {
        public int InFlight { get; set; }

        public int SinceSuccess { get; set; }

        public TimeSpan LastSuccess { get; set; }

        public TimeSpan UsableSince { get; set; }

        public TimeSpan UsableUntil { get; set; }
    }
}
