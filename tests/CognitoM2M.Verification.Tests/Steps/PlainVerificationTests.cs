using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Tests.Fuzzing;

namespace CognitoM2M.Verification.Tests.Steps;

/// <summary>
/// Tokens with a known header are verified in one pass. A verifier that sees the header for the first time must give the same verdict, in the
/// same words and with the same claims.
/// </summary>
public sealed class PlainVerificationTests
{
    private const int Mutants = 3_000;

    [Theory]
    [MemberData(nameof(VerdictTable.GroupsOfAccessTokens), MemberType = typeof(VerdictTable))]
    public Task Verdict_does_not_depend_on_whether_the_header_is_known(string table, string group) => VerdictTable.FindTable(table).CheckAsync(group, async verdict =>
    {
        // Both verifiers have downloaded the keys.
        using var general = await CreateAsync(verdict, TestToken.Create(TestToken.Payload.WithText("token_use", "id")));
        using var plain = await CreateAsync(verdict, TestToken.Valid, TestToken.Create(TestToken.Payload, TestKey.Next));

        AssertSame(await general.VerifyAsync(verdict.Token), await plain.VerifyAsync(verdict.Token), verdict.Name);
    });

    [Fact]
    public async Task Verdict_of_a_changed_and_newly_signed_token_does_not_depend_on_whether_the_header_is_known()
    {
        var usual = new VerdictCase("usual: token", TestToken.Valid, Reason: null);
        using var plain = await CreateAsync(usual, TestToken.Valid);
        var mutator = new TokenMutator(seed: 7, [TestToken.Valid, TokenTemplate.User.Valid, TestToken.Create(TestToken.Payload.With("groups", "[\"a\",[1]]").WithNumber("nbf", TestToken.Now))]);
        var accepted = 0;

        for (var i = 0; i < Mutants; i++)
        {
            if (mutator.Next().Split('.') is not [_, var payload, _])
                continue;
            var header = TestToken.Valid.Split('.')[0];
            var token = TestToken.AppendSignature($"{header}.{payload}", TestKey.Access.Sign);
            using var general = Create(usual);

            var expected = await general.VerifyAsync(token);

            AssertSame(expected, await plain.VerifyAsync(token), token);
            accepted += expected.IsValid ? 1 : 0;
        }

        Assert.InRange(accepted, Mutants / 100, Mutants - (Mutants / 10));
    }

    [Theory]
    [InlineData("""{"sub":"s","sub":"s"}""")]
    [InlineData("""{"a":{"b":1,"b":2}}""")]
    [InlineData("""{"a":[{"b":1,"b":2}]}""")]
    public async Task Name_that_appears_twice_is_noticed_in_one_pass_too(string addition)
    {
        var usual = new VerdictCase("usual: token", TestToken.Valid, Reason: null);
        using var plain = await CreateAsync(usual, TestToken.Valid);
        var payload = $"{TestToken.Payload.ToString().TrimEnd('}')},{addition[1..]}";

        var result = await plain.VerifyAsync(TestToken.Create(TestToken.Header.ToString(), payload));

        Assert.Equal(TokenRejectionReason.PayloadNotValid, result.Rejection?.Reason);
    }

    [Fact]
    public async Task Payload_with_many_claims_is_accepted()
    {
        var usual = new VerdictCase("usual: token", TestToken.Valid, Reason: null);
        using var plain = await CreateAsync(usual, TestToken.Valid);
        var payload = Enumerable.Range(0, 100).Aggregate(TestToken.Payload, (all, i) => all.WithNumber($"claim{i}", i));

        var result = await plain.VerifyAsync(TestToken.Create(payload));

        Assert.True(result.IsValid, result.ToString());
        Assert.Equal(99, result.Claims.Payload.GetProperty("claim99").GetInt32());
    }

    [Fact]
    public async Task First_verification_allocates_little_beyond_what_the_cache_keeps()
    {
        var usual = new VerdictCase("usual: token", TestToken.Valid, Reason: null);
        using var plain = await CreateAsync(usual, TestToken.Valid);
        string[] tokens = [.. Enumerable.Range(0, 50).Select(i => TestToken.Create(TestToken.Payload.WithText("jti", $"0b1c2d3e-0000-4000-8000-{i:D12}")))];
        Verify(tokens[..10]);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Verify(tokens[10..]);
        var perToken = (GC.GetAllocatedBytesForCurrentThread() - before) / 40;

        // The token as text, its payload and its claims stay.
        var kept = (2 * TestToken.Valid.Length) + TestToken.Payload.ToString().Length;
        Assert.InRange(perToken, 0, kept + 1_500);

        void Verify(string[] all) => Assert.All(all, token => Assert.True(plain.VerifyWithHeldKeys(token)?.IsValid));
    }

    private static async Task<CognitoAccessTokenVerifier> CreateAsync(VerdictCase verdict, params string[] tokens)
    {
        var verifier = Create(verdict);
        foreach (var token in tokens)
            await verifier.VerifyAsync(token);
        return verifier;
    }

    private static CognitoAccessTokenVerifier Create(VerdictCase verdict) =>
        new(verdict.CreateOptions(), createHttpClient: verdict.CreateKeySetServer().CreateClient, timeProvider: verdict.CreateClock());

    private static void AssertSame(VerificationResult<CognitoAccessTokenClaims> expected, VerificationResult<CognitoAccessTokenClaims> actual, string which)
    {
        Assert.True(expected.ToString() == actual.ToString(), $"{which}: {expected} {actual}");
        if (expected.Claims is not { } claims)
            return;

        var others = actual.Claims!;
        Assert.Equal(
            (claims.Issuer, claims.UserPoolId, claims.ClientId, claims.Subject, claims.ExpiresAt, claims.NotBefore, claims.IssuedAt, claims.TokenId),
            (others.Issuer, others.UserPoolId, others.ClientId, others.Subject, others.ExpiresAt, others.NotBefore, others.IssuedAt, others.TokenId));
        Assert.Equal(claims.Scopes, others.Scopes);
        Assert.Equal(claims.Username, others.Username);
        Assert.Equal(claims.Groups, others.Groups);
        Assert.Equal(claims.Payload.GetRawText(), others.Payload.GetRawText());
    }
}
