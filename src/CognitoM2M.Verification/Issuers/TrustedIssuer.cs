using System.Collections.Frozen;
using CognitoM2M.Verification.Keys;

namespace CognitoM2M.Verification.Issuers;

/// <summary>One issuer whose tokens are accepted.</summary>
/// <param name="issuer">The claim <c>iss</c>; compared character by character.</param>
/// <param name="userPoolId">The id of the user pool; null if the options name only an issuer.</param>
/// <param name="clientIds">The app clients that are accepted; null if all are.</param>
/// <param name="keys">The keys that the issuer signs with.</param>
internal sealed class TrustedIssuer(string issuer, string? userPoolId, FrozenSet<string>? clientIds, IKeySet keys)
{
    public string Issuer { get; } = issuer;

    public string? UserPoolId { get; } = userPoolId;

    public FrozenSet<string>? ClientIds { get; } = clientIds;

    public IKeySet Keys { get; } = keys;
}
