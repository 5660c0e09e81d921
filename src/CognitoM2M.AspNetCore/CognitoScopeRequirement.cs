using System.Security.Claims;
using CognitoM2M.AspNetCore.Configuration;
using CognitoM2M.AspNetCore.Scopes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore;

/// <summary>Demands scopes of the caller's token. Its own handler: nothing else needs to be registered.</summary>
/// <remarks>
/// Looks at the claims <c>scope</c> of all identities that were authenticated: one claim for each scope, as this library's scheme makes
/// them, or one for all of them with spaces between, as others do.
/// </remarks>
public sealed class CognitoScopeRequirement : IAuthorizationRequirement, IAuthorizationHandler
{
    private readonly string[] _scopes;
    private readonly Func<AuthorizationHandlerContext, IEnumerable<string>?> _schemes;

    private CognitoScopeRequirement(string[] scopes, bool needsAll, Func<AuthorizationHandlerContext, IEnumerable<string>?>? schemes = null)
    {
        _scopes = scopes;
        _schemes = schemes ?? (_ => null);
        Scopes = Array.AsReadOnly(scopes);
        NeedsAll = needsAll;
    }

    /// <summary>The scopes, as <c>resource-server/scope</c>.</summary>
    public IReadOnlyList<string> Scopes { get; }

    /// <summary>Whether all of them are demanded, or any one.</summary>
    public bool NeedsAll { get; }

    /// <summary>Demands each of these scopes.</summary>
    /// <exception cref="ArgumentException">There is none, or one is not a scope.</exception>
    public static CognitoScopeRequirement AllOf(params string[] scopes) => new(Checked(scopes), needsAll: true);

    /// <summary>Demands one of these scopes.</summary>
    /// <exception cref="ArgumentException">There is none, or one is not a scope.</exception>
    public static CognitoScopeRequirement AnyOf(params string[] scopes) => new(Checked(scopes), needsAll: false);

    /// <summary>The requirement in words.</summary>
    public override string ToString() => $"{(NeedsAll ? "All" : "One")} of the scopes {string.Join(' ', _scopes)}";

    /// <inheritdoc/>
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        var schemes = _schemes(context);
        var isMet = NeedsAll
            ? Array.TrueForAll(_scopes, scope => Has(context.User, scope, schemes))
            : Array.Exists(_scopes, scope => Has(context.User, scope, schemes));
        if (isMet)
            context.Succeed(this);
        if (context.Resource is HttpContext http)
            RequiredScopes.Add(http, _scopes, isMet);
        return Task.CompletedTask;
    }

    /// <summary>The same, of identities alone that one of these schemes authenticated: what another says of scopes does not count.</summary>
    internal CognitoScopeRequirement Of(IEnumerable<string> schemes)
    {
        string[] names = [.. schemes];
        return new CognitoScopeRequirement(_scopes, NeedsAll, _ => names);
    }

    /// <summary>The same, of the schemes that <c>AddCognitoM2M</c> registered, as far as it can be told what those are: for a request.</summary>
    internal CognitoScopeRequirement OfRegisteredSchemes() => new(
        _scopes,
        NeedsAll,
        context => context.Resource is HttpContext { RequestServices: { } services } ? services.GetServices<RegisteredScheme>().Select(scheme => scheme.Name) : null);

    private static bool Has(ClaimsPrincipal user, string scope, IEnumerable<string>? schemes) =>
        user.Identities.Any(identity => Counts(identity, schemes) && identity.Claims.Any(claim => IsOrHolds(claim, scope)));

    private static bool Counts(ClaimsIdentity identity, IEnumerable<string>? schemes) =>
        identity.IsAuthenticated && (schemes is null || schemes.Contains(identity.AuthenticationType, StringComparer.Ordinal));

    private static bool IsOrHolds(Claim claim, string scope)
    {
        // Not FindAll, which takes a claim Scope for one, too.
        if (claim.Type != CognitoM2MAuthenticationDefaults.ScopeClaimType)
            return false;

        var value = claim.Value.AsSpan();
        foreach (var part in value.Split(' '))
        {
            if (value[part].SequenceEqual(scope))
                return true;
        }

        return false;
    }

    private static string[] Checked(string[] scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        if (scopes.Length == 0)
            throw new ArgumentException("Name a scope at least.", nameof(scopes));
        foreach (var scope in scopes)
        {
            if (!IsScope(scope))
                throw new ArgumentException($"'{scope}' is not a scope, such as orders/read; name several one by one.", nameof(scopes));
        }

        // A copy: the caller's array may change.
        return [.. scopes];
    }

    // RFC 6749, appendix A.4.
    private static bool IsScope(string? scope) => scope is { Length: > 0 } && scope.All(c => c is > ' ' and <= '~' and not ('"' or '\\'));
}
