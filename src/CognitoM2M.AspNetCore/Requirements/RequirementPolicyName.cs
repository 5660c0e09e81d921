using System.Diagnostics.CodeAnalysis;

namespace CognitoM2M.AspNetCore.Requirements;

/// <summary>
/// Formats a requirement as the name of a policy. Attributes need this: hub methods, and MVC without endpoint routing, read only the policy, the
/// roles and the schemes of an attribute.
/// </summary>
internal static class RequirementPolicyName
{
    private static readonly (string Prefix, Func<string[], CognitoRequirement> Create)[] _kinds =
    [
        ("CognitoM2M: all of ", CognitoScopeRequirement.AllOf),
        ("CognitoM2M: any of ", CognitoScopeRequirement.AnyOf),
        ("CognitoM2M: all groups of ", CognitoGroupRequirement.AllOf),
        ("CognitoM2M: any group of ", CognitoGroupRequirement.AnyOf),
    ];

    // Neither scopes nor names of groups contain spaces.
    public static string Format(CognitoRequirement requirement) =>
        _kinds[(requirement is CognitoGroupRequirement ? 2 : 0) + (requirement.NeedsAll ? 0 : 1)].Prefix + string.Join(' ', requirement.Values);

    public static bool TryParse(string name, [NotNullWhen(true)] out CognitoRequirement? requirement)
    {
        var kind = Array.Find(_kinds, kind => name.StartsWith(kind.Prefix, StringComparison.Ordinal));
        requirement = kind.Create?.Invoke(name[kind.Prefix.Length..].Split(' '));
        return requirement is not null;
    }
}
