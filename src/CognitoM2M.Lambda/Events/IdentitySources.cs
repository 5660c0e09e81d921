using System.Text.Json;

namespace CognitoM2M.Lambda.Events;

/// <summary>
/// The identity sources of an HTTP API. Their values are the key of its cache. An answer without a policy is used for all requests with the same
/// values, whatever their route is.
/// </summary>
internal static class IdentitySources
{
    /// <summary>Whether answers are kept for each route apart, or not at all.</summary>
    /// <param name="request">The event.</param>
    /// <param name="routeKey">The route key of the request.</param>
    public static bool TellRoutesApart(JsonElement request, string routeKey)
    {
        // Without identity sources there is no cache.
        if (!request.TryGetProperty("identitySource", out var sources) || sources.ValueKind == JsonValueKind.Null)
            return true;
        if (sources.ValueKind != JsonValueKind.Array)
            return false;

        var values = sources.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.String ? value.GetString() : null).ToList();
        return values.Count == 0 || (values.Contains(routeKey, StringComparer.Ordinal) && !CallerChose(request, routeKey));
    }

    // The event has the values of the identity sources without their names. A caller who sends the route key in a header could otherwise make the
    // value of that header look like the route key.
    private static bool CallerChose(JsonElement request, string routeKey) =>
        RequestHeaders.ReadChosenValues(request).Any(value => value.Split(',').Any(part => part.Trim() == routeKey));
}
