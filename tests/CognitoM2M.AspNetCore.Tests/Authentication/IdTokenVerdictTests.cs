using CognitoM2M.AspNetCore.Tests.Support;
using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Builder;

namespace CognitoM2M.AspNetCore.Tests.Authentication;

/// <summary>The verdict tables of ID tokens and of users, judged by a scheme that accepts ID tokens, and by one that accepts both kinds.</summary>
public sealed class IdTokenVerdictTests
{
    /// <summary>Cases that need nothing of one sign-in: a scheme knows no nonce.</summary>
    public static TheoryData<string, string> Cases => VerdictTable.ListNames(
        verdict => verdict.Binding is null && !HttpVerdicts.WithoutHeader.Contains(verdict.Name), [nameof(VerdictTable.IdTokens)]);

    public static TheoryData<string, string> CasesOfUsers => VerdictTable.ListNames(
        verdict => verdict is { AllOfScopes: [], AnyOfScopes: [], AcceptedCallers: not AcceptedCallers.Machines } && !HttpVerdicts.WithoutHeader.Contains(verdict.Name),
        [nameof(VerdictTable.Users)]);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Scheme_of_ID_tokens_gives_the_verdict_of_the_table(string table, string name) =>
        CheckAsync(VerdictTable.FindTable(table).FindCase(name), AcceptedTokens.Id, isExact: true);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Scheme_of_both_kinds_accepts_the_accepted_ID_tokens_and_rejects_all_others(string table, string name) =>
        CheckAsync(VerdictTable.FindTable(table).FindCase(name), AcceptedTokens.AccessAndId, isExact: false);

    [Theory]
    [MemberData(nameof(CasesOfUsers))]
    public Task Scheme_of_both_kinds_accepts_the_accepted_access_tokens_and_rejects_all_others(string table, string name) =>
        CheckAsync(VerdictTable.FindTable(table).FindCase(name), AcceptedTokens.AccessAndId, isExact: false);

    private static async Task CheckAsync(VerdictCase verdict, AcceptedTokens accepted, bool isExact)
    {
        using var keys = verdict.CreateKeySetServer();
        List<TokenRejectionReason> reasons = [];
        await using var api = await Api.StartAsync(
            app => app.MapGet("/", () => "in").RequireAuthorization(),
            options =>
            {
                (options.UserPoolId, options.ClientIds, options.Jwks) = (null, [], null);
                HttpVerdicts.Apply(verdict, options.Verification);
                options.AcceptedTokens = accepted;
                options.CreateKeySetHttpClient = keys.CreateClient;
                options.Events.OnTokenRejected = context =>
                {
                    reasons.Add(context.Rejection.Reason);
                    return Task.CompletedTask;
                };
            });
        api.Clock.Advance(verdict.Later);

        var first = await HttpVerdicts.SendAsync(api, verdict.Token, inHeader: true);
        var second = await HttpVerdicts.SendAsync(api, verdict.Token, inHeader: true);

        Assert.Equal(first, second);
        if (isExact || verdict.IsValid || !IsOfOtherKind(verdict))
            Assert.Equal(verdict.IsValid, first.Status == 200);
        if (isExact && verdict.Reason is { } reason)
            Assert.Equal([reason, reason], reasons);
    }

    /// <summary>Whether the table has the token as an example of the other kind. A scheme of both kinds accepts it.</summary>
    private static bool IsOfOtherKind(VerdictCase verdict) =>
        verdict.Reason is TokenRejectionReason.NotAnIdToken or TokenRejectionReason.NotAnAccessToken;
}
