using System.IdentityModel.Tokens.Jwt;
using CognitoM2M.Testing.Verdicts;
using Microsoft.IdentityModel.JsonWebTokens;

namespace CognitoM2M.Verification.Tests.Verdicts;

/// <summary>
/// Second judge of the verdict tables: both token handlers of Microsoft.IdentityModel judge every case that a general verifier can judge. The list
/// below names every case in which they come to the opposite verdict, and why. In all of these cases they accept what this library rejects.
/// </summary>
public sealed class IdentityModelTests
{
    private const string LastOfTwo = "uses the last of two members with the same name";
    private const string AnyAlgorithm = "accepts every algorithm that fits the kind of the key; its setting ValidAlgorithms can forbid this";
    private const string IgnoresCrit = "ignores crit, although RFC 7515, section 4.1.11, requires to reject unknown extensions";
    private const string WholeSeconds = "accepts fractions, which RFC 7519 permits; Cognito writes whole seconds";
    private const string OneAudience = "accepts a list of audiences, which OpenID Connect permits; Cognito writes one";
    private const string SeveralKeys = "tries every key with the kid";

    /// <summary>The cases; a star stands for the rest of a name.</summary>
    private static readonly (string Cases, Handlers Handlers, string Why)[] _differences =
    [
        ("form: a line feed at the end", Handlers.Jwt, "ignores a line feed at the end"),
        ("form: padding after *", Handlers.Json, "accepts padding, which RFC 7515 forbids, so that a token has several spellings"),
        ("form: one character too long", Handlers.Both, "is set to a higher limit in this test"),
        ("json: more text after the object, *", Handlers.Json, "stops reading at the end of the JSON object"),
        ("json: a second object after the first, *", Handlers.Json, "stops reading at the end of the JSON object"),
        ("json: bytes that are not UTF-8 in the header", Handlers.Jwt, "reads such bytes as replacement characters"),
        ("json: alg twice*", Handlers.Both, LastOfTwo),
        ("json: kid twice", Handlers.Both, LastOfTwo),
        ("json: a nested name twice, *", Handlers.Both, LastOfTwo),
        ("json: iss twice", Handlers.Both, LastOfTwo),
        ("json: exp twice", Handlers.Both, LastOfTwo),
        ("json: client_id twice*", Handlers.Both, LastOfTwo),
        ("json: aud twice*", Handlers.Both, LastOfTwo),
        ("json: scope twice, with one value", Handlers.Both, LastOfTwo),
        ("json: token_use twice, *", Handlers.Both, LastOfTwo),
        ("json: an unknown claim twice", Handlers.Both, LastOfTwo),
        ("json: a name twice in an object in an array", Handlers.Both, LastOfTwo),
        ("json: the empty name twice", Handlers.Both, LastOfTwo),
        ("json: half a surrogate pair in the payload", Handlers.Both, "reads a claim only when its value is asked for"),
        ("alg: 'http://www.w3.org/*", Handlers.Both, "also knows RS256 by its name in XML signatures; its setting ValidAlgorithms can forbid this"),
        ("alg: RS384 by the pool's key*", Handlers.Both, AnyAlgorithm),
        ("alg: RS512 by the pool's key*", Handlers.Both, AnyAlgorithm),
        ("alg: PS256 by the pool's key*", Handlers.Both, AnyAlgorithm),
        ("alg: PS512 by the pool's key*", Handlers.Both, AnyAlgorithm),
        ("alg: ES256 by an elliptic key of the pool", Handlers.Both, AnyAlgorithm),
        ("extension: crit *", Handlers.Both, IgnoresCrit),
        ("extension: b64 true and critical", Handlers.Both, IgnoresCrit),
        ("extension: b64 false and critical", Handlers.Both, IgnoresCrit),
        ("claim: sub is null", Handlers.Both, "reads null as a missing claim"),
        ("claim: sub is 1", Handlers.Both, "reads a number as text"),
        ("claim: jti is null", Handlers.Both, "reads null as a missing claim"),
        ("claim: aud is null", Handlers.Both, "reads null as a missing claim"),
        ("claim: sub is missing", Handlers.Both, "does not require sub, which OpenID Connect requires"),
        ("claim: iat is missing", Handlers.Both, "does not require iat, which OpenID Connect requires"),
        ("claim: aud is a list that holds the right one", Handlers.Both, OneAudience),
        ("aud list: *", Handlers.Both, OneAudience),
        ("claim: exp is \"1767227400\"", Handlers.Both, "reads text as a number"),
        ("claim: iat is \"1767227400\"", Handlers.Both, "reads text as a number"),
        ("time: exp 253402300800", Handlers.Both, "accepts times that are later than any date"),
        ("time: exp 9223372036854775807", Handlers.Both, "accepts times that are later than any date"),
        ("time: exp 1767229200000", Handlers.Both, "accepts times that are later than any date"),
        ("time: exp 1767229200.*", Handlers.Both, WholeSeconds),
        ("time: exp 1.7672292e9", Handlers.Both, WholeSeconds),
        ("time: exp 17672292e2", Handlers.Both, WholeSeconds),
        ("time: nbf negative", Handlers.Both, "accepts times before 1970"),
        ("key: with an empty use", Handlers.Both, "reads an empty use as a missing one"),
        ("key: only for signing", Handlers.Both, "ignores key_ops"),
        ("key: with empty key_ops", Handlers.Both, "ignores key_ops"),
        ("key: with alg *", Handlers.Both, "ignores the alg of the key"),
        ("key: with padding after n", Handlers.Both, "accepts padding"),
        ("key: with n in the alphabet of base64", Handlers.Both, "accepts both alphabets"),
        ("key: with the private key published", Handlers.Both, "accepts a key with which every reader of the key set can sign"),
        ("key: of 1024 bits", Handlers.Both, "requires fewer bits of a key that verifies"),
        ("key set: in another case", Handlers.Both, "ignores upper and lower case in names"),
        ("key set: keys twice", Handlers.Both, "uses both lists"),
        ("key set: n twice in a key", Handlers.Both, LastOfTwo),
        ("key set: with a key that is null", Handlers.Both, "skips entries that are not objects"),
        ("key set: with a key that is text, after the right one", Handlers.Both, "skips entries that are not objects"),
        ("key set: one key twice", Handlers.Both, SeveralKeys),
        ("key set: two keys of one kid, *", Handlers.Both, SeveralKeys),
        ("key set: three keys of one kid, *", Handlers.Both, SeveralKeys),
    ];

    private static readonly string[] _tables = [nameof(VerdictTable.Machines), nameof(VerdictTable.Users), nameof(VerdictTable.IdTokens)];

    [Flags]
    private enum Handlers
    {
        Jwt = 1,
        Json = 2,
        Both = Jwt | Json,
    }

    public static TheoryData<string, string> Groups => VerdictTable.ListGroups(_tables);

    [Theory]
    [MemberData(nameof(Groups))]
    public Task JwtSecurityTokenHandler_gives_the_same_verdict_except_where_the_list_explains_a_difference(string table, string group) =>
        CheckAsync(nameof(JwtSecurityTokenHandler), Handlers.Jwt, table, group);

    [Theory]
    [MemberData(nameof(Groups))]
    public Task JsonWebTokenHandler_gives_the_same_verdict_except_where_the_list_explains_a_difference(string table, string group) =>
        CheckAsync(nameof(JsonWebTokenHandler), Handlers.Json, table, group);

    [Fact]
    public void Every_difference_in_the_list_belongs_to_rejected_cases_of_a_table() => Assert.All(_differences, difference =>
    {
        var cases = _tables.SelectMany(table => VerdictTable.FindTable(table).All)
            .Where(verdict => verdict.IsForAnyVerifier && Matches(difference.Cases, verdict.Name)).ToList();

        Assert.NotEmpty(cases);
        Assert.All(cases, verdict => Assert.False(verdict.IsValid, verdict.Name));
    });

    private static Task CheckAsync(string handler, Handlers flag, string table, string group) => VerdictTable.FindTable(table).CheckAsync(
        group,
        async verdict =>
        {
            var accepts = await GeneralVerifiers.AcceptsAsync(handler, verdict);

            var differs = _differences.Any(difference => difference.Handlers.HasFlag(flag) && Matches(difference.Cases, verdict.Name));
            Assert.True(accepts == (verdict.IsValid != differs), $"{handler} {(accepts ? "accepts" : "rejects")} the token.");
        },
        verdict => verdict.IsForAnyVerifier);

    private static bool Matches(string cases, string name) =>
        cases.EndsWith('*') ? name.StartsWith(cases[..^1], StringComparison.Ordinal) : name == cases;
}
