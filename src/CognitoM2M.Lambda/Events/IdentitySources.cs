using System.Text.Json;

namespace CognitoM2M.Lambda.Events;

/// <summary>
/// The identity sources of an HTTP API. Their values are the key of its cache: an answer is used for all requests with the same values. The event
/// has the values without their names. Without identity sources there is no cache.
/// </summary>
internal static class IdentitySources
{
    /// <summary>Whether API Gateway keeps the answers to different callers apart, or keeps no answers.</summary>
    /// <param name="request">The event.</param>
    /// <param name="authorization">The value of the header that has the token.</param>
    public static bool TellCallersApart(JsonElement request, string authorization) => Find(request) switch
    {
        null => true,
        { ValueKind: JsonValueKind.Array } values => values.GetArrayLength() == 0 || Count(values, authorization) > 0,
        // Format 1.0 joins the values with commas.
        { ValueKind: JsonValueKind.String } text => text.GetString() is "" or null || text.GetString()!.Contains(authorization, StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>Whether answers for different routes are kept apart, or not at all.</summary>
    /// <param name="request">The event, in format 2.0.</param>
    /// <param name="routeKey">The route key of the request.</param>
    /// <param name="stage">The stage of the request. If the stage has the text of the route key ($default), the value must be there twice.</param>
    public static bool TellRoutesApart(JsonElement request, string routeKey, string stage) => Find(request) switch
    {
        null => true,
        { ValueKind: JsonValueKind.Array } values => values.GetArrayLength() == 0 || (Count(values, routeKey) > (stage == routeKey ? 1 : 0) && !CallerChose(request, routeKey)),
        _ => false,
    };

    private static JsonElement? Find(JsonElement request) =>
        request.TryGetProperty("identitySource", out var sources) && sources.ValueKind != JsonValueKind.Null ? sources : null;

    private static int Count(JsonElement values, string wanted) => values.EnumerateArray().Count(value => value.ValueKind == JsonValueKind.String && value.ValueEquals(wanted));

    // A caller who sends the route key in a header could otherwise make the value of that header look like the route key. A part of a value counts,
    // because API Gateway joins several values with commas.
    private static bool CallerChose(JsonElement request, string routeKey) =>
        RequestHeaders.ReadChosenValues(request).Any(value => value.Contains(routeKey, StringComparison.Ordinal) || Decode(value).Contains(routeKey, StringComparison.Ordinal));

    private static string Decode(string value) => Uri.UnescapeDataString(value.Replace('+', ' '));
}
