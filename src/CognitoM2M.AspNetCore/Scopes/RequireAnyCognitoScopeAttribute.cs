using Microsoft.AspNetCore.Authorization;

namespace CognitoM2M.AspNetCore;

/// <summary>Demands one of these scopes of the caller's token: for controllers, actions and hubs.</summary>
/// <remarks>
/// Authenticates with the scheme <see cref="CognitoM2MAuthenticationDefaults.AuthenticationScheme"/>; if yours has another name, set
/// <see cref="AuthorizeAttribute.AuthenticationSchemes"/>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true, Inherited = true)]
public sealed class RequireAnyCognitoScopeAttribute : AuthorizeAttribute, IAuthorizationRequirementData
{
    private readonly CognitoScopeRequirement _requirement;

    /// <param name="scopes">Each written <c>resource-server/scope</c>.</param>
    /// <exception cref="ArgumentException">There is none, or one is not a scope.</exception>
    public RequireAnyCognitoScopeAttribute(params string[] scopes)
    {
        _requirement = CognitoScopeRequirement.AnyOf(scopes);
        AuthenticationSchemes = CognitoM2MAuthenticationDefaults.AuthenticationScheme;
    }

    /// <inheritdoc/>
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [_requirement];
}
