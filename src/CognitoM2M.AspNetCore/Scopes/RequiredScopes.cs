using Microsoft.AspNetCore.Http;

namespace CognitoM2M.AspNetCore.Scopes;

/// <summary>The scopes that a request needs, from where they are checked to where the caller is told.</summary>
internal sealed class RequiredScopes
{
    private static readonly object _key = new();
    private readonly List<string> _scopes = [];

    private RequiredScopes()
    {
    }

    /// <summary>All of them, also those that the caller has: it is to ask for a token with all.</summary>
    public IReadOnlyList<string> Scopes => _scopes;

    /// <summary>Whether the caller lacks any.</summary>
    public bool IsLacking { get; private set; }

    public static RequiredScopes? Of(HttpContext context) => context.Items[_key] as RequiredScopes;

    public static void Add(HttpContext context, IEnumerable<string> scopes, bool isMet)
    {
        if (Of(context) is not { } required)
            context.Items[_key] = required = new RequiredScopes();
        required._scopes.AddRange(scopes.Except(required._scopes, StringComparer.Ordinal));
        required.IsLacking |= !isMet;
    }
}
