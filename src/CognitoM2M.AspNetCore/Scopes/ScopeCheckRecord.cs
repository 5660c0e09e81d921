using Microsoft.AspNetCore.Http;

namespace CognitoM2M.AspNetCore.Scopes;

/// <summary>The scopes that the checks of a request asked for. <see cref="CognitoScopeRequirement"/> adds them; the authentication handler names them in its answer.</summary>
internal sealed class ScopeCheckRecord
{
    private static readonly object _key = new();
    private readonly List<string> _scopes = [];
    private readonly List<string> _requirements = [];

    private ScopeCheckRecord()
    {
    }

    /// <summary>All scopes that the request needs, including those that the caller has: the caller should request a token with all of them.</summary>
    public IReadOnlyList<string> Scopes => _scopes;

    /// <summary>The requirements in words, met or not.</summary>
    public IReadOnlyList<string> Requirements => _requirements;

    /// <summary>Whether the caller's token lacks any of the scopes.</summary>
    public bool IsAnyMissing { get; private set; }

    public static ScopeCheckRecord? Find(HttpContext context) => context.Items[_key] as ScopeCheckRecord;

    public static void Add(HttpContext context, CognitoScopeRequirement requirement, bool isMet)
    {
        if (Find(context) is not { } record)
            context.Items[_key] = record = new ScopeCheckRecord();
        record._scopes.AddRange(requirement.Scopes.Except(record._scopes, StringComparer.Ordinal));
        if (requirement.ToString() is var words && !record._requirements.Contains(words, StringComparer.Ordinal))
            record._requirements.Add(words);
        record.IsAnyMissing |= !isMet;
    }
}
