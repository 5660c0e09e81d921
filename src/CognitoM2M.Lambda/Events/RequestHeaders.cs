using System.Text.Json;

namespace CognitoM2M.Lambda.Events;

/// <summary>The headers of a request in an event.</summary>
internal static class RequestHeaders
{
    /// <summary>The only value of a header; null if there is none, or if it is unclear which value counts.</summary>
    /// <param name="request">The event.</param>
    /// <param name="name">The name of the header, in any case.</param>
    public static string? FindOnly(JsonElement request, string name)
    {
        // multiValueHeaders has all values, headers only the last one.
        var values = FindAll(request, "multiValueHeaders", name);
        if (values.Count == 0)
            values = FindAll(request, "headers", name);
        return values.Count == 1 ? values[0] : null;
    }

    /// <summary>Every value that the caller chose: headers, query and cookies.</summary>
    public static IEnumerable<string> ReadChosenValues(JsonElement request) =>
        ((string[])["headers", "multiValueHeaders", "queryStringParameters", "multiValueQueryStringParameters", "rawQueryString", "cookies"])
            .Where(member => request.TryGetProperty(member, out _))
            .SelectMany(member => ReadTexts(request.GetProperty(member)));

    private static List<string> FindAll(JsonElement request, string member, string name) =>
        request.TryGetProperty(member, out var headers) && headers.ValueKind == JsonValueKind.Object
            ? [.. headers.EnumerateObject().Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).SelectMany(header => ReadTexts(header.Value))]
            : [];

    private static IEnumerable<string> ReadTexts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(ReadTexts),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => ReadTexts(member.Value)),
        _ => [],
    };
}
