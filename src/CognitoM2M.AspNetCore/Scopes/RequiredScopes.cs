using Microsoft.AspNetCore.Http;

namespace CognitoM2M.AspNetCore.Scopes;

/// <summary>The scopes that a request was found to lack, from where they are checked to where the caller is told.</summary>
internal static class RequiredScopes
{
    private static readonly object _key = new();

    public static IReadOnlyCollection<string>? Of(HttpContext context) => context.Items[_key] as IReadOnlyCollection<string>;

    public static void Add(HttpContext context, IEnumerable<string> scopes)
    {
        if (context.Items[_key] is not List<string> required)
            context.Items[_key] = required = [];
        required.AddRange(scopes.Except(required, StringComparer.Ordinal));
    }
}
