using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace CognitoM2M.Emulator.OAuth2;

/// <summary>The Accept and Content-Type headers that the token endpoint serves.</summary>
internal static class MediaTypeRules
{
    /// <summary>
    /// Whether the Accept header is served: an absent header, or a list that holds JSON or a wildcard and does not hold XML.
    /// </summary>
    public static bool Accepts(StringValues accept)
    {
        if (StringValues.IsNullOrEmpty(accept))
            return true;

        return MediaTypeHeaderValue.TryParseList(accept, out var types)
            && types.Any(type => IsOf(type, "json") || (type.MatchesAllSubTypes && (type.MatchesAllTypes || IsApplication(type))))
            && !types.Any(type => IsOf(type, "xml"));
    }

    /// <summary>Whether the Content-Type header is absent or well-formed.</summary>
    public static bool IsReadable(string? contentType) =>
        string.IsNullOrEmpty(contentType) || MediaTypeHeaderValue.TryParse(contentType, out _);

    public static bool IsForm(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    private static bool IsApplication(MediaTypeHeaderValue type) => type.Type.Equals("application", StringComparison.OrdinalIgnoreCase);

    // application/json, text/json, application/problem+json
    private static bool IsOf(MediaTypeHeaderValue type, string format) =>
        type.SubTypeWithoutSuffix.Equals(format, StringComparison.OrdinalIgnoreCase)
        || type.Suffix.Equals(format, StringComparison.OrdinalIgnoreCase);
}
