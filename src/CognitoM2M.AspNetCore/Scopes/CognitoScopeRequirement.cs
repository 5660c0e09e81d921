using CognitoM2M.AspNetCore.Scopes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.AspNetCore;

/// <summary>Demands scopes of the caller's token. Its own handler: nothing else needs to be registered.</summary>
/// <remarks>Understands a claim <c>scope</c> for each scope, as this library's scheme makes them, and one for all of them with spaces between, as others do.</remarks>
public sealed class CognitoScopeRequirement : AuthorizationHandler<CognitoScopeRequirement>, IAuthorizationRequirement
{
    private readonly string[] _scopes;

    private CognitoScopeRequirement(string[] scopes, bool needsAll)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        if (scopes.Length == 0)
            throw new ArgumentException("Name a scope at least.", nameof(scopes));
        if (Array.Find(scopes, scope => !IsScope(scope)) is var wrong && scopes.Contains(wrong))
            throw new ArgumentException($"'{wrong}' is not a scope, such as orders/read; name several one by one.", nameof(scopes));

        _scopes = scopes;
        Scopes = Array.AsReadOnly(scopes);
        NeedsAll = needsAll;
    }

    /// <summary>The scopes, as <c>resource-server/scope</c>.</summary>
    public IReadOnlyList<string> Scopes { get; }

    /// <summary>Whether all of them are demanded, or any one.</summary>
    public bool NeedsAll { get; }

    /// <summary>Demands each of these scopes.</summary>
    /// <exception cref="ArgumentException">There is none, or one is not a scope.</exception>
    public static CognitoScopeRequirement AllOf(params string[] scopes) => new(scopes, needsAll: true);

    /// <summary>Demands one of these scopes.</summary>
    /// <exception cref="ArgumentException">There is none, or one is not a scope.</exception>
    public static CognitoScopeRequirement AnyOf(params string[] scopes) => new(scopes, needsAll: false);

    /// <summary>The requirement in words.</summary>
    public override string ToString() => $"{(NeedsAll ? "All" : "One")} of the scopes {string.Join(' ', _scopes)}";

    /// <inheritdoc/>
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, CognitoScopeRequirement requirement)
    {
        if (requirement.IsMetBy(context))
            context.Succeed(requirement);
        else if (context.Resource is HttpContext http)
            RequiredScopes.Add(http, requirement._scopes);
        return Task.CompletedTask;
    }

    private bool IsMetBy(AuthorizationHandlerContext context) => NeedsAll
        ? Array.TrueForAll(_scopes, scope => Has(context, scope))
        : Array.Exists(_scopes, scope => Has(context, scope));

    private static bool Has(AuthorizationHandlerContext context, string scope)
    {
        foreach (var claim in context.User.FindAll(CognitoM2MAuthenticationDefaults.ScopeClaimType))
        {
            foreach (var part in claim.Value.AsSpan().Split(' '))
            {
                if (claim.Value.AsSpan()[part].SequenceEqual(scope))
                    return true;
            }
        }

        return false;
    }

    // RFC 6749, appendix A.4.
    private static bool IsScope(string? scope) => scope is { Length: > 0 } && scope.All(c => c is > ' ' and <= '~' and not ('"' or '\\'));
}
