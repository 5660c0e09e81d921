using CognitoM2M.Testing;
using CognitoM2M.Verification.Tests.Support;

namespace CognitoM2M.Verification.Tests.Verdicts;

public sealed class VerdictTests
{
    [Theory]
    [MemberData(nameof(VerdictTable.Names), MemberType = typeof(VerdictTable))]
    public async Task Verdict_is_as_the_table_says(string name)
    {
        var verdict = VerdictTable.Named(name);
        using var verifier = VerifierFor(verdict);

        var result = await verifier.VerifyAsync(verdict.Token);

        Assert.Equal(verdict.Reason, result.Rejection?.Reason);
        Assert.Equal(verdict.IsValid, result.IsValid);
        Assert.Equal(verdict.IsValid, result.Claims is not null);
    }

    [Theory]
    [MemberData(nameof(VerdictTable.Names), MemberType = typeof(VerdictTable))]
    public async Task Verdict_is_the_same_the_second_time_and_without_waiting(string name)
    {
        var verdict = VerdictTable.Named(name);
        using var verifier = VerifierFor(verdict);
        var first = await verifier.VerifyAsync(verdict.Token);

        // A key that is not known may be looked for again; until then there is no verdict without waiting.
        var second = verifier.TryVerify(verdict.Token, out var result) ? result : await verifier.VerifyAsync(verdict.Token);

        Assert.Equal(first.Rejection?.Reason, second.Rejection?.Reason);
        Assert.Equal(first.ToString(), second.ToString());
    }

    [Theory]
    [MemberData(nameof(VerdictTable.Names), MemberType = typeof(VerdictTable))]
    public async Task Message_says_what_was_expected_and_what_was_found_and_nothing_that_forges_a_log(string name)
    {
        var verdict = VerdictTable.Named(name);
        using var verifier = VerifierFor(verdict);

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

    private static CognitoAccessTokenVerifier VerifierFor(VerdictCase verdict)
    {
        var clock = new ManualClock();
        clock.Advance(verdict.Later);
        var server = new KeySetServer(verdict.KeySet);
        server.OnRequest = (request, _) => Task.FromResult(KeySetServer.Json(
            request.RequestUri!.AbsolutePath.Contains(TestToken.OtherPoolId, StringComparison.Ordinal) ? verdict.OtherKeySet! : verdict.KeySet));
        return new CognitoAccessTokenVerifier(verdict.Options(), createHttpClient: server.CreateClient, timeProvider: clock);
    }
}
