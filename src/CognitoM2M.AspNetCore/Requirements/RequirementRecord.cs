using Microsoft.AspNetCore.Http;

namespace CognitoM2M.AspNetCore.Requirements;

/// <summary>What the checks of a request asked for. <see cref="CognitoRequirement"/> adds it; the authentication handler names it in its answer and in the log.</summary>
internal sealed class RequirementRecord
{
    private static readonly object _key = new();
    private readonly List<CognitoRequirement> _checked = new(1);

    private RequirementRecord()
    {
    }

    /// <summary>All scopes that the request needs, including those that the caller has: the caller should request a token with all of them.</summary>
    public IReadOnlyList<string> Scopes => [.. _checked.OfType<CognitoScopeRequirement>().SelectMany(requirement => requirement.Scopes).Distinct(StringComparer.Ordinal)];

    /// <summary>The requirements in words, met or not.</summary>
    public IReadOnlyList<string> Requirements => [.. _checked.Select(requirement => $"{requirement}").Distinct(StringComparer.Ordinal)];

    /// <summary>Whether the caller's token lacks any of the scopes.</summary>
    public bool IsAnyScopeMissing { get; private set; }

    /// <summary>Whether the caller lacks a group.</summary>
    public bool IsAnyGroupMissing { get; private set; }

    public static RequirementRecord? Find(HttpContext context) => context.Items[_key] as RequirementRecord;

    /// <summary>Adds a check. This runs in each request, so texts are only created for an answer.</summary>
    public static void Add(HttpContext context, CognitoRequirement requirement, bool isMet)
    {
        if (Find(context) is not { } record)
            context.Items[_key] = record = new RequirementRecord();
        if (!record._checked.Contains(requirement))
            record._checked.Add(requirement);
        if (requirement is CognitoScopeRequirement)
            record.IsAnyScopeMissing |= !isMet;
        else
            record.IsAnyGroupMissing |= !isMet;
    }
}
