using CognitoM2M.AspNetCore.Requirements;
using Microsoft.AspNetCore.Authorization;

namespace CognitoM2M.AspNetCore;

/// <summary>Requires all of these scopes of the caller's token. For controllers, actions, hubs and hub methods.</summary>
/// <remarks>
/// The attribute authenticates with the scheme <see cref="CognitoM2MAuthenticationDefaults.AuthenticationScheme"/>. If your scheme has another name,
/// set <see cref="AuthorizeAttribute.AuthenticationSchemes"/>. If <c>AddCognitoM2M</c> was not called, requests fail. If there are several attributes, a request must satisfy all of them.
/// <c>[AllowAnonymous]</c> on the action, the controller or the hub turns all of them off.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true, Inherited = true)]
public sealed class RequireCognitoScopeAttribute : AuthorizeAttribute, IAuthorizationRequirementData
{
    private readonly CognitoScopeRequirement _requirement;

    /// <param name="scopes">The scopes, each written <c>resource-server/scope</c>.</param>
    /// <exception cref="ArgumentException">No scope is given, or one of them is not a scope.</exception>
    public RequireCognitoScopeAttribute(params string[] scopes)
    {
        _requirement = CognitoScopeRequirement.AllOf(scopes);
        base.Policy = RequirementPolicyName.Format(_requirement);
        AuthenticationSchemes = CognitoM2MAuthenticationDefaults.AuthenticationScheme;
    }

    /// <summary>The requirement as the name of a policy. To apply a policy of your own as well, add an attribute <c>[Authorize]</c>.</summary>
    public new string? Policy => base.Policy;

    /// <inheritdoc/>
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [_requirement];
}
