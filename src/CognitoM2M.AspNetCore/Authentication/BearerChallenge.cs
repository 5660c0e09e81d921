using System.Text;

namespace CognitoM2M.AspNetCore.Authentication;

/// <summary>Formats the value of the header <c>WWW-Authenticate</c> (RFC 6750, section 3).</summary>
internal static class BearerChallenge
{
    /// <param name="realm">The protected space.</param>
    /// <param name="error">The error code; null without an error.</param>
    /// <param name="description">The description of the error; null for none.</param>
    /// <param name="scopes">The scopes that the request needs.</param>
    /// <param name="resourceMetadata">The address of the metadata about the API (RFC 9728, section 5.1); null without metadata.</param>
    public static string Format(string realm, string? error, string? description, IReadOnlyCollection<string>? scopes, string? resourceMetadata)
    {
        var challenge = new StringBuilder("Bearer realm=").Append(Quote(realm));
        if (error is not null)
            challenge.Append(", error=").Append(Quote(error));
        if (description is not null)
            challenge.Append(", error_description=").Append(Quote(description));
        if (scopes is { Count: > 0 })
            challenge.Append(", scope=").Append(Quote(string.Join(' ', scopes)));
        if (resourceMetadata is not null)
            challenge.Append(", resource_metadata=").Append(Quote(resourceMetadata));
        return challenge.ToString();
    }

    private static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
