using System.Diagnostics.CodeAnalysis;

namespace CognitoM2M.AspNetCore.Scopes;

/// <summary>
/// Writes a demand as the name of a policy. Attributes need that: hub methods and MVC without endpoint routing look at the policy, the
/// roles and the schemes of an attribute, and at nothing else.
/// </summary>
internal static class ScopePolicyName
{
    private const string All = "CognitoM2M: all of ";
    private const string Any = "CognitoM2M: any of ";

    public static string Of(CognitoScopeRequirement requirement) => (requirement.NeedsAll ? All : Any) + string.Join(' ', requirement.Scopes);

    public static bool TryRead(string name, [NotNullWhen(true)] out CognitoScopeRequirement? requirement)
    {
        requirement = name.StartsWith(All, StringComparison.Ordinal) ? CognitoScopeRequirement.AllOf(name[All.Length..].Split(' '))
            : name.StartsWith(Any, StringComparison.Ordinal) ? CognitoScopeRequirement.AnyOf(name[Any.Length..].Split(' '))
            : null;
        return requirement is not null;
    }
}
