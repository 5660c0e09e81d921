using System.Collections.Frozen;
using System.Text;
using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Claims;
using CognitoM2M.Verification.Issuers;

namespace CognitoM2M.Verification.Tests.Claims;

/// <summary>Which payloads have the plain form that is read in one pass, and what is read of them.</summary>
public sealed class PlainClaimsTests
{
    private const int MaxNames = 32;
    private const int NamesOfMachine = 10;

    private static readonly RawObject _machine = TestToken.Payload;
    private static readonly RawObject _user = TokenTemplate.User.Payload;

    private static readonly Dictionary<string, string> _plain = new()
    {
        ["machine"] = $"{_machine}",
        ["user"] = $"{_user}",
        ["spaces"] = $" {{ {_machine.ToString()[1..^1].Replace(",", " , ", StringComparison.Ordinal)} }} ",
        ["letters that are not ASCII"] = $"{_machine.With("note", "\"é€\"")}",
        ["values of other types"] = $"{_machine.With("a", "null").With("b", "true").With("c", "1.5e9").With("d", "\"\"")}",
        ["arrays in arrays"] = $"{_machine.With("a", "[[1,[\"x\"]],[],null]").With("b", "[]")}",
        ["no groups"] = $"{_machine.With("cognito:groups", "[]")}",
        ["the first second"] = $"{_machine.WithNumber("iat", 0).WithNumber("nbf", 0)}",
        ["the last second"] = $"{_machine.WithNumber("exp", ClaimReader.MaxUnixSeconds)}",
        ["as many claims as are read"] = $"{AddClaims(MaxNames - NamesOfMachine)}",
        ["the least"] = """{"iss":"i","client_id":"c","exp":1,"token_use":"access"}""",
    };

    private static readonly Dictionary<string, string> _notPlain = new()
    {
        ["nothing"] = "",
        ["no object"] = "[]",
        ["a text"] = "\"a\"",
        ["text behind the object"] = $"{_machine}x",
        ["object behind the object"] = $"{_machine}{{}}",
        ["cut short"] = _machine.ToString()[..^1],
        ["cut short in an array"] = $"{_machine.ToString()[..^1]},\"a\":[1",
        ["escape"] = $"{_machine.With("note", "\"\\u0041\"")}",
        ["one claim too many"] = $"{AddClaims(MaxNames - NamesOfMachine + 1)}",
        ["a name twice"] = $"{_machine.Append("sub", "\"x\"")}",
        ["an unknown name twice"] = $"{_machine.Append("a", "1").Append("a", "2")}",
        ["object"] = $"{_machine.With("a", "{}")}",
        ["object in an array"] = $"{_machine.With("a", "[1,{}]")}",
        ["object in an array of an array"] = $"{_machine.With("a", "[[{}]]")}",
        ["aud"] = $"{_machine.WithText("aud", "x")}",
        ["no exp"] = $"{_machine.Without("exp")}",
        ["no issuer"] = $"{_machine.Without("iss")}",
        ["no app client"] = $"{_machine.Without("client_id")}",
        ["no token_use"] = $"{_machine.Without("token_use")}",
        ["token_use id"] = $"{_machine.WithText("token_use", "id")}",
        ["token_use that is a list"] = $"{_machine.With("token_use", "[\"access\"]")}",
        ["exp that is text"] = $"{_machine.WithText("exp", "1767229200")}",
        ["exp with a fraction"] = $"{_machine.With("exp", "1767229200.5")}",
        ["exp below zero"] = $"{_machine.WithNumber("exp", -1)}",
        ["exp after the year 9999"] = $"{_machine.WithNumber("exp", ClaimReader.MaxUnixSeconds + 1)}",
        ["iat that is null"] = $"{_machine.With("iat", "null")}",
        ["nbf that is true"] = $"{_machine.With("nbf", "true")}",
        ["empty issuer"] = $"{_machine.WithText("iss", "")}",
        ["empty app client"] = $"{_machine.WithText("client_id", "")}",
        ["empty sub"] = $"{_machine.WithText("sub", "")}",
        ["jti that is a number"] = $"{_machine.With("jti", "1")}",
        ["scope that is a list"] = $"{_machine.With("scope", "[\"a\"]")}",
        ["username that is null"] = $"{_machine.With("username", "null")}",
        ["groups that are text"] = $"{_machine.WithText("cognito:groups", "a")}",
        ["groups with a number"] = $"{_machine.With("cognito:groups", "[\"a\",1]")}",
        ["groups in an array"] = $"{_machine.With("cognito:groups", "[[\"a\"]]")}",
    };

    public static TheoryData<string> Plain { get; } = [.. _plain.Keys];

    public static TheoryData<string> NotPlain { get; } = [.. _notPlain.Keys];

    [Theory]
    [MemberData(nameof(Plain))]
    public void Payload_in_the_plain_form_is_read(string name) => Assert.True(PlainClaims.TryRead(Encoding.UTF8.GetBytes(_plain[name]), out _));

    [Theory]
    [MemberData(nameof(NotPlain))]
    public void Payload_in_another_form_is_left_to_the_reader_of_all_forms(string name) => Assert.False(PlainClaims.TryRead(Encoding.UTF8.GetBytes(_notPlain[name]), out _));

    [Fact]
    public void Payload_that_is_not_UTF_8_is_left_to_the_reader_of_all_forms()
    {
        byte[] utf8 = [.. Encoding.UTF8.GetBytes($"{_machine}"[..^1]), .. ",\"a\":\""u8, 0xFF, .. "\"}"u8];

        Assert.False(PlainClaims.TryRead(utf8, out _));
    }

    [Fact]
    public void Claims_of_a_user_are_read()
    {
        var utf8 = Encoding.UTF8.GetBytes($"{_user.WithNumber("nbf", TestToken.Now - 1)}");
        Assert.True(PlainClaims.TryRead(utf8, out var plain));

        var claims = plain.Create(CreateIssuer(), plain.FindClientId(CreateIssuer())!, utf8);

        var now = DateTimeOffset.FromUnixTimeSeconds(TestToken.Now);
        Assert.Equal(TestToken.Issuer, Encoding.UTF8.GetString(plain.Issuer));
        Assert.Equal((TestToken.Issuer, TestToken.PoolId, TestToken.ClientId), (claims.Issuer, claims.UserPoolId, claims.ClientId));
        Assert.Equal((TokenTemplate.UserId, TokenTemplate.Username), (claims.Subject, claims.Username));
        Assert.Equal(["admins", "readers"], claims.Groups);
        Assert.Equal(["orders/read", "orders/write"], claims.Scopes);
        Assert.Equal((now.AddHours(1), now.AddSeconds(-1), now), (claims.ExpiresAt, claims.NotBefore, claims.IssuedAt));
        Assert.Equal("0b1c2d3e-0000-4000-8000-000000000000", claims.TokenId);
        Assert.Equal("access", claims.Payload.GetProperty("token_use").GetString());
    }

    [Fact]
    public void Claims_that_a_token_lacks_are_null_or_empty()
    {
        var utf8 = Encoding.UTF8.GetBytes(_plain["the least"]);
        Assert.True(PlainClaims.TryRead(utf8, out var plain));

        var claims = plain.Create(CreateIssuer(), "c", utf8);

        Assert.Equal((null, null, null), (claims.Subject, claims.Username, claims.TokenId));
        Assert.Equal((null, null), (claims.NotBefore, claims.IssuedAt));
        Assert.Empty(claims.Groups);
        Assert.Empty(claims.Scopes);
    }

    [Fact]
    public void App_client_is_found_if_the_issuer_accepts_it()
    {
        Assert.True(PlainClaims.TryRead(Encoding.UTF8.GetBytes(_plain["machine"]), out var plain));

        Assert.Equal(TestToken.ClientId, plain.FindClientId(CreateIssuer()));
        Assert.Equal(TestToken.ClientId, plain.FindClientId(CreateIssuer(TestToken.ClientId)));
        Assert.Null(plain.FindClientId(CreateIssuer(TestToken.OtherClientId)));
    }

    private static TrustedIssuer CreateIssuer(params string[] clientIds) =>
        new(TestToken.Issuer, TestToken.PoolId, clientIds.Length == 0 ? null : clientIds.ToFrozenSet(StringComparer.Ordinal), keys: null!);

    private static RawObject AddClaims(int count) => Enumerable.Range(0, count).Aggregate(_machine, (all, i) => all.WithNumber($"claim{i}", i));
}
