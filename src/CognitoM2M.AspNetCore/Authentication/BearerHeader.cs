using Microsoft.Extensions.Primitives;

namespace CognitoM2M.AspNetCore.Authentication;

/// <summary>Finds the token in the header Authorization (RFC 6750, section 2.1).</summary>
internal static class BearerHeader
{
    private const string Scheme = "Bearer ";

    /// <summary>The token; empty if the header carries none.</summary>
    /// <param name="authorization">All values of the header.</param>
    /// <param name="isAmbiguous">Whether there are several, one of them a bearer token: which would count?</param>
    public static ReadOnlySpan<char> Token(StringValues authorization, out bool isAmbiguous)
    {
        isAmbiguous = authorization.Count > 1 && authorization.Any(value => value is not null && IsBearer(value));
        return authorization.Count == 1 && authorization[0] is { } header && IsBearer(header)
            ? header.AsSpan(Scheme.Length).Trim(' ')
            : default;
    }

    private static bool IsBearer(string header) => header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);
}
