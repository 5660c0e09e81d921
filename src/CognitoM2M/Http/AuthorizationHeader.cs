using System.Net.Http.Headers;

namespace CognitoM2M.Http;

/// <summary>The Authorization header of a request, read and written without parsing it.</summary>
internal static class AuthorizationHeader
{
    public const string Name = "Authorization";

    private const string Scheme = "Bearer";

    /// <summary>Whether the request has a header that counts. The scheme <c>Bearer</c> alone holds no credential, so it counts as no header.</summary>
    public static bool TryRead(HttpRequestMessage message, out HeaderStringValues value) =>
        message.Headers.NonValidated.TryGetValues(Name, out value) && !IsSchemeAlone(value);

    /// <summary>Whether the request has no header at all.</summary>
    public static bool IsMissing(HttpRequestMessage message)
    {
        // The look-up of a name takes longer than all the rest, and many requests have no headers yet.
        var headers = message.Headers.NonValidated;
        return headers.Count == 0 || !headers.Contains(Name);
    }

    /// <summary>Writes the header of a request that has none.</summary>
    public static void Add(HttpRequestMessage message, string value) => message.Headers.TryAddWithoutValidation(Name, value);

    public static void Set(HttpRequestMessage message, string value)
    {
        Remove(message);
        Add(message, value);
    }

    public static void Remove(HttpRequestMessage message) => message.Headers.Authorization = null;

    private static bool IsSchemeAlone(HeaderStringValues values)
    {
        var text = values.ToString().AsSpan().Trim();
        return text.IsEmpty || text.Equals(Scheme, StringComparison.OrdinalIgnoreCase);
    }
}
