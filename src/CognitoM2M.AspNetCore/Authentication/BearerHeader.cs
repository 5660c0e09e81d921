using Microsoft.Extensions.Primitives;

namespace CognitoM2M.AspNetCore.Authentication;

/// <summary>Finds the token in the header Authorization (RFC 6750, section 2.1).</summary>
internal static class BearerHeader
{
    private const string Scheme = "Bearer ";

    /// <summary>Reads the token; empty if the header has none.</summary>
    /// <param name="authorization">All values of the header.</param>
    /// <param name="isAmbiguous">Whether there are several values and one of them is a bearer token, so that it is unclear which value counts.</param>
    public static ReadOnlyMemory<char> ReadToken(StringValues authorization, out bool isAmbiguous)
    {
        isAmbiguous = authorization.Count > 1 && authorization.Any(value => value is not null && IsBearer(value));
        return authorization.Count == 1 && authorization[0] is { } header && IsBearer(header)
            ? header.AsMemory(Scheme.Length).Trim(' ')
            : default;
    }

    private static bool IsBearer(string header) => header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);
}
