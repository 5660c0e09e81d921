using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Tests.Support;
using Xunit.Abstractions;

namespace CognitoM2M.Verification.Tests.Fuzzing;

/// <summary>
/// Valid tokens with random changes. A short run is part of every test run. <c>COGNITO_M2M_FUZZ=1000000</c> makes a long run, and
/// <c>COGNITO_M2M_FUZZ_SEED</c> sets its first seed. A failure names the seed that reproduces it.
/// </summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const int MutantsPerSeed = 1_000;
    private const int DefaultCount = 5_000;

    [Fact]
    public async Task Changed_token_is_rejected_without_an_exception()
    {
        var count = ReadSetting("COGNITO_M2M_FUZZ", DefaultCount);
        var firstSeed = ReadSetting("COGNITO_M2M_FUZZ_SEED", 1);
        using var setup = new VerifierSetup(keySet: TestKey.CreateKeySet(TestKey.Access, TestKey.Next));
        string[] signed =
        [
            TestToken.Valid,
            TestToken.Create(TestToken.Payload, TestKey.Next),
            TestToken.Create(TestToken.Header.WithText("typ", "JWT"), TestToken.Payload.WithText("iss", TestToken.UpdatedIssuer).With("groups", "[\"a\",{\"b\":1}]")),
        ];
        foreach (var token in signed)
            Assert.Null(await setup.VerifyAsync(token));

        var reasons = new Dictionary<TokenRejectionReason, int>();
        var accepted = 0;
        for (var done = 0; done < count; done += MutantsPerSeed)
        {
            var seed = firstSeed + (done / MutantsPerSeed);
            var mutator = new TokenMutator(seed, signed);
            for (var i = 0; i < Math.Min(MutantsPerSeed, count - done); i++)
            {
                var mutant = mutator.Next();
                if (await JudgeAsync(setup.Verifier, mutant, $"seed {seed}, mutant {i}: '{mutant}'") is { } reason)
                {
                    reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
                    continue;
                }

                accepted++;
                Assert.True(signed.Contains(mutant, StringComparer.Ordinal), $"COGNITO_M2M_FUZZ_SEED={seed}, mutant {i} was accepted, although it is not one of the signed tokens: '{mutant}'");
            }
        }

        output.WriteLine($"{count} mutants from seed {firstSeed}: {accepted} were a signed token, {string.Join(", ", reasons.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Value} {pair.Key}"))}.");
        // If a reason never occurs, the mutator does not make the changes that it should.
        Assert.InRange(accepted, 0, count / 10);
        Assert.All(
            [TokenRejectionReason.Malformed, TokenRejectionReason.HeaderNotValid, TokenRejectionReason.PayloadNotValid, TokenRejectionReason.SignatureNotValid,
                TokenRejectionReason.AlgorithmNotAllowed, TokenRejectionReason.KeyNotFound, TokenRejectionReason.IssuerNotTrusted, TokenRejectionReason.CriticalHeaderNotSupported],
            reason => Assert.True(reasons.ContainsKey(reason), $"No mutant was rejected with {reason}."));
    }

    private static async Task<TokenRejectionReason?> JudgeAsync(CognitoAccessTokenVerifier verifier, string mutant, string which)
    {
        try
        {
            // Unknown key ids do not wait: the clock stands still, and there is no second download within ten seconds.
            var result = await verifier.VerifyAsync(mutant);
            Assert.DoesNotContain(result.ToString(), c => c is < ' ' or > '~');
            return result.Rejection?.Reason;
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"COGNITO_M2M_FUZZ_SEED={which}", error);
        }
    }

    private static int ReadSetting(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var value) ? value : usual;
}
