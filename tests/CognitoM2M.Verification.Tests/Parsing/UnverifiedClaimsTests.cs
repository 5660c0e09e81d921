using CognitoM2M.Testing.Verdicts;

namespace CognitoM2M.Verification.Tests.Parsing;

/// <summary>What can be read of a token that nobody has verified.</summary>
public sealed class UnverifiedClaimsTests
{
    [Fact]
    public void Issuer_is_read_if_it_is_an_address()
    {
        Assert.Equal(TestToken.Issuer, CognitoTokenVerifier.ReadUnverifiedIssuer(TestToken.Valid));
        Assert.Equal("https://stranger.example/a", ReadIssuer("https://stranger.example/a"));
        Assert.All(
            ["no address", "javascript:alert(1)", "https://a.example/\u202e", $"https://a.example/{new string('x', 300)}"],
            issuer => Assert.Null(ReadIssuer(issuer)));
        Assert.All([null, "", "junk", "a.b.c", new string('a', 20_000)], token => Assert.Null(CognitoTokenVerifier.ReadUnverifiedIssuer(token)));
        Assert.Null(CognitoTokenVerifier.ReadUnverifiedIssuer($"e30.{TestToken.Encode("""{"iss":["https://a.example"]}""")}.x"));
        Assert.Null(CognitoTokenVerifier.ReadUnverifiedIssuer($"e30.{TestToken.Encode("""{"iss":"https://a.example/\ud800"}""")}.x"));

        static string? ReadIssuer(string issuer) => CognitoTokenVerifier.ReadUnverifiedIssuer(TestToken.Create(TestToken.Payload.WithText("iss", issuer)));
    }

    [Theory]
    [InlineData("""{"alg":"ES256","kid":"a"}""")]
    [InlineData("""{"alg":"HS256"}""")]
    [InlineData("""{"alg":"RS256","kid":"a","crit":["b"],"b":1}""")]
    public void Issuer_is_read_from_tokens_with_an_unsupported_header(string header) => Assert.Equal(
        "https://login.example.com", CognitoTokenVerifier.ReadUnverifiedIssuer($"{TestToken.Encode(header)}.{TestToken.Encode("""{"iss":"https://login.example.com"}""")}.x"));

    [Theory]
    [InlineData("""{"token_use":"access"}""", "access")]
    [InlineData("""{"token_use":"id"}""", "id")]
    [InlineData("""{"a":{"token_use":"id"},"b":["token_use","id"],"token_use":"access"}""", "access")]
    [InlineData("""{"\u0074oken_use":"\u0069d"}""", "id")]
    [InlineData("""{"token_use":"id","token_use":"access"}""", "id")]
    [InlineData("""{"token_use":"Id"}""", null)]
    [InlineData("""{"token_use":""}""", null)]
    [InlineData("""{"token_use":null}""", null)]
    [InlineData("""{"token_use":["id"]}""", null)]
    [InlineData("""{"Token_use":"id"}""", null)]
    [InlineData("""{"a":"token_use","b":"id"}""", null)]
    [InlineData("""["token_use","id"]""", null)]
    [InlineData("""{}""", null)]
    [InlineData("", null)]
    [InlineData("""{"a":1""", null)]
    [InlineData("""{"token_use":""" + "\"", null)]
    [InlineData("""x{"token_use":"id"}""", null)]
    public void Token_use_is_read_from_the_top_of_the_payload(string payload, string? expected) =>
        Assert.Equal(expected, CognitoTokenVerifier.ReadUnverifiedTokenUse($"e30.{TestToken.Encode(payload)}.x"));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a.b")]
    [InlineData("e30.!!.x")]
    [InlineData("..")]
    public void Text_that_is_not_a_token_has_no_token_use(string text) => Assert.Null(CognitoTokenVerifier.ReadUnverifiedTokenUse(text));

    [Fact]
    public void Token_of_the_longest_length_is_read_and_a_longer_one_is_not()
    {
        var prefix = $"e30.{TestToken.Encode("""{"token_use":"id"}""")}.";

        Assert.Equal("id", CognitoTokenVerifier.ReadUnverifiedTokenUse(prefix.PadRight(1_048_576, 'x')));
        Assert.Null(CognitoTokenVerifier.ReadUnverifiedTokenUse(prefix.PadRight(1_048_577, 'x')));
    }

    [Fact]
    public void Reading_never_throws_for_a_token_of_the_tables_and_finds_the_use_of_accepted_tokens()
    {
        foreach (var table in (VerdictTable[])[VerdictTable.Machines, VerdictTable.Users, VerdictTable.IdTokens])
        {
            foreach (var verdict in table.All)
            {
                var use = CognitoTokenVerifier.ReadUnverifiedTokenUse(verdict.Token);
                if (verdict.IsValid)
                    Assert.Equal(verdict.IsIdToken ? "id" : "access", use);
            }
        }
    }

    [Fact]
    public void Reading_the_token_use_allocates_nothing()
    {
        var token = TokenTemplate.IdToken.Valid;
        CognitoTokenVerifier.ReadUnverifiedTokenUse(token);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            CognitoTokenVerifier.ReadUnverifiedTokenUse(token);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
