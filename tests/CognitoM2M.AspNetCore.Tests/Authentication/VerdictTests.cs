using CognitoM2M.AspNetCore.Tests.Support;
using CognitoM2M.Testing.Verdicts;
using Microsoft.AspNetCore.Builder;

namespace CognitoM2M.AspNetCore.Tests.Authentication;

/// <summary>The verdict table, judged by the authentication scheme.</summary>
public sealed class VerdictTests(VerdictApis apis) : IClassFixture<VerdictApis>
{
    [Theory]
    [MemberData(nameof(VerdictTable.Groups), MemberType = typeof(VerdictTable))]
    public Task Token_in_the_header_gets_the_verdict_of_the_table(string group) =>
        VerdictTable.Machines.CheckAsync(group, verdict => CheckAsync(verdict, inHeader: true), verdict => !HttpVerdicts.WithoutHeader.Contains(verdict.Name));

    [Theory]
    [MemberData(nameof(VerdictTable.Groups), MemberType = typeof(VerdictTable))]
    public Task Token_that_an_event_handler_reads_gets_the_verdict_of_the_table(string group) =>
        VerdictTable.Machines.CheckAsync(group, verdict => CheckAsync(verdict, inHeader: false));

    [Fact]
    public void Table_has_the_tokens_that_no_header_can_carry() => Assert.All(HttpVerdicts.WithoutHeader, name => VerdictTable.Find(name));

    private async Task CheckAsync(VerdictCase verdict, bool inHeader) =>
        await HttpVerdicts.CheckAsync(await apis.GetAsync(verdict, keys => StartAsync(verdict, keys)), verdict, inHeader);

    private static Task<Api> StartAsync(VerdictCase verdict, KeySetServer keys) => Api.StartAsync(
        app => app.MapGet("/", () => "in").RequireAuthorization(),
        options =>
        {
            (options.UserPoolId, options.ClientIds, options.Jwks) = (null, [], null);
            HttpVerdicts.Apply(verdict, options.Verification);
            options.CreateKeySetHttpClient = keys.CreateClient;
            options.Events.OnMessageReceived = context =>
            {
                context.Token = HttpVerdicts.ReadEncoded(context.Request);
                return Task.CompletedTask;
            };
            options.Events.OnTokenRejected = context => HttpVerdicts.KeepReasonAsync(context.HttpContext, context.Rejection);
        });
}
