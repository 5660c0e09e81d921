using System.Text;

namespace CognitoM2M.AspNetCore.Authentication;

/// <summary>Writes the value of <c>WWW-Authenticate</c> (RFC 6750, section 3).</summary>
internal static class BearerChallenge
{
    public static string Of(string realm, string? error, string? description, IReadOnlyCollection<string>? scopes)
    {
        var challenge = new StringBuilder("Bearer realm=").Append(Quoted(realm));
        if (error is not null)
            challenge.Append(", error=").Append(Quoted(error));
        if (description is not null)
            challenge.Append(", error_description=").Append(Quoted(description));
        if (scopes is { Count: > 0 })
            challenge.Append(", scope=").Append(Quoted(string.Join(' ', scopes)));
        return challenge.ToString();
    }

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
