using System.Security.Claims;
using CognitoM2M.AspNetCore.Requirements;
using CognitoM2M.Shared;

namespace CognitoM2M.AspNetCore;

/// <summary>Requires that the caller is in groups of the user pool. The requirement handles itself, so no handler needs to be registered.</summary>
/// <remarks>Reads the claims <c>cognito:groups</c> of all authenticated identities, one claim for each group. Machines are in no group.</remarks>
public sealed class CognitoGroupRequirement : CognitoRequirement
{
    private CognitoGroupRequirement(string[] groups, bool needsAll, CountedSchemes? schemes = null)
        : base(groups, needsAll, schemes ?? CountedSchemes.All) => Groups = Array.AsReadOnly(groups);

    /// <summary>The names of the groups.</summary>
    public IReadOnlyList<string> Groups { get; }

    /// <summary>Requires that the caller is in all of these groups.</summary>
    /// <exception cref="ArgumentException">No group is given, or one of them is not the name of a group.</exception>
    public static CognitoGroupRequirement AllOf(params string[] groups) => new(Copy(groups), needsAll: true);

    /// <summary>Requires that the caller is in at least one of these groups.</summary>
    /// <exception cref="ArgumentException">No group is given, or one of them is not the name of a group.</exception>
    public static CognitoGroupRequirement AnyOf(params string[] groups) => new(Copy(groups), needsAll: false);

    /// <summary>The requirement in words.</summary>
    public override string ToString() => $"{(NeedsAll ? "All" : "One")} of the groups {string.Join(' ', Groups)}";

    private protected override CognitoRequirement CopyWith(CountedSchemes schemes) =>
        new CognitoGroupRequirement(Values, NeedsAll, schemes);

    // FindAll would ignore upper and lower case.
    private protected override bool Holds(Claim claim, string value) => claim.Type == CognitoM2MAuthenticationDefaults.GroupsClaimType && claim.Value == value;

    private static string[] Copy(string[] groups) => Copy(groups, "group", "admins", CognitoNames.IsGroupName, nameof(groups));
}
