using System.IdentityModel.Tokens.Jwt;
using CognitoM2M.Testing;
using CognitoM2M.Verification.Tests.Support;
using Microsoft.IdentityModel.Tokens;

namespace CognitoM2M.Verification.Tests.Verdicts;

/// <summary>
/// A general verifier judges the table, as far as it can: it reads the token, finds the key by kid, verifies the signature, and checks
/// issuer and times against the clock of the test. Of token_use, client_id and scope it knows nothing.
/// </summary>
public sealed class IdentityModelTests
{
    /// <summary>Where it says the opposite of us, and why; a star stands for the rest of a name.</summary>
    private static readonly (string Cases, string Why)[] _differences =
    [
        ("form: bits left over*", "drops the bits, so that a token has several spellings"),
        ("form: one character too long", "was given a higher limit"),
        ("json: NaN as a number*", "reads JSON as JavaScript programs are written"),
        ("json: a comma too many*", "reads JSON as JavaScript programs are written"),
        ("json: a comment*", "reads JSON as JavaScript programs are written"),
        ("json: a number with a leading zero*", "reads JSON as JavaScript programs are written"),
        ("json: a raw line feed in a string*", "reads JSON as JavaScript programs are written"),
        ("json: bytes that are not UTF-8*", "reads them as question marks"),
        ("json: half a surrogate pair*", "leaves it to whoever reads the text"),
        ("json: a name twice*", "takes the last of two members of one name"),
        ("json: a nested name twice*", "takes the last of two members of one name"),
        ("json: alg twice*", "takes the last of two members of one name"),
        ("json: kid twice*", "takes the last of two members of one name"),
        ("json: an unknown claim twice*", "takes the last of two members of one name"),
        ("json: client_id twice*", "takes the last of two members of one name"),
        ("json: exp twice*", "takes the last of two members of one name"),
        ("json: iss twice*", "takes the last of two members of one name"),
        ("json: scope twice*", "takes the last of two members of one name"),
        ("json: the empty name twice*", "takes the last of two members of one name"),
        ("alg: 'http://www.w3.org/*", "knows RS256 by its name in XML too"),
        ("alg: ES256 by*", "supports it; a key is good for every algorithm of its kind"),
        ("alg: RS384 by*", "supports it; a key is good for every algorithm of its kind"),
        ("alg: RS512 by*", "supports it; a key is good for every algorithm of its kind"),
        ("alg: PS256 by*", "supports it; a key is good for every algorithm of its kind"),
        ("alg: PS512 by*", "supports it; a key is good for every algorithm of its kind"),
        ("extension: crit *", "does not look at crit, though RFC 7515, section 4.1.11, demands it"),
        ("extension: b64 true and critical", "does not look at crit, though RFC 7515, section 4.1.11, demands it"),
        ("extension: b64 false and critical", "does not look at crit, though RFC 7515, section 4.1.11, demands it"),
        ("claim: aud is *", "does not look at the type"),
        ("claim: iat is *", "does not look at the type"),
        ("claim: jti is *", "does not look at the type"),
        ("claim: sub is *", "does not look at the type"),
        ("claim: exp is \"1767227400\"", "reads a number from text"),
        ("claim: nbf is \"\"", "takes it as not there"),
        ("claim: nbf is null", "takes it as not there"),
        ("claim: nbf is true", "takes it for a number"),
        ("time: exp 1767229200.*", "takes fractions and exponents, which RFC 7519 permits; Cognito writes whole seconds"),
        ("time: exp 1.7672292e9", "takes fractions and exponents, which RFC 7519 permits; Cognito writes whole seconds"),
        ("time: exp 17672292e2", "takes fractions and exponents, which RFC 7519 permits; Cognito writes whole seconds"),
        ("time: iat 1e300", "does not use iat"),
        ("time: nbf 1e300", "takes what is no date as not there"),
        ("time: nbf negative", "takes a time before 1970"),
        ("time: exp after 2038", "reads exp as a number of 32 bits"),
        ("time: exp in the last second of dates", "reads exp as a number of 32 bits"),
        ("key: for signing alone", "does not look at key_ops"),
        ("key: with empty key_ops", "does not look at key_ops"),
        ("key: with alg *", "does not look at the key's alg"),
        ("key: with an empty use", "takes an empty one as not there"),
        ("key: of 1024 bits", "demands fewer bits of keys that verify"),
        ("key: with n in the alphabet of base64", "takes both alphabets"),
        ("key: with padding behind n", "takes padding"),
        ("key: with the private key published", "accepts what anybody who reads the key set can sign"),
        ("key set: in another case", "does not tell upper case from lower in names"),
        ("key set: keys twice", "takes both"),
        ("key set: n twice in a key", "takes the last of two members of one name"),
        ("key set: the kid is a number", "takes the number for text"),
        ("key set: one key twice", "tries every key of that kid"),
        ("key set: two keys of one kid*", "tries every key of that kid"),
        ("key set: three keys of one kid*", "tries every key of that kid"),
    ];

    public static TheoryData<string> Judged { get; } = [.. VerdictTable.Cases.Where(verdict => verdict.IsForAnyVerifier).Select(verdict => verdict.Name)];

    [Theory]
    [MemberData(nameof(Judged))]
    public void Verdict_is_that_of_System_IdentityModel_unless_the_table_says_why_not(string name)
    {
        var verdict = VerdictTable.Find(name);

        var accepts = Accepts(verdict, out var error);

        var differs = _differences.Any(difference => Matches(difference.Cases, name));
        Assert.True(accepts == (verdict.IsValid != differs), $"It {(accepts ? "accepts" : "rejects")} {name}: {error}");
    }

    [Fact]
    public void No_difference_is_written_down_that_is_none() =>
        Assert.All(_differences, difference => Assert.Contains(VerdictTable.Cases, verdict => verdict.IsForAnyVerifier && Matches(difference.Cases, verdict.Name)));

    private static bool Matches(string cases, string name) =>
        cases.EndsWith('*') ? name.StartsWith(cases[..^1], StringComparison.Ordinal) : name == cases;

    private static bool Accepts(VerdictCase verdict, out Exception? error)
    {
        var clock = new ManualClock();
        clock.Advance(verdict.Later);
        var now = clock.GetUtcNow().UtcDateTime;
        try
        {
            var pools = new Dictionary<string, ICollection<SecurityKey>> { [TestToken.Issuer] = Keys(verdict.KeySet), [TestToken.UpdatedIssuer] = Keys(verdict.KeySet) };
            if (verdict.OtherKeySet is { } others)
                pools[TestToken.OtherIssuer] = Keys(others);
            // The cache of the default one takes keys of one kid for the same key.
            var factory = new CryptoProviderFactory { CacheSignatureProviders = false };
            var handler = new JwtSecurityTokenHandler { MaximumTokenSizeInBytes = 1_000_000 };
            handler.ValidateToken(
                verdict.Token,
                new TokenValidationParameters
                {
                    ValidIssuers = pools.Keys,
                    ValidateAudience = false,
                    CryptoProviderFactory = factory,
                    RequireExpirationTime = true,
                    RequireSignedTokens = true,
                    IssuerSigningKeyResolver = (_, token, kid, _) => KeysFor(pools, token.Issuer, kid),
                    LifetimeValidator = (from, until, _, _) => now - verdict.Tolerance < until && (from is null || from <= now + verdict.Tolerance),
                },
                out _);
            error = null;
            return true;
        }
        catch (Exception e)
        {
            // Whatever it throws, it does not accept.
            error = e;
            return false;
        }
    }

    private static IEnumerable<SecurityKey> KeysFor(Dictionary<string, ICollection<SecurityKey>> pools, string issuer, string kid) =>
        pools.TryGetValue(issuer, out var keys) ? keys.Where(key => key.KeyId == kid) : [];

    private static ICollection<SecurityKey> Keys(string keySet) => new JsonWebKeySet(keySet).GetSigningKeys();
}
