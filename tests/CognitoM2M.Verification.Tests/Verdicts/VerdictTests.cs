using CognitoM2M.Testing.Verdicts;

namespace CognitoM2M.Verification.Tests.Verdicts;

public sealed class VerdictTests
{
    [Theory]
    [MemberData(nameof(VerdictTable.Names), MemberType = typeof(VerdictTable))]
    public async Task Verdict_equals_the_verdict_in_the_table(string name)
    {
        var verdict = VerdictTable.Find(name);
        using var verifier = CreateVerifier(verdict);

        var result = await verifier.VerifyAsync(verdict.Token);

        Assert.Equal(verdict.Reason, result.Rejection?.Reason);
        Assert.Equal(verdict.IsValid, result.IsValid);
        Assert.Equal(verdict.IsValid, result.Claims is not null);
    }

    [Theory]
    [MemberData(nameof(VerdictTable.Names), MemberType = typeof(VerdictTable))]
    public async Task Second_verdict_is_the_same_as_the_first(string name)
    {
        var verdict = VerdictTable.Find(name);
        using var verifier = CreateVerifier(verdict);
        var first = await verifier.VerifyAsync(verdict.Token);

        // An unknown key may cause another download. Without waiting for it, there is no verdict then.
        var second = verifier.VerifyWithHeldKeys(verdict.Token) ?? await verifier.VerifyAsync(verdict.Token);

        Assert.Equal(first.Rejection?.Reason, second.Rejection?.Reason);
        Assert.Equal(first.ToString(), second.ToString());
    }

    [Theory]
    [MemberData(nameof(VerdictTable.Names), MemberType = typeof(VerdictTable))]
    public async Task Message_names_expected_and_actual_and_cannot_forge_a_log_line(string name)
    {
        var verdict = VerdictTable.Find(name);
        using var verifier = CreateVerifier(verdict);

        var result = await verifier.VerifyAsync(verdict.Token);

        var message = result.ToString();
        Assert.All(message, c => Assert.InRange(c, ' ', '~'));
        Assert.All(verdict.Token.Split('.').Append(verdict.Token).Where(part => part.Length > 20), part => Assert.DoesNotContain(part, message, StringComparison.Ordinal));
        if (result.Rejection is not { } rejection)
            return;

        Assert.NotEqual("", rejection.Expected);
        Assert.NotEqual("", rejection.Actual);
        Assert.Equal($"The access token was rejected ({rejection.Reason}): expected {rejection.Expected}; found {rejection.Actual}.", rejection.Message);
        Assert.InRange(rejection.Message.Length, 1, 800);
    }

    private static CognitoAccessTokenVerifier CreateVerifier(VerdictCase verdict) =>
        new(verdict.CreateOptions(), createHttpClient: verdict.CreateKeySetServer().CreateClient, timeProvider: verdict.CreateClock());
}
