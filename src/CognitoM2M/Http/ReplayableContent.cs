using System.Diagnostics.CodeAnalysis;
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
        JsonContent json => !IsAsyncSequence(json.Value),
        MultipartContent parts => parts.All(CanSendAgain),
        _ => false,
    };

    // Enumerated while it is sent, and perhaps only once.
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "An interface that was trimmed away cannot have been serialized through either.")]
    private static bool IsAsyncSequence(object? value) =>
        value is not null && Array.Exists(
            value.GetType().GetInterfaces(),
            type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>));
}
