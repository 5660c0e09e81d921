using CognitoM2M.AspNetCore.JwtBearer.Tests.Support;
using CognitoM2M.AspNetCore.Tests.Support;
using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;

namespace CognitoM2M.AspNetCore.JwtBearer.Tests.Verdicts;

/// <summary>The verdict table, judged by a scheme of JwtBearer.</summary>
public sealed class VerdictTests
{
    public static TheoryData<string> Names => VerdictTable.Names;

    public static TheoryData<string> NamesWithHeader { get; } = [.. VerdictTable.Cases.Select(verdict => verdict.Name).Except(HttpVerdicts.WithoutHeader)];

    [Theory]
    [MemberData(nameof(NamesWithHeader))]
    public Task Token_in_the_header_gets_the_verdict_of_the_table(string name) => CheckAsync(VerdictTable.Find(name), inHeader: true);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Token_that_an_event_handler_reads_gets_the_verdict_of_the_table(string name) => CheckAsync(VerdictTable.Find(name), inHeader: false);

    private static async Task CheckAsync(VerdictCase verdict, bool inHeader)
    {
        using var keys = verdict.CreateKeySetServer();
        List<TokenRejectionReason?> reasons = [];
        await using var api = await BearerApi.StartAsync(
            app => app.MapGet("/", () => "in").RequireAuthorization(),
            bearer => bearer.Events = new JwtBearerEvents
            {
                OnMessageReceived = context =>
                {
                    context.Token = HttpVerdicts.ReadEncoded(context.Request);
                    return Task.CompletedTask;
                },
                OnAuthenticationFailed = context =>
                {
                    reasons.Add(CognitoTokenRejectedException.Find(context.Exception)?.Reason);
                    return Task.CompletedTask;
                },
            },
            options =>
            {
                (options.UserPoolId, options.ClientIds, options.Jwks) = (null, [], null);
                HttpVerdicts.Apply(verdict, options.Verification);
                options.CreateKeySetHttpClient = keys.CreateClient;
            });
        api.Clock.Advance(verdict.Later);

        var first = await HttpVerdicts.SendAsync(api, verdict.Token, inHeader);
        var second = await HttpVerdicts.SendAsync(api, verdict.Token, inHeader);

        Assert.Equal(verdict.IsValid, first == 200);
        Assert.Equal(first, second);
        // JwtBearer does not pass an empty token on.
        if (verdict is { IsValid: false, Reason: not TokenRejectionReason.Missing })
            Assert.Equal([verdict.Reason, verdict.Reason], reasons);
        else
            Assert.Empty(reasons);
    }
}
