using System.Collections.Frozen;
using CognitoM2M.Verification.Keys;

namespace CognitoM2M.Verification.Issuers;

/// <summary>One issuer whose tokens are accepted.</summary>
/// <param name="issuer">The claim <c>iss</c>, exactly.</param>
/// <param name="userPoolId">The pool, if it is named.</param>
/// <param name="clientIds">The app clients accepted; null for all.</param>
/// <param name="keys">What it signs with.</param>
internal sealed class TrustedIssuer(string issuer, string? userPoolId, FrozenSet<string>? clientIds, IKeySet keys)
{
    public string Issuer { get; } = issuer;

    public string? UserPoolId { get; } = userPoolId;

    public FrozenSet<string>? ClientIds { get; } = clientIds;

    public IKeySet Keys { get; } = keys;
}
