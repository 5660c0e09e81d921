using System.Net.Http.Json;

namespace CognitoM2M.Http;

/// <summary>Says whether a request body can be sent a second time.</summary>
internal static class ReplayableContent
{
    /// <summary>
    /// True for no content and for content that lies in memory whole. A stream has been read by then: even one that could be
    /// rewound may be shared with the caller, who did not ask for that.
    /// </summary>
    public static bool CanSendAgain(HttpContent? content) => content switch
    {
        null or ByteArrayContent or ReadOnlyMemoryContent => true,
        // Serialized anew each time it is sent, unless the caller had it buffered, which is when its length is known.
        JsonContent json => json.Headers.ContentLength is not null || RepeatableJson.Is(json.Value),
        MultipartContent parts => parts.All(CanSendAgain),
        _ => false,
    };
}
