using CognitoM2M.AspNetCore.Requirements;
using Microsoft.AspNetCore.Authorization;

namespace CognitoM2M.AspNetCore;

/// <summary>Requires that the caller is in at least one of these groups of the user pool. For controllers, actions, hubs and hub methods.</summary>
/// <remarks>
/// The attribute authenticates with the scheme <see cref="CognitoM2MAuthenticationDefaults.AuthenticationScheme"/>. If your scheme has another name,
/// set <see cref="AuthorizeAttribute.AuthenticationSchemes"/>. If <c>AddCognitoM2M</c> was not called, requests fail. If there are several attributes, a request must satisfy all of them.
/// <c>[AllowAnonymous]</c> on the action, the controller or the hub turns all of them off.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true, Inherited = true)]
public sealed class RequireAnyCognitoGroupAttribute : AuthorizeAttribute, IAuthorizationRequirementData
{
    private readonly CognitoGroupRequirement _requirement;

    /// <param name="groups">The names of the groups; case-sensitive.</param>
    /// <exception cref="ArgumentException">No group is given, or one of them is not the name of a group.</exception>
    public RequireAnyCognitoGroupAttribute(params string[] groups)
    {
        _requirement = CognitoGroupRequirement.AnyOf(groups);
        base.Policy = RequirementPolicyName.Format(_requirement);
        AuthenticationSchemes = CognitoM2MAuthenticationDefaults.AuthenticationScheme;
    }

    /// <summary>The requirement as the name of a policy. To apply a policy of your own as well, add an attribute <c>[Authorize]</c>.</summary>
    public new string? Policy => base.Policy;

    /// <inheritdoc/>
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [_requirement];
}
