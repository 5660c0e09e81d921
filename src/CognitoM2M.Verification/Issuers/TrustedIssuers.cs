using System.Collections.Frozen;
using System.Text;
using CognitoM2M.Verification.Diagnostics;
using CognitoM2M.Verification.Keys;

namespace CognitoM2M.Verification.Issuers;

/// <summary>All issuers whose tokens are accepted, found by the claim <c>iss</c>.</summary>
internal sealed class TrustedIssuers
{
    private readonly FrozenDictionary<string, TrustedIssuer> _issuers;

    /// <param name="options">Valid ones.</param>
    /// <param name="createKeySet">Makes the key set that is read at an address; called once for each, and told whether it is a pool's usual one.</param>
    public TrustedIssuers(CognitoAccessTokenVerifierOptions options, Func<Uri, bool, IKeySet> createKeySet)
    {
        var keySets = new Dictionary<Uri, IKeySet>();
        Pools = [.. options.OtherUserPools.Prepend(options).Select(pool => IssuersOf(pool).ToArray())];
        _issuers = Pools.SelectMany(issuers => issuers).ToFrozenDictionary(issuer => issuer.Issuer, StringComparer.Ordinal);

        IEnumerable<TrustedIssuer> IssuersOf(TrustedUserPool pool)
        {
            var clientIds = pool.AcceptsAnyClient ? null : pool.ClientIds.ToFrozenSet(StringComparer.Ordinal);
            return IssuerForms.Of(pool).Select((issuer, i) => new TrustedIssuer(issuer, pool.UserPoolId, clientIds, KeysOf(pool, issuer, isUsual: i == 0)));
        }

        IKeySet KeysOf(TrustedUserPool pool, string issuer, bool isUsual)
        {
            if (pool.KeySet is { } fixedKeys)
            {
                KeySetParser.TryParse(Encoding.UTF8.GetBytes(fixedKeys), out var keys);
                return new FixedKeySet(keys!);
            }

            var address = pool.JwksUri ?? IssuerForms.KeySetAddress(issuer);
            return keySets.TryGetValue(address, out var known) ? known : keySets[address] = createKeySet(address, isUsual);
        }
    }

    /// <summary>For each pool its issuers, the usual one first.</summary>
    public IReadOnlyList<IReadOnlyList<TrustedIssuer>> Pools { get; }

    public TokenRejection? TryFind(string issuer, out TrustedIssuer? found) =>
        _issuers.TryGetValue(issuer, out found)
            ? null
            : new TokenRejection(TokenRejectionReason.IssuerNotTrusted, $"an issuer among {Quote.Some(_issuers.Keys)}", Quote.Of(issuer));

    /// <summary>
    /// Whether the pool has keys under another of its issuers. If it has none under this one, it does not issue by that name: anybody can
    /// write it into a token, and must not make a working API look broken.
    /// </summary>
    public bool IsUnusedForm(TrustedIssuer issuer) =>
        Pools.First(issuers => issuers.Contains(issuer)).Any(other => other != issuer && other.Keys.Current is not null);
}
