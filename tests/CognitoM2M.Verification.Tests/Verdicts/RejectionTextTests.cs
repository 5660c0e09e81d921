using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Tests.Support;

namespace CognitoM2M.Verification.Tests.Verdicts;

/// <summary>What each rejection says: what the verifier expected, and what it found instead.</summary>
public sealed class RejectionTextTests
{
    private const string Parts = "base64url without padding in each part";
    private const string HeaderObject = "a header that is a JSON object with unique names";
    private const string PayloadObject = "a payload that is a JSON object with unique names";
    private const string NotJson = "text that is not JSON, or an object with a name twice";

    private static readonly RawObject _access = TestToken.Payload;
    private static readonly RawObject _user = TokenTemplate.User.Payload;
    private static readonly RawObject _id = TokenTemplate.IdToken.Payload;

    private static readonly Dictionary<string, (VerdictCase Case, string Expected, string Actual)> _texts = new()
    {
        ["no token"] = (Token(""), "a token", "none"),
        ["too long"] = (Token(new string('a', 16_385)), "at most 16384 characters", "16385"),
        ["one part"] = (Token("a"), "three parts separated by dots", "1"),
        ["four parts"] = (Token("a.b.c.d"), "three parts separated by dots", "4"),
        ["five parts"] = (Token("a.b.c.d.e"), "three parts separated by dots", "5, as in an encrypted token"),
        ["header that is not base64url"] = (Token("*.AAAA.AAAA"), Parts, "other text in the header"),
        ["payload that is not base64url"] = (Token("AAAA.*.AAAA"), Parts, "other text in the payload"),
        ["signature that is not base64url"] = (Token("AAAA.AAAA.*"), Parts, "other text in the signature"),
        ["header that is not JSON"] = (Token("AAAA.AAAA.AAAA"), HeaderObject, NotJson),
        ["header that is an array"] = (Header("[]"), HeaderObject, "JSON that is not an object but an array"),
        ["no alg"] = (Header(TestToken.Header.Without("alg")), "alg 'RS256'", "no alg"),
        ["alg that is a number"] = (Header(TestToken.Header.With("alg", "1")), "an alg that is a string", "a number"),
        ["another alg"] = (Header(TestToken.Header.WithText("alg", "none")), "alg 'RS256'", "'none'"),
        ["crit"] = (Header(TestToken.Header.With("crit", "[]")), "a header without crit", "a header with crit"),
        ["no kid"] = (Header(TestToken.Header.Without("kid")), "a kid", "none"),
        ["kid that is null"] = (Header(TestToken.Header.With("kid", "null")), "a kid that is a string", "null"),
        ["empty kid"] = (Header(TestToken.Header.WithText("kid", "")), "a kid", "an empty one"),
        ["unknown kid"] = (Header(TestToken.Header.WithText("kid", "x")), "a kid of the key set of the issuer", "'x'"),
        ["payload that is a number"] = (Token(TestToken.Create(TestToken.Header.ToString(), "1")), PayloadObject, "JSON that is not an object but a number"),
        ["no issuer"] = (Access(_access.Without("iss")), "a claim iss", "none"),
        ["issuer that is true"] = (Access(_access.With("iss", "true")), "a claim iss that is a string", "a boolean"),
        ["another issuer"] = (Access(_access.WithText("iss", "x")), $"an issuer among '{TestToken.Issuer}', '{TestToken.UpdatedIssuer}'", "'x'"),
        ["no keys"] = (Token(TestToken.Valid) with { KeySet = "" }, "the current key set of the issuer", "none: the key set is text that is not JSON, or an object with a name twice"),
        ["key for encryption"] = (
            Token(TestToken.Valid) with { KeySet = TestKey.CreateKeySet(TestKey.Next, TestKey.Access.Jwk.WithText("use", "enc")) },
            "a key for RS256 signatures", "key 'access-key': use is not 'sig'"),
        ["another signature"] = (
            Token(TestToken.Create(TestToken.Header, _access, TestKey.Attacker)), "the signature of key 'access-key'", "a signature that does not match"),

        ["no exp"] = (Access(_access.Without("exp")), "a claim exp", "none"),
        ["exp that is text"] = (Access(_access.WithText("exp", "1")), "a claim exp that is an integer", "a string"),
        ["exp with a fraction"] = (Access(_access.With("exp", "1.5")), "a claim exp that is an integer between 0 and 253402300799", "'1.5'"),
        ["exp below zero"] = (Access(_access.WithNumber("exp", -1)), "a claim exp that is an integer between 0 and 253402300799", "'-1'"),
        ["exp after the year 9999"] = (Access(_access.WithNumber("exp", 253_402_300_800)), "a claim exp that is an integer between 0 and 253402300799", "'253402300800'"),
        ["expired"] = (
            Access(_access.WithNumber("exp", TestToken.Now)), "an exp after 2026-01-01T00:00:00.0000000+00:00", "2026-01-01T00:00:00.0000000+00:00"),
        ["expired with a tolerance"] = (
            Access(_access.WithNumber("exp", TestToken.Now - 60)) with { Tolerance = TimeSpan.FromSeconds(30) },
            "an exp after 2026-01-01T00:00:00.0000000+00:00 (tolerance 00:00:30)", "2025-12-31T23:59:00.0000000+00:00"),
        ["not yet valid"] = (
            Access(_access.WithNumber("nbf", TestToken.Now + 60)), "an nbf not after 2026-01-01T00:00:00.0000000+00:00", "2026-01-01T00:01:00.0000000+00:00"),
        ["aud that is an object"] = (Access(_access.With("aud", "{}")), "a claim aud that is a string or an array of strings", "an object"),
        ["groups that are text"] = (Access(_access.WithText("cognito:groups", "a")), "a claim cognito:groups that is an array of strings", "a string"),
        ["ID token for an access token"] = (Access(_id), "token_use 'access'", "'id'"),
        ["another app client"] = (Access(_access.WithText("client_id", "x")), $"a client_id among '{TestToken.ClientId}'", "'x'"),
        ["no scope"] = (Access(_access.Without("scope")) with { AllOfScopes = ["a/b"] }, "all scopes of 'a/b'", "none"),
        ["another scope"] = (
            Access(_access) with { AnyOfScopes = ["a/b", "c/d"] }, "one scope of 'a/b', 'c/d'", "'orders/read', 'orders/write'"),
        ["another group"] = (Access(_user) with { AnyOfGroups = ["owners"] }, "one group of 'owners'", "'admins', 'readers'"),
        ["user for a machine"] = (Access(_user) with { AcceptedCallers = AcceptedCallers.Machines }, "the token of a machine", "the token of a user"),
        ["machine for a user"] = (Access(_access) with { AcceptedCallers = AcceptedCallers.Users }, "the token of a user", "the token of a machine"),
        ["neither machine nor user"] = (
            Access(_access.WithText("username", "x")) with { AcceptedCallers = AcceptedCallers.Machines },
            "the token of a machine", "a token that is neither clearly of a machine nor clearly of a user"),

        ["access token for an ID token"] = (Id(_user.WithNumber("iat", TestToken.Now)), "token_use 'id'", "'access'"),
        ["ID token for another app client"] = (Id(_id.WithText("aud", "x")), $"an aud among '{TestToken.ClientId}'", "'x'"),
        ["ID token of two app clients"] = (Id(_id.WithText("client_id", "x")), "a client_id that equals aud, or none", "'x'"),
        ["ID token that names its app client in client_id alone"] = (Id(_id.Without("aud").WithText("client_id", "x")), "a claim aud", "none"),
        ["flag that is a number"] = (Id(_id.With("email_verified", "1")), "a claim email_verified that is true or false", "a number"),
        ["no nonce"] = (Id(_id.Without("nonce")) with { Binding = new IdTokenBinding { Nonce = "n" } }, "the nonce of the authentication request", "none"),
        ["another nonce"] = (Id(_id) with { Binding = new IdTokenBinding { Nonce = "n" } }, "the nonce of the authentication request", "another nonce"),
        ["no hash"] = (Id(_id.Without("at_hash")) with { Binding = new IdTokenBinding { AccessToken = "t" } }, "an at_hash of the access token", "none"),
        ["another hash"] = (Id(_id) with { Binding = new IdTokenBinding { AccessToken = "t" } }, "an at_hash of the access token", "another hash"),
    };

    public static TheoryData<string> Names { get; } = [.. _texts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Rejection_says_what_was_expected_and_what_was_found(string name)
    {
        var (verdict, expected, actual) = _texts[name];
        using var verifier = new CaseVerifier(verdict);

        var rejection = (await verifier.VerifyAsync(verdict.Token)).Rejection;

        Assert.Equal((expected, actual), (rejection?.Expected, rejection?.Actual));
    }

    private static VerdictCase Token(string token) => new("text: of a rejection", token, Reason: null);

    private static VerdictCase Header(RawObject header) => Header(header.ToString());

    private static VerdictCase Header(string header) => Token(TestToken.Create(header, TestToken.Payload.ToString()));

    private static VerdictCase Access(RawObject payload) => Token(TestToken.Create(payload));

    private static VerdictCase Id(RawObject payload) => Access(payload) with { IsIdToken = true };
}
