using System.Net.Http.Json;

namespace CognitoM2M.Http;

/// <summary>Says whether a request body can be sent a second time.</summary>
internal static class ReplayableContent
{
    /// <summary>
    /// True for no content, and for content that is in memory as a whole. A stream has been read by then. Even a stream that can be rewound is
    /// not: it may be shared with the caller. Runs no code of the user, and never throws.
    /// </summary>
    public static bool CanSendAgain(HttpContent? content) => content switch
    {
        null or ByteArrayContent or ReadOnlyMemoryContent => true,
        // Serialized anew each time it is sent, unless the caller had it buffered. Then its length is known.
        JsonContent json => json.Headers.ContentLength is not null || RepeatableJson.IsRepeatable(json.Value),
        MultipartContent parts => parts.All(CanSendAgain),
        _ => false,
    };

    /// <summary>
    /// Serializes JSON into memory, before the rejection is given up. Serializing runs code of the user: if it throws now, the caller still
    /// gets the rejection.
    /// </summary>
    /// <returns>Whether the content is ready to be sent.</returns>
    public static async ValueTask<bool> TryPrepareAsync(HttpContent? content, bool callerBlocks, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var json in FindJson(content))
            {
                if (callerBlocks)
                    json.ReadAsStream(cancellationToken);
                else
                    await json.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
            }

            return true;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static IEnumerable<JsonContent> FindJson(HttpContent? content) => content switch
    {
        JsonContent json => [json],
        MultipartContent parts => parts.SelectMany(FindJson),
        _ => [],
    };
}
