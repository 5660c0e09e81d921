namespace CognitoM2M.AspNetCore;

/// <summary>Requires that the caller is in all of these groups of the user pool. For controllers, actions, hubs and hub methods.</summary>
/// <inheritdoc cref="CognitoRequirementAttribute" path="/remarks"/>
/// <param name="groups">The names of the groups; case-sensitive.</param>
/// <exception cref="ArgumentException">No group is given, or one of them is not the name of a group.</exception>
public sealed class RequireCognitoGroupAttribute(params string[] groups) : CognitoRequirementAttribute(CognitoGroupRequirement.AllOf(groups));
