using CognitoM2M.AspNetCore.JwtBearer.Tests.Support;
using CognitoM2M.AspNetCore.Tests.Support;
using CognitoM2M.Testing.Verdicts;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;

namespace CognitoM2M.AspNetCore.JwtBearer.Tests.Verdicts;

/// <summary>The verdict table, judged by a scheme of JwtBearer.</summary>
public sealed class VerdictTests(VerdictApis apis) : IClassFixture<VerdictApis>
{
    public static TheoryData<string> Names => VerdictTable.Names;

    public static TheoryData<string> NamesWithHeader { get; } = [.. VerdictTable.Cases.Select(verdict => verdict.Name).Except(HttpVerdicts.WithoutHeader)];

    [Theory]
    [MemberData(nameof(NamesWithHeader))]
    public Task Token_in_the_header_gets_the_verdict_of_the_table(string name) => CheckAsync(VerdictTable.Find(name), inHeader: true);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Token_that_an_event_handler_reads_gets_the_verdict_of_the_table(string name) => CheckAsync(VerdictTable.Find(name), inHeader: false);

    private async Task CheckAsync(VerdictCase verdict, bool inHeader) =>
        await HttpVerdicts.CheckAsync(await apis.GetAsync(verdict, keys => StartAsync(verdict, keys)), verdict, inHeader);

    private static Task<Api> StartAsync(VerdictCase verdict, KeySetServer keys) => BearerApi.StartAsync(
        app => app.MapGet("/", () => "in").RequireAuthorization(),
        bearer => bearer.Events = new JwtBearerEvents
        {
            OnMessageReceived = context =>
            {
                context.Token = HttpVerdicts.ReadEncoded(context.Request);
                return Task.CompletedTask;
            },
            OnAuthenticationFailed = context => HttpVerdicts.KeepReasonAsync(context.HttpContext, CognitoTokenRejectedException.Find(context.Exception)),
        },
        options =>
        {
            (options.UserPoolId, options.ClientIds, options.Jwks) = (null, [], null);
            HttpVerdicts.Apply(verdict, options.Verification);
            options.CreateKeySetHttpClient = keys.CreateClient;
        });
}
