using System.Security.Claims;
using CognitoM2M.AspNetCore.Authentication;
using CognitoM2M.AspNetCore.Requirements;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Filters;

namespace CognitoM2M.AspNetCore;

/// <summary>Requires something of the caller's token. The requirement handles itself, so no handler needs to be registered.</summary>
public abstract class CognitoRequirement : IAuthorizationRequirement, IAuthorizationHandler
{
    private readonly CountedSchemes _schemes;

    /// <param name="values">What is required.</param>
    /// <param name="needsAll">Whether all of the values are required.</param>
    /// <param name="schemes">The schemes whose identities count.</param>
    private protected CognitoRequirement(string[] values, bool needsAll, CountedSchemes schemes)
    {
        Values = values;
        NeedsAll = needsAll;
        _schemes = schemes;
    }

    /// <summary>True if the token needs all of what is required; false if it needs one of it.</summary>
    public bool NeedsAll { get; }

    /// <summary>What is required.</summary>
    internal string[] Values { get; }

    /// <summary>Whether <see cref="RegisteredSchemesHandler"/> handles the requirement, because only the container knows the schemes whose identities count.</summary>
    internal bool IsForRegisteredSchemes => ReferenceEquals(_schemes, CountedSchemes.Registered);

    /// <inheritdoc/>
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!IsForRegisteredSchemes)
            Check(context, _schemes.Names);
        return Task.CompletedTask;
    }

    /// <summary>Checks the requirement.</summary>
    /// <param name="context">Takes the result.</param>
    /// <param name="schemes">The schemes whose identities count; null for all.</param>
    internal void Check(AuthorizationHandlerContext context, string[]? schemes)
    {
        var isMet = IsMet(context.User, schemes);
        if (isMet)
            context.Succeed(this);
        if (FindRequest(context.Resource) is { } request)
            RequirementRecord.Add(request, this, isMet);
    }

    /// <summary>The same requirement, met only by identities that one of these schemes authenticated. Claims of other identities do not count.</summary>
    internal CognitoRequirement LimitTo(IEnumerable<string> schemes) => CopyWith(new CountedSchemes([.. schemes]));

    /// <summary>The same requirement, met only by identities of the schemes that are registered in the container.</summary>
    internal CognitoRequirement LimitToRegisteredSchemes() => CopyWith(CountedSchemes.Registered);

    /// <summary>The same requirement with other schemes.</summary>
    private protected abstract CognitoRequirement CopyWith(CountedSchemes schemes);

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

    // A filter of MVC, such as a global AuthorizeFilter, authorizes with its own context.
    private static HttpContext? FindRequest(object? resource) => resource switch
    {
        HttpContext request => request,
        FilterContext filter => filter.HttpContext,
        _ => null,
    };

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
