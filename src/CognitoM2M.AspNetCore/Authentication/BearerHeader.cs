using CognitoM2M.Shared;
using Microsoft.Extensions.Primitives;

namespace CognitoM2M.AspNetCore.Authentication;

/// <summary>Finds the token in the values of the header Authorization.</summary>
internal static class BearerHeader
{
    /// <summary>Reads the token; empty if the header has none.</summary>
    /// <param name="authorization">All values of the header.</param>
    /// <param name="isAmbiguous">Whether there are several values and one of them is a bearer token, so that it is unclear which value counts.</param>
    public static ReadOnlyMemory<char> ReadToken(StringValues authorization, out bool isAmbiguous)
    {
        isAmbiguous = authorization.Count > 1 && authorization.Any(value => BearerScheme.IsNamed(value));
        return authorization.Count == 1 ? BearerScheme.ReadToken(authorization[0]) : default;
    }
}
