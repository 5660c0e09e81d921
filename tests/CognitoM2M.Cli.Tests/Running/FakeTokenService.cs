using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Cli.Tests.Running;

/// <summary>A server on loopback that answers <c>AssumeRoleWithWebIdentity</c> and <c>AssumeRole</c> of AWS STS with one access key.</summary>
internal sealed class FakeTokenService : IAsyncDisposable
{
    public const string AccessKeyId = "ASIAEXAMPLEROLE";
    public const string SecretAccessKey = "secret-of-the-role";

    private readonly WebApplication _server;

    private FakeTokenService(WebApplication server) => _server = server;

    public string Address => _server.Urls.Single();

    /// <summary>The form fields of each request.</summary>
    public List<Dictionary<string, string>> Requests { get; } = [];

    public static async Task<FakeTokenService> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var service = new FakeTokenService(builder.Build());
        service._server.Run(service.AnswerAsync);
        await service._server.StartAsync();
        return service;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var form = (await context.Request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);
        lock (Requests)
            Requests.Add(form);

        context.Response.ContentType = "text/xml";
        await context.Response.WriteAsync($"""
            <{form["Action"]}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{form["Action"]}Result>
              <AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/cognito-apply/pipeline</Arn><AssumedRoleId>AROAEXAMPLE:pipeline</AssumedRoleId></AssumedRoleUser>
              <Credentials>
                <AccessKeyId>{AccessKeyId}</AccessKeyId><SecretAccessKey>{SecretAccessKey}</SecretAccessKey>
                <SessionToken>session</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration>
              </Credentials>
            </{form["Action"]}Result></{form["Action"]}Response>
            """);
    }
}
