using CognitoM2M.AspNetCore.Tests.Support;
using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Builder;

namespace CognitoM2M.AspNetCore.Tests.Authentication;

/// <summary>The verdict tables of ID tokens and of users, judged by a scheme that accepts ID tokens, and by one that accepts both kinds.</summary>
public sealed class IdTokenVerdictTests : IAsyncLifetime
{
    private readonly VerdictApis _apis = new();

    public static TheoryData<string, string> Groups => VerdictTable.ListGroups(nameof(VerdictTable.IdTokens));

    public static TheoryData<string, string> GroupsOfUsers => VerdictTable.ListGroups(nameof(VerdictTable.Users));

    [Theory]
    [MemberData(nameof(Groups))]
    public Task Scheme_of_ID_tokens_gives_the_verdict_of_the_table(string table, string group) =>
        VerdictTable.FindTable(table).CheckAsync(group, verdict => CheckAsync(verdict, AcceptedTokens.Id, isExact: true), NeedsNoSignIn);

    [Theory]
    [MemberData(nameof(Groups))]
    public Task Scheme_of_both_kinds_accepts_the_accepted_ID_tokens_and_rejects_all_others(string table, string group) =>
        VerdictTable.FindTable(table).CheckAsync(group, verdict => CheckAsync(verdict, AcceptedTokens.AccessAndId, isExact: false), NeedsNoSignIn);

    [Theory]
    [MemberData(nameof(GroupsOfUsers))]
    public Task Scheme_of_both_kinds_accepts_the_accepted_access_tokens_and_rejects_all_others(string table, string group) => VerdictTable.FindTable(table).CheckAsync(
        group,
        verdict => CheckAsync(verdict, AcceptedTokens.AccessAndId, isExact: false),
        verdict => verdict is { AllOfScopes: [], AnyOfScopes: [], AcceptedCallers: not AcceptedCallers.Machines } && !HttpVerdicts.WithoutHeader.Contains(verdict.Name));

    // A scheme knows no nonce.
    private static bool NeedsNoSignIn(VerdictCase verdict) => verdict.Binding is null && !HttpVerdicts.WithoutHeader.Contains(verdict.Name);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _apis.DisposeAsync();

    private async Task CheckAsync(VerdictCase verdict, AcceptedTokens accepted, bool isExact)
    {
        var api = await _apis.GetAsync(verdict, keys => StartAsync(verdict, keys, accepted));

        var first = await HttpVerdicts.SendAsync(api, verdict.Token, inHeader: true);
        var second = await HttpVerdicts.SendAsync(api, verdict.Token, inHeader: true);

        Assert.Equal(first, second);
        if (isExact || verdict.IsValid || !IsOfOtherKind(verdict))
            Assert.Equal(verdict.IsValid, first.Status == 200);
        if (isExact)
            Assert.Equal($"{verdict.Reason}", first.Reasons);
    }

    private static Task<Api> StartAsync(VerdictCase verdict, KeySetServer keys, AcceptedTokens accepted) => Api.StartAsync(
        app => app.MapGet("/", () => "in").RequireAuthorization(),
        options =>
        {
            (options.UserPoolId, options.ClientIds, options.Jwks) = (null, [], null);
            HttpVerdicts.Apply(verdict, options.Verification);
            options.AcceptedTokens = accepted;
            options.CreateKeySetHttpClient = keys.CreateClient;
            options.Events.OnTokenRejected = context => HttpVerdicts.KeepReasonAsync(context.HttpContext, context.Rejection);
        });

    /// <summary>Whether the table has the token as an example of the other kind. A scheme of both kinds accepts it.</summary>
    private static bool IsOfOtherKind(VerdictCase verdict) =>
        verdict.Reason is TokenRejectionReason.NotAnIdToken or TokenRejectionReason.NotAnAccessToken;
}
