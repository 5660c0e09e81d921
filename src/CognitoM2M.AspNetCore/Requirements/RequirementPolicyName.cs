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
        ("all of ", CognitoScopeRequirement.AllOf),
        ("any of ", CognitoScopeRequirement.AnyOf),
        ("all groups of ", CognitoGroupRequirement.AllOf),
        ("any group of ", CognitoGroupRequirement.AnyOf),
    ];

    private const string Plain = "CognitoM2M: ";
    private const string OfRegisteredSchemes = $"{Plain}registered schemes, ";

    /// <summary>Formats a requirement.</summary>
    /// <param name="requirement">The requirement.</param>
    /// <param name="withRegisteredSchemes">Whether the policy names the registered schemes. If not, what refers to the policy names the schemes.</param>
    public static string Format(CognitoRequirement requirement, bool withRegisteredSchemes) =>
        (withRegisteredSchemes ? OfRegisteredSchemes : Plain)
        + _kinds[(requirement is CognitoGroupRequirement ? 2 : 0) + (requirement.NeedsAll ? 0 : 1)].Prefix
        + string.Join(' ', requirement.Values); // Neither scopes nor names of groups contain spaces.

    public static bool TryParse(string name, [NotNullWhen(true)] out CognitoRequirement? requirement, out bool withRegisteredSchemes)
    {
        requirement = null;
        withRegisteredSchemes = name.StartsWith(OfRegisteredSchemes, StringComparison.Ordinal);
        if (!name.StartsWith(Plain, StringComparison.Ordinal))
            return false;

        var rest = name[(withRegisteredSchemes ? OfRegisteredSchemes : Plain).Length..];
        var kind = Array.Find(_kinds, kind => rest.StartsWith(kind.Prefix, StringComparison.Ordinal));
        requirement = kind.Create?.Invoke(rest[kind.Prefix.Length..].Split(' '));
        return requirement is not null;
    }
}
