using Microsoft.AspNetCore.Http;

namespace CognitoM2M.AspNetCore.Scopes;

/// <summary>The scopes that a request needs. The requirement records them while it is checked; the authentication handler names them in its answer.</summary>
internal sealed class RequiredScopes
{
    private static readonly object _key = new();
    private readonly List<string> _scopes = [];

    private RequiredScopes()
    {
    }

    /// <summary>All scopes that the request needs, including those that the caller has: the caller should request a token with all of them.</summary>
    public IReadOnlyList<string> Scopes => _scopes;

    /// <summary>Whether the caller's token lacks any of the scopes.</summary>
    public bool IsAnyMissing { get; private set; }

    public static RequiredScopes? Find(HttpContext context) => context.Items[_key] as RequiredScopes;

    public static void Add(HttpContext context, IEnumerable<string> scopes, bool isMet)
    {
        if (Find(context) is not { } required)
            context.Items[_key] = required = new RequiredScopes();
        required._scopes.AddRange(scopes.Except(required._scopes, StringComparer.Ordinal));
        required.IsAnyMissing |= !isMet;
    }
}
