using System.Security.Claims;
using CognitoM2M.AspNetCore.Authentication;
using CognitoM2M.AspNetCore.Configuration;
using CognitoM2M.AspNetCore.Requirements;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore;

/// <summary>Requires something of the caller's token. The requirement handles itself, so no handler needs to be registered.</summary>
public abstract class CognitoRequirement : IAuthorizationRequirement, IAuthorizationHandler
{
    private readonly Func<AuthorizationHandlerContext, string[]?> _schemes;

    /// <param name="values">What is required.</param>
    /// <param name="needsAll">Whether all of the values are required.</param>
    /// <param name="schemes">Finds the schemes whose identities count; they all count if it returns null.</param>
    private protected CognitoRequirement(string[] values, bool needsAll, Func<AuthorizationHandlerContext, string[]?>? schemes)
    {
        Values = values;
        NeedsAll = needsAll;
        _schemes = schemes ?? (_ => null);
    }

    /// <summary>True if the token needs all of what is required; false if it needs one of it.</summary>
    public bool NeedsAll { get; }

    /// <summary>What is required.</summary>
    internal string[] Values { get; }

    /// <inheritdoc/>
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        var schemes = _schemes(context);
        var isMet = IsMet(context.User, schemes);
        if (isMet)
            context.Succeed(this);
        if (context.Resource is HttpContext http)
            RequirementRecord.Add(http, this, isMet);
        return Task.CompletedTask;
    }

    /// <summary>The same requirement, met only by identities that one of these schemes authenticated. Claims of other identities do not count.</summary>
    internal CognitoRequirement LimitTo(IEnumerable<string> schemes)
    {
        string[] names = [.. schemes];
        return CopyWith(_ => names);
    }

    /// <summary>
    /// The same requirement, met only by identities of the schemes that <c>AddCognitoM2M</c> registered. They are known only while a request is
    /// authorized; elsewhere, identities of all schemes count.
    /// </summary>
    internal CognitoRequirement LimitToRegisteredSchemes() => CopyWith(
        context => context.Resource is HttpContext { RequestServices: { } services } ? [.. services.GetServices<RegisteredScheme>().Select(scheme => scheme.Name)] : null);

    /// <summary>The same requirement with other schemes.</summary>
    private protected abstract CognitoRequirement CopyWith(Func<AuthorizationHandlerContext, string[]?> schemes);

    /// <summary>Whether a claim holds what is required.</summary>
    private protected abstract bool Holds(Claim claim, string value);

    private protected static string[] Copy(string[] values, string what, string example, Func<string, bool> isValid, string parameter)
    {
        ArgumentNullException.ThrowIfNull(values, parameter);
        if (values.Length == 0)
            throw new ArgumentException($"No {what} is given. Name at least one.", parameter);
        foreach (var value in values)
        {
            if (!isValid(value))
                throw new ArgumentException($"'{value}' is not a {what}. A {what} looks like {example}; pass several {what}s as several arguments.", parameter);
        }

        // A copy, because the caller may change the array later.
        return [.. values];
    }

    private bool IsMet(ClaimsPrincipal user, string[]? schemes)
    {
        foreach (var value in Values)
        {
            if (Has(user, value, schemes) != NeedsAll)
                return !NeedsAll;
        }

        return NeedsAll;
    }

    // Loops instead of LINQ, because this runs in each request.
    private bool Has(ClaimsPrincipal user, string value, string[]? schemes)
    {
        foreach (var identity in user.Identities)
        {
            if (!Counts(identity, schemes))
                continue;
            foreach (var claim in identity.Claims)
            {
                if (Holds(claim, value))
                    return true;
            }
        }

        return false;
    }

    private static bool Counts(ClaimsIdentity identity, string[]? schemes) =>
        identity.IsAuthenticated && (schemes is null || Array.IndexOf(schemes, SchemeIdentity.FindScheme(identity)) >= 0);
}
