using System.Collections.Frozen;
using System.Text;
using CognitoM2M.Verification.Keys;
using CognitoM2M.Verification.Parsing;

namespace CognitoM2M.Verification.Rules;

/// <summary>All issuers whose tokens are accepted, found by the claim <c>iss</c>.</summary>
internal sealed class TrustedIssuers
{
    private readonly FrozenDictionary<string, TrustedIssuer> _issuers;

    /// <param name="options">Valid ones.</param>
    /// <param name="createKeySet">Makes the key set that is read at an address; called once for each.</param>
    public TrustedIssuers(CognitoAccessTokenVerifierOptions options, Func<Uri, IKeySet> createKeySet)
    {
        var keySets = new Dictionary<Uri, IKeySet>();
        Pools = [.. options.OtherUserPools.Prepend(options).Select(pool => IssuersOf(pool).ToArray())];
        _issuers = Pools.SelectMany(issuers => issuers).ToFrozenDictionary(issuer => issuer.Issuer, StringComparer.Ordinal);

        IEnumerable<TrustedIssuer> IssuersOf(TrustedUserPool pool)
        {
            var clientIds = pool.AcceptsAnyClient ? null : pool.ClientIds.ToFrozenSet(StringComparer.Ordinal);
            return IssuerForms.Of(pool).Select(issuer => new TrustedIssuer(issuer, pool.UserPoolId, clientIds, KeysOf(pool, issuer)));
        }

        IKeySet KeysOf(TrustedUserPool pool, string issuer)
        {
            if (pool.KeySet is { } fixedKeys)
            {
                KeySetParser.TryParse(Encoding.UTF8.GetBytes(fixedKeys), out var keys);
                return new FixedKeySet(keys!);
            }

            var address = pool.JwksUri ?? IssuerForms.KeySetAddress(issuer);
            return keySets.TryGetValue(address, out var known) ? known : keySets[address] = createKeySet(address);
        }
    }

    /// <summary>For each pool its issuers, the usual one first.</summary>
    public IReadOnlyList<IReadOnlyList<TrustedIssuer>> Pools { get; }

    public TokenRejection? TryFind(string issuer, out TrustedIssuer? found) =>
        _issuers.TryGetValue(issuer, out found)
            ? null
            : new TokenRejection(TokenRejectionReason.IssuerNotTrusted, $"an issuer among {Quote.Some(_issuers.Keys)}", Quote.Of(issuer));
}
