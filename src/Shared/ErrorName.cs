using System.Text.RegularExpressions;

namespace CognitoM2M.Shared;

/// <summary>The names of errors in answers to token requests, such as <c>invalid_client</c> and <c>NotAuthorizedException</c>.</summary>
internal static partial class ErrorName
{
    /// <summary>Whether a message may show the name. Any other text of a server may be an echo of the request, and so of the secret.</summary>
    /// <param name="name">What the server sent in the place of the name.</param>
    /// <param name="secret">The secret in the request; null if the request held none.</param>
    public static bool IsSafe(string? name, string? secret) =>
        name is not null && Form().IsMatch(name) && (string.IsNullOrEmpty(secret) || !name.Contains(secret, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"^(?=.{2,64}\z)([a-z]+(_[a-z]+)*|[A-Z][A-Za-z]+)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
