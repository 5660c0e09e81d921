using CognitoM2M.Verification.Tests.Support;
using Xunit.Abstractions;

namespace CognitoM2M.Verification.Tests.Fuzzing;

/// <summary>
/// Tokens that were changed. A short slice runs always; <c>COGNITO_M2M_FUZZ=1000000</c> makes it a long run, and
/// <c>COGNITO_M2M_FUZZ_SEED</c> starts it elsewhere. A failure names the seed that leads to it at once.
/// </summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const int PerSeed = 1_000;
    private const int UsualCount = 5_000;

    [Fact]
    public async Task A_changed_token_is_rejected_and_nothing_but_a_verdict_comes_of_it()
    {
        var count = Setting("COGNITO_M2M_FUZZ", UsualCount);
        var firstSeed = Setting("COGNITO_M2M_FUZZ_SEED", 1);
        using var world = new World(keySet: TestKey.Set(TestKey.Access, TestKey.Next));
        string[] signed =
        [
            TestToken.Valid,
            TestToken.Of(TestToken.Payload, TestKey.Next),
            TestToken.Of(TestToken.Header.WithText("typ", "JWT"), TestToken.Payload.WithText("iss", TestToken.UpdatedIssuer).With("groups", "[\"a\",{\"b\":1}]")),
        ];
        foreach (var token in signed)
            Assert.Null(await world.VerifyAsync(token));

        var reasons = new Dictionary<TokenRejectionReason, int>();
        var accepted = 0;
        for (var done = 0; done < count; done += PerSeed)
        {
            var seed = firstSeed + (done / PerSeed);
            var mutator = new TokenMutator(seed, signed);
            for (var i = 0; i < Math.Min(PerSeed, count - done); i++)
            {
                var mutant = mutator.Next();
                if (await JudgeAsync(world.Verifier, mutant, $"seed {seed}, mutant {i}: '{mutant}'") is { } reason)
                {
                    reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
                    continue;
                }

                accepted++;
                Assert.True(signed.Contains(mutant, StringComparer.Ordinal), $"COGNITO_M2M_FUZZ_SEED={seed}, mutant {i} was accepted and is none of the signed: '{mutant}'");
            }
        }

        output.WriteLine($"{count} mutants from seed {firstSeed}: {accepted} were a signed token, {string.Join(", ", reasons.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Value} {pair.Key}"))}.");
        // Else the mutator does not reach what it is meant to try.
        Assert.InRange(accepted, 0, count / 10);
        Assert.All(
            [TokenRejectionReason.Malformed, TokenRejectionReason.HeaderNotValid, TokenRejectionReason.PayloadNotValid, TokenRejectionReason.SignatureNotValid,
                TokenRejectionReason.AlgorithmNotAllowed, TokenRejectionReason.KeyNotFound, TokenRejectionReason.IssuerNotTrusted, TokenRejectionReason.CriticalHeaderNotSupported],
            reason => Assert.True(reasons.ContainsKey(reason), $"Nothing was rejected for {reason}."));
    }

    private static async Task<TokenRejectionReason?> JudgeAsync(CognitoAccessTokenVerifier verifier, string mutant, string which)
    {
        try
        {
            // Key ids that are not known wait for no clock: within ten seconds there is no second fetch.
            var result = await verifier.VerifyAsync(mutant);
            Assert.DoesNotContain(result.ToString(), c => c is < ' ' or > '~');
            return result.Rejection?.Reason;
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"COGNITO_M2M_FUZZ_SEED={which}", error);
        }
    }

    private static int Setting(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var value) ? value : usual;
}
