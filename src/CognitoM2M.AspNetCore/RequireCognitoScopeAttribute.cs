using CognitoM2M.AspNetCore.Scopes;
using Microsoft.AspNetCore.Authorization;

namespace CognitoM2M.AspNetCore;

/// <summary>Demands scopes of the caller's token, all of them: for controllers, actions, hubs and their methods.</summary>
/// <remarks>
/// Authenticates with the scheme <see cref="CognitoM2MAuthenticationDefaults.AuthenticationScheme"/>; if yours has another name, set
/// <see cref="AuthorizeAttribute.AuthenticationSchemes"/>. Needs <c>AddCognitoM2M</c>: without it, requests fail. Demands add up;
/// <c>[AllowAnonymous]</c> lifts them, on whichever level it stands.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true, Inherited = true)]
public sealed class RequireCognitoScopeAttribute : AuthorizeAttribute, IAuthorizationRequirementData
{
    private readonly CognitoScopeRequirement _requirement;

    /// <param name="scopes">Each written <c>resource-server/scope</c>.</param>
    /// <exception cref="ArgumentException">There is none, or one is not a scope.</exception>
    public RequireCognitoScopeAttribute(params string[] scopes)
    {
        _requirement = CognitoScopeRequirement.AllOf(scopes);
        base.Policy = ScopePolicyName.Of(_requirement);
        AuthenticationSchemes = CognitoM2MAuthenticationDefaults.AuthenticationScheme;
    }

    /// <summary>The demand as the name of a policy. For a policy of your own, add an attribute <c>[Authorize]</c>.</summary>
    public new string? Policy => base.Policy;

    /// <inheritdoc/>
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [_requirement];
}
