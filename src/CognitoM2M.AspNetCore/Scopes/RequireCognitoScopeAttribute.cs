using Microsoft.AspNetCore.Authorization;

namespace CognitoM2M.AspNetCore;

/// <summary>Demands scopes of the caller's token, all of them: for controllers, actions and hubs.</summary>
/// <remarks>
/// Authenticates with the scheme <see cref="CognitoM2MAuthenticationDefaults.AuthenticationScheme"/>; if yours has another name, set
/// <see cref="AuthorizeAttribute.AuthenticationSchemes"/>.
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
        AuthenticationSchemes = CognitoM2MAuthenticationDefaults.AuthenticationScheme;
    }

    /// <inheritdoc/>
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [_requirement];
}
