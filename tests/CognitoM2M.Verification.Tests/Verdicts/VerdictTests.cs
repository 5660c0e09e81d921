using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Tests.Support;

namespace CognitoM2M.Verification.Tests.Verdicts;

public sealed class VerdictTests
{
    [Theory]
    [MemberData(nameof(VerdictTable.GroupsOfAll), MemberType = typeof(VerdictTable))]
    public Task Verdicts_equal_the_verdicts_in_the_table(string table, string group) => VerdictTable.FindTable(table).CheckAsync(group, async verdict =>
    {
        using var verifier = new CaseVerifier(verdict);

        var result = await verifier.VerifyAsync(verdict.Token);

        Assert.Equal(verdict.Reason, result.Rejection?.Reason);
        Assert.Equal(verdict.IsValid, result.IsValid);
        Assert.Equal(verdict.IsValid, result.Claims is not null);
    });

    [Theory]
    [MemberData(nameof(VerdictTable.GroupsOfAll), MemberType = typeof(VerdictTable))]
    public Task Second_verdict_is_the_same_as_the_first(string table, string group) => VerdictTable.FindTable(table).CheckAsync(group, async verdict =>
    {
        using var verifier = new CaseVerifier(verdict);
        var first = await verifier.VerifyAsync(verdict.Token);

        var second = await verifier.VerifyAgainAsync(verdict.Token);

        Assert.Equal(first.Rejection?.Reason, second.Rejection?.Reason);
        Assert.Equal(first.Text, second.Text);
    });

    [Theory]
    [MemberData(nameof(VerdictTable.GroupsOfAll), MemberType = typeof(VerdictTable))]
    public Task Message_names_expected_and_actual_value_and_cannot_forge_a_log_line(string table, string group) => VerdictTable.FindTable(table).CheckAsync(group, async verdict =>
    {
        using var verifier = new CaseVerifier(verdict);

        var result = await verifier.VerifyAsync(verdict.Token);

        var message = result.Text;
        Assert.All(message, c => Assert.InRange(c, ' ', '~'));
        Assert.All(verdict.Token.Split('.').Append(verdict.Token).Where(part => part.Length > 20), part => Assert.DoesNotContain(part, message, StringComparison.Ordinal));
        if (verdict.Binding is { } binding)
            Assert.All((string?[])[binding.Nonce, binding.AccessToken], secret => Assert.DoesNotContain(secret ?? "\0", message, StringComparison.Ordinal));
        if (result.Rejection is not { } rejection)
            return;

        Assert.NotEqual("", rejection.Expected);
        Assert.NotEqual("", rejection.Actual);
        Assert.Equal($"The token was rejected ({rejection.Reason}): expected {rejection.Expected}; found {rejection.Actual}.", rejection.Message);
        Assert.InRange(rejection.Message.Length, 1, 800);
    });

    [Theory]
    [InlineData(nameof(VerdictTable.Machines))]
    [InlineData(nameof(VerdictTable.Users))]
    [InlineData(nameof(VerdictTable.IdTokens))]
    public async Task No_token_of_a_table_is_accepted_both_as_an_access_token_and_as_an_ID_token(string table)
    {
        foreach (var verdict in VerdictTable.FindTable(table).All)
        {
            using var accessTokens = new CaseVerifier(verdict with { IsIdToken = false, Binding = null });
            using var idTokens = new CaseVerifier(verdict with { IsIdToken = true, Binding = null });

            var (access, id) = (await accessTokens.VerifyAsync(verdict.Token), await idTokens.VerifyAsync(verdict.Token));

            Assert.False(access.IsValid && id.IsValid, verdict.Name);
            // An access token needs no sub and no iat.
            if (access.IsValid && access.Claims is { Subject: not null, IssuedAt: not null })
                Assert.Equal(TokenRejectionReason.NotAnIdToken, id.Rejection!.Reason);
            if (id.IsValid)
                Assert.Equal(TokenRejectionReason.NotAnAccessToken, access.Rejection!.Reason);
        }
    }
}
