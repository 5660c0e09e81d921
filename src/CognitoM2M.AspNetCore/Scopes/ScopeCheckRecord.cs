using Microsoft.AspNetCore.Http;

namespace CognitoM2M.AspNetCore.Scopes;

/// <summary>The scopes that the checks of a request asked for. <see cref="CognitoScopeRequirement"/> adds them; the authentication handler names them in its answer.</summary>
internal sealed class ScopeCheckRecord
{
    private static readonly object _key = new();
    private readonly List<CognitoScopeRequirement> _checked = new(1);

    private ScopeCheckRecord()
    {
    }

    /// <summary>All scopes that the request needs, including those that the caller has: the caller should request a token with all of them.</summary>
    public IReadOnlyList<string> Scopes => [.. _checked.SelectMany(requirement => requirement.Scopes).Distinct(StringComparer.Ordinal)];

    /// <summary>The requirements in words, met or not.</summary>
    public IReadOnlyList<string> Requirements => [.. _checked.Select(requirement => requirement.ToString()).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether the caller's token lacks any of the scopes.</summary>
    public bool IsAnyMissing { get; private set; }

    public static ScopeCheckRecord? Find(HttpContext context) => context.Items[_key] as ScopeCheckRecord;

    /// <summary>Adds a check. This runs in each request, so texts are only created for an answer.</summary>
    public static void Add(HttpContext context, CognitoScopeRequirement requirement, bool isMet)
    {
        if (Find(context) is not { } record)
            context.Items[_key] = record = new ScopeCheckRecord();
        if (!record._checked.Contains(requirement))
            record._checked.Add(requirement);
        record.IsAnyMissing |= !isMet;
    }
}
