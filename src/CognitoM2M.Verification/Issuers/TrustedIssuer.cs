using System.Collections.Frozen;
using System.Text;
using CognitoM2M.Shared;
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

    /// <summary>Finds an accepted app client and creates no string; null if it is not among <see cref="ClientIds"/>.</summary>
    /// <param name="utf8">The client id in UTF-8.</param>
    public string? FindClientId(ReadOnlySpan<byte> utf8)
    {
        Span<char> characters = stackalloc char[CognitoNames.MaxClientIdLength];
        return utf8.Length <= CognitoNames.MaxClientIdLength
            && ClientIds!.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(characters[..Encoding.UTF8.GetChars(utf8, characters)], out var clientId)
                ? clientId
                : null;
    }
}
