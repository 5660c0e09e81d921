using System.Diagnostics.CodeAnalysis;

namespace CognitoM2M.AspNetCore.Scopes;

/// <summary>
/// Formats a requirement as the name of a policy. Attributes need this: hub methods, and MVC without endpoint routing, read only the policy, the
/// roles and the schemes of an attribute.
/// </summary>
internal static class ScopePolicyName
{
    private const string All = "CognitoM2M: all of ";
    private const string Any = "CognitoM2M: any of ";

    public static string Format(CognitoScopeRequirement requirement) => (requirement.NeedsAll ? All : Any) + string.Join(' ', requirement.Scopes);

    public static bool TryParse(string name, [NotNullWhen(true)] out CognitoScopeRequirement? requirement)
    {
        requirement = name.StartsWith(All, StringComparison.Ordinal) ? CognitoScopeRequirement.AllOf(name[All.Length..].Split(' '))
            : name.StartsWith(Any, StringComparison.Ordinal) ? CognitoScopeRequirement.AnyOf(name[Any.Length..].Split(' '))
            : null;
        return requirement is not null;
    }
}
