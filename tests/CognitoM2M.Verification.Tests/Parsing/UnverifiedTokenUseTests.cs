using CognitoM2M.Testing.Verdicts;

namespace CognitoM2M.Verification.Tests.Parsing;

public sealed class UnverifiedTokenUseTests
{
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
    public void Text_that_is_no_token_names_no_token_use(string text) => Assert.Null(CognitoTokenVerifier.ReadUnverifiedTokenUse(text));

    [Fact]
    public void Token_of_the_longest_length_is_read_and_a_longer_one_is_not()
    {
        var prefix = $"e30.{TestToken.Encode("""{"token_use":"id"}""")}.";

        Assert.Equal("id", CognitoTokenVerifier.ReadUnverifiedTokenUse(prefix.PadRight(1_048_576, 'x')));
        Assert.Null(CognitoTokenVerifier.ReadUnverifiedTokenUse(prefix.PadRight(1_048_577, 'x')));
    }

    [Fact]
    public void No_case_of_the_tables_makes_it_throw_and_accepted_tokens_name_their_use()
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
    public void Nothing_is_allocated()
    {
        var token = TokenTemplate.IdToken.Valid;
        CognitoTokenVerifier.ReadUnverifiedTokenUse(token);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            CognitoTokenVerifier.ReadUnverifiedTokenUse(token);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
