using System.Collections.Frozen;
using System.Text;
using CognitoM2M.Shared;
using CognitoM2M.Verification.Diagnostics;
using CognitoM2M.Verification.Keys;

namespace CognitoM2M.Verification.Issuers;

/// <summary>All issuers whose tokens are accepted, found by the claim <c>iss</c>.</summary>
internal sealed class TrustedIssuers
{
    private readonly FrozenDictionary<string, TrustedIssuer> _issuers;

    /// <param name="userPools">User pools whose settings are valid.</param>
    /// <param name="findKeySet">
    /// Finds the key set that is downloaded from an address. The second argument says whether it is the address of the form of issuer that a
    /// user pool usually has.
    /// </param>
    public TrustedIssuers(IEnumerable<TrustedUserPool> userPools, Func<Uri, bool, IKeySet> findKeySet)
    {
        Pools = [.. userPools.Select(pool => CreateIssuers(pool).ToArray())];
        _issuers = Pools.SelectMany(issuers => issuers).ToFrozenDictionary(issuer => issuer.Issuer, StringComparer.Ordinal);

        IEnumerable<TrustedIssuer> CreateIssuers(TrustedUserPool pool)
        {
            var clientIds = pool.AllowAnyClient ? null : pool.ClientIds.ToFrozenSet(StringComparer.Ordinal);
            return IssuerForms.List(pool).Select((issuer, i) => new TrustedIssuer(issuer, pool.UserPoolId, clientIds, FindKeySet(pool, issuer, isUsual: i == 0)));
        }

        IKeySet FindKeySet(TrustedUserPool pool, string issuer, bool isUsual)
        {
            if (pool.Jwks is { } fixedKeys)
            {
                KeySetParser.Parse(Encoding.UTF8.GetBytes(fixedKeys), out var keys);
                return new FixedKeySet(keys!);
            }

            return findKeySet(pool.JwksUri ?? CognitoAddresses.KeySet(issuer), isUsual);
        }
    }

    /// <summary>The issuers of each user pool, the usual form first.</summary>
    public IReadOnlyList<IReadOnlyList<TrustedIssuer>> Pools { get; }

    /// <summary>Finds the issuer that a token names.</summary>
    /// <returns>Why the issuer is not accepted; null if it is.</returns>
    public TokenRejection? Find(string issuer, out TrustedIssuer? found) =>
        _issuers.TryGetValue(issuer, out found)
            ? null
            : new TokenRejection(TokenRejectionReason.IssuerNotTrusted, $"an issuer among {SafeText.QuoteSome(_issuers.Keys)}", SafeText.Quote(issuer));

    /// <summary>Finds the issuer that a token names; null if it is not accepted.</summary>
    /// <param name="utf8">The issuer in UTF-8.</param>
    public TrustedIssuer? Find(ReadOnlySpan<byte> utf8)
    {
        Span<char> characters = stackalloc char[VerificationLimits.MaxIssuerLength];
        return utf8.Length <= VerificationLimits.MaxIssuerLength
            && _issuers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(characters[..Encoding.UTF8.GetChars(utf8, characters)], out var issuer)
                ? issuer
                : null;
    }

    /// <summary>
    /// Whether the user pool has keys under another of its forms of issuer. If it does, and has none under this form, then the pool does not
    /// write this form into its tokens. Anybody can write such a token, so it must not make a working API look broken.
    /// </summary>
    public bool HasKeysUnderOtherForm(TrustedIssuer issuer) =>
        Pools.First(issuers => issuers.Contains(issuer)).Any(other => other != issuer && other.Keys.Current is not null);
}
