using System.Text;
using Microsoft.Extensions.Primitives;

namespace CognitoM2M.AspNetCore.JwtBearer.Challenges;

/// <summary>Adds parameters to a challenge of JwtBearer, which is a scheme such as <c>Bearer</c>, or a scheme with parameters.</summary>
internal static class ChallengeHeader
{
    /// <summary>The error code of a token without a required scope (RFC 6750, section 3.1).</summary>
    public const string InsufficientScope = "insufficient_scope";

    public static string Format(string challenge, string? error, string? description, IEnumerable<string> scopes)
    {
        var header = new StringBuilder(challenge);
        var separator = challenge.Contains(' ', StringComparison.Ordinal) ? ", " : " ";
        Add("error", error);
        Add("error_description", description);
        Add("scope", string.Join(' ', scopes));
        return header.ToString();

        // Neither descriptions nor scopes contain quotes or backslashes.
        void Add(string name, string? value)
        {
            if (value is null)
                return;
            header.Append(separator).Append(name).Append("=\"").Append(value).Append('"');
            separator = ", ";
        }
    }

    /// <summary>Adds scopes to the last of several challenges.</summary>
    public static StringValues AddScopes(StringValues challenges, IEnumerable<string> scopes)
    {
        string?[] values = [.. challenges];
        values[^1] = Format(values[^1] ?? "", error: null, description: null, scopes);
        return values;
    }
}
