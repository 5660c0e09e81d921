using System.Security.Claims;
using CognitoM2M.AspNetCore.Authentication;
using CognitoM2M.AspNetCore.Configuration;
using CognitoM2M.AspNetCore.Scopes;
using CognitoM2M.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore;

/// <summary>Requires scopes of the caller's token. The requirement handles itself, so no handler needs to be registered.</summary>
/// <remarks>
/// Reads the claims <c>scope</c> of all authenticated identities. Both forms are understood: one claim for each scope, as this library's scheme
/// creates them, and one claim with all scopes separated by spaces, as other schemes create it.
/// </remarks>
public sealed class CognitoScopeRequirement : IAuthorizationRequirement, IAuthorizationHandler
{
    private readonly string[] _scopes;
    private readonly Func<AuthorizationHandlerContext, string[]?> _schemes;

    private CognitoScopeRequirement(string[] scopes, bool needsAll, Func<AuthorizationHandlerContext, string[]?>? schemes = null)
    {
        _scopes = scopes;
        _schemes = schemes ?? (_ => null);
        Scopes = Array.AsReadOnly(scopes);
        NeedsAll = needsAll;
    }

    /// <summary>The scopes, as <c>resource-server/scope</c>.</summary>
    public IReadOnlyList<string> Scopes { get; }

    /// <summary>True if the token needs all of the scopes; false if it needs one of them.</summary>
    public bool NeedsAll { get; }

    /// <summary>Requires all of these scopes.</summary>
    /// <exception cref="ArgumentException">No scope is given, or one of them is not a scope.</exception>
    public static CognitoScopeRequirement AllOf(params string[] scopes) => new(Copy(scopes), needsAll: true);

    /// <summary>Requires at least one of these scopes.</summary>
    /// <exception cref="ArgumentException">No scope is given, or one of them is not a scope.</exception>
    public static CognitoScopeRequirement AnyOf(params string[] scopes) => new(Copy(scopes), needsAll: false);

    /// <summary>The requirement in words.</summary>
    public override string ToString() => $"{(NeedsAll ? "All" : "One")} of the scopes {string.Join(' ', _scopes)}";

    /// <inheritdoc/>
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        var schemes = _schemes(context);
        var isMet = IsMet(context.User, schemes);
        if (isMet)
            context.Succeed(this);
        if (context.Resource is HttpContext http)
            ScopeCheckRecord.Add(http, this, isMet);
        return Task.CompletedTask;
    }

    /// <summary>The same requirement, met only by identities that one of these schemes authenticated. Scopes of other identities do not count.</summary>
    internal CognitoScopeRequirement LimitTo(IEnumerable<string> schemes)
    {
        string[] names = [.. schemes];
        return new CognitoScopeRequirement(_scopes, NeedsAll, _ => names);
    }

    /// <summary>
    /// The same requirement, met only by identities of the schemes that <c>AddCognitoM2M</c> registered. They are known only while a request is
    /// authorized; elsewhere, identities of all schemes count.
    /// </summary>
    internal CognitoScopeRequirement LimitToRegisteredSchemes() => new(
        _scopes,
        NeedsAll,
        context => context.Resource is HttpContext { RequestServices: { } services } ? [.. services.GetServices<RegisteredScheme>().Select(scheme => scheme.Name)] : null);

    private bool IsMet(ClaimsPrincipal user, string[]? schemes)
    {
        foreach (var scope in _scopes)
        {
            if (HasScope(user, scope, schemes) != NeedsAll)
                return !NeedsAll;
        }

        return NeedsAll;
    }

    // Loops instead of LINQ, because this runs in each request.
    private static bool HasScope(ClaimsPrincipal user, string scope, string[]? schemes)
    {
        foreach (var identity in user.Identities)
        {
            if (!Counts(identity, schemes))
                continue;
            foreach (var claim in identity.Claims)
            {
                if (NamesScope(claim, scope))
                    return true;
            }
        }

        return false;
    }

    private static bool Counts(ClaimsIdentity identity, string[]? schemes) =>
        identity.IsAuthenticated && (schemes is null || Array.IndexOf(schemes, SchemeIdentity.FindScheme(identity)) >= 0);

    private static bool NamesScope(Claim claim, string scope)
    {
        // Not FindAll, which ignores upper and lower case and would also find a claim Scope.
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

    private static string[] Copy(string[] scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        if (scopes.Length == 0)
            throw new ArgumentException("No scope is given. Name at least one.", nameof(scopes));
        foreach (var scope in scopes)
        {
            if (!CognitoNames.IsScope(scope))
                throw new ArgumentException($"'{scope}' is not a scope. A scope looks like orders/read; pass several scopes as several arguments.", nameof(scopes));
        }

        // A copy, because the caller may change the array later.
        return [.. scopes];
    }
}
