using System.Text;

namespace CognitoM2M.AspNetCore.Authentication;

/// <summary>Formats the value of the header <c>WWW-Authenticate</c> (RFC 6750, section 3).</summary>
internal static class BearerChallenge
{
    public static string Format(string realm, string? error, string? description, IReadOnlyCollection<string>? scopes)
    {
        var challenge = new StringBuilder("Bearer realm=").Append(Quote(realm));
        if (error is not null)
            challenge.Append(", error=").Append(Quote(error));
        if (description is not null)
            challenge.Append(", error_description=").Append(Quote(description));
        if (scopes is { Count: > 0 })
            challenge.Append(", scope=").Append(Quote(string.Join(' ', scopes)));
        return challenge.ToString();
    }

    private static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
