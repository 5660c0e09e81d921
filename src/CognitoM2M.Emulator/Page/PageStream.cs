using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Page;

/// <summary>
/// Writes what happens as server-sent events: <c>state</c> when anything has changed, and <c>requests</c> with the token requests since the
/// last event. Nothing is computed while no page is open.
/// </summary>
/// <param name="state">Describes the emulator.</param>
/// <param name="log">The token requests.</param>
/// <param name="pace">The clock for the pause between two looks. Not the emulator's clock: the page of an emulator whose clock stands still moves.</param>
internal sealed class PageStream(PageState state, TokenRequestLog log, TimeProvider pace)
{
    public const string ContentType = "text/event-stream";

    /// <summary>The most requests of one event. Older ones are left out.</summary>
    public const int MaxRequests = 200;

    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Writes events until it is cancelled.</summary>
    public async Task WriteAsync(Stream body, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> lastState = default;
        var lastNumber = 0L;
        while (true)
        {
            var events = new ArrayBufferWriter<byte>();
            var requests = log.ReadAfter(lastNumber);
            if (requests.Count > 0)
            {
                lastNumber = requests[^1].Number;
                var newest = new JsonArray([.. requests.TakeLast(MaxRequests).Select(request => request.ToJson())]);
                Append(events, "requests", CompactJson.WriteUtf8(new JsonObject { ["requests"] = newest }));
            }

            var current = CompactJson.WriteUtf8(state.Describe());
            if (!current.Span.SequenceEqual(lastState.Span))
                Append(events, "state", lastState = current);

            if (events.WrittenCount > 0)
            {
                await body.WriteAsync(events.WrittenMemory, cancellationToken).ConfigureAwait(false);
                await body.FlushAsync(cancellationToken).ConfigureAwait(false);
            }

            await Task.Delay(Pause, pace, cancellationToken).ConfigureAwait(false);
        }
    }

    private static void Append(ArrayBufferWriter<byte> events, string name, ReadOnlyMemory<byte> json)
    {
        Encoding.ASCII.GetBytes($"event: {name}\ndata: ", events);
        events.Write(json.Span);
        events.Write("\n\n"u8);
    }
}
