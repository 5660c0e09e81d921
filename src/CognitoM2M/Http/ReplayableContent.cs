using System.Net.Http.Json;

namespace CognitoM2M.Http;

/// <summary>Says whether a request body can be sent a second time.</summary>
internal static class ReplayableContent
{
    /// <summary>
    /// True for no content, and for content that is in memory as a whole. A stream has been read by then. Even a stream that can be rewound
    /// is not sent again, because the caller may use the same stream.
    /// </summary>
    public static bool CanSendAgain(HttpContent? content) => content switch
    {
        null or ByteArrayContent or ReadOnlyMemoryContent => true,
        // Serialized anew each time it is sent, unless the caller had it buffered. Then its length is known.
        JsonContent json => json.Headers.ContentLength is not null || RepeatableJson.IsRepeatable(json.Value),
        MultipartContent parts => parts.All(CanSendAgain),
        _ => false,
    };
}
