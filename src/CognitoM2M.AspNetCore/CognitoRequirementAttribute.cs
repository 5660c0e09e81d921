using CognitoM2M.AspNetCore.Requirements;
using Microsoft.AspNetCore.Authorization;

namespace CognitoM2M.AspNetCore;

/// <summary>The base of the attributes that require scopes or groups of the caller's token. For controllers, actions, hubs and hub methods.</summary>
/// <remarks>
/// If there are several attributes, a request must satisfy all of them. <c>[AllowAnonymous]</c> on the action, the controller or the hub turns all of
/// them off. If no scheme was registered with <c>AddCognitoM2M</c> or <c>UseCognitoM2M</c>, requests fail.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true, Inherited = true)]
public abstract class CognitoRequirementAttribute : AuthorizeAttribute, IAuthorizationRequirementData
{
    private readonly CognitoRequirement _requirement;

    private protected CognitoRequirementAttribute(CognitoRequirement requirement)
    {
        _requirement = requirement;
        AuthenticationSchemes = null;
    }

    /// <summary>The names of the authentication schemes whose tokens are accepted, with commas between them.</summary>
    /// <value>Null by default: every scheme that was registered with <c>AddCognitoM2M</c> or <c>UseCognitoM2M</c>.</value>
    public new string? AuthenticationSchemes
    {
        get => base.AuthenticationSchemes;
        set
        {
            base.AuthenticationSchemes = value;
            base.Policy = RequirementPolicyName.Format(_requirement, withRegisteredSchemes: string.IsNullOrWhiteSpace(value));
        }
    }

    /// <summary>The requirement as the name of a policy. To apply a policy of your own as well, add an attribute <c>[Authorize]</c>.</summary>
    public new string? Policy => base.Policy;

    /// <inheritdoc/>
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [_requirement];
}
