using System.Text.Json;

namespace CognitoM2M.Shared;

/// <summary>The error in an answer of the user pools API (AWS JSON 1.1).</summary>
/// <param name="Name">The name of the error, such as <c>NotAuthorizedException</c>; null if the answer names none. It may be any text: see <see cref="ErrorName"/>.</param>
/// <param name="Message">What Cognito says about it; empty if nothing. It may hold an echo of the request, so it is compared and never shown.</param>
internal readonly record struct JsonApiError(string? Name, string Message)
{
    /// <summary>Reads the error. Its name stands in a header or in <c>__type</c>. A namespace may stand before the name, and a colon with more text after it.</summary>
    /// <param name="response">The response, for its headers.</param>
    /// <param name="body">Its body; null if the body is not a JSON object.</param>
    public static JsonApiError Read(HttpResponseMessage response, JsonElement? body)
    {
        var name = response.Headers.TryGetValues("x-amzn-ErrorType", out var values) ? values.First() : FindText(body, "__type");
        return new JsonApiError(name?.Split(':')[0].Split('#')[^1], FindText(body, "message") ?? FindText(body, "Message") ?? "");
    }

    public override string ToString() => nameof(JsonApiError);

    private static string? FindText(JsonElement? body, string member) =>
        body is { } json && json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
