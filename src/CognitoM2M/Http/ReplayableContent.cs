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
        // This content is serialized anew each time it is sent, unless the caller has buffered it. The length of buffered content is known.
        JsonContent json => json.Headers.ContentLength is not null || RepeatableJson.IsRepeatable(json.Value),
        MultipartContent parts => parts.All(CanSendAgain),
        _ => false,
    };

    /// <summary>
    /// Writes a body into memory, before the rejection is given up. Writing may run code of the user, and a handler may have disposed the body:
    /// if it throws now, the caller still gets the rejection.
    /// </summary>
    /// <returns>Whether the content is ready to be sent.</returns>
    public static async ValueTask<bool> TryPrepareAsync(HttpContent? content, bool callerBlocks, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var part in FindParts(content))
            {
                // Content of .NET holds its bytes. Reading it copies nothing, and fails if the content was disposed.
                var reading = IsOfRuntime(part) ? part.ReadAsStreamAsync(cancellationToken) : part.LoadIntoBufferAsync(cancellationToken);
                // Content in memory is ready at once. A blocking caller does not wait for other content: its request is then not sent again.
                if (callerBlocks && !reading.IsCompleted)
                    return false;
                await reading.ConfigureAwait(false);
            }

            return true;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    // The parts come first, because the whole content is read from its parts.
    private static IEnumerable<HttpContent> FindParts(HttpContent? content) =>
        content is MultipartContent parts && IsOfRuntime(parts) ? parts.SelectMany(FindParts).Append(parts)
        : content is not null ? [content]
        : [];

    // JsonContent is in another assembly. A class of the user may write other bytes each time.
    private static bool IsOfRuntime(HttpContent content) => content.GetType().Assembly == typeof(HttpContent).Assembly;
}
