namespace CognitoM2M.AspNetCore;

/// <summary>Requires at least one of these scopes of the caller's token. For controllers, actions, hubs and hub methods.</summary>
/// <inheritdoc cref="CognitoRequirementAttribute" path="/remarks"/>
/// <param name="scopes">The scopes, each written <c>resource-server/scope</c>.</param>
/// <exception cref="ArgumentException">No scope is given, or one of them is not a scope.</exception>
public sealed class RequireAnyCognitoScopeAttribute(params string[] scopes) : CognitoRequirementAttribute(CognitoScopeRequirement.AnyOf(scopes));
