using System.Net;
using System.Text.Json;
using CognitoM2M.Lambda.Tests.Support;
using CognitoM2M.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Lambda.Tests.Docs;

/// <summary>The code in docs/lambda.md is compiled and works.</summary>
public sealed class LambdaPageTests
{
    private static readonly string _page = Checkout.Read("docs/lambda.md");

    public static TheoryData<string> CodeBlocks { get; } =
    [
        .. RemoveIndentation(_page).Split("```csharp\n").Skip(1).Select(block => block[..block.IndexOf("\n```", StringComparison.Ordinal)]),
    ];

    [Theory]
    [MemberData(nameof(CodeBlocks), DisableDiscoveryEnumeration = true)]
    public void Code_on_the_page_is_compiled(string block)
    {
        var compiled = RemoveIndentation(Checkout.Read("tests/CognitoM2M.Lambda.Tests/Docs/LambdaPage.cs"));

        // The lines of one block may stand in several places of the file.
        Assert.All(block.Split("\n\n"), part => Assert.Contains(part, compiled, StringComparison.Ordinal));
    }

    [Fact]
    public void Routes_on_the_page_have_no_conflict() => LambdaPage.TestRoutes();

    [Fact]
    public void Every_setting_is_in_the_table_of_settings() => Assert.All(
        typeof(ApiGatewayAuthorizerOptions).GetProperties(), setting => Assert.Contains($"\n| `{setting.Name}` |", _page, StringComparison.Ordinal));

    [Fact]
    public async Task Claims_that_API_Gateway_verified_satisfy_the_scopes_of_an_endpoint()
    {
        await using var app = await StartApiAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        Assert.Equal(HttpStatusCode.OK, await AskAsync(http, "orders/read"));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(http, "orders/write"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(http, scope: null));
    }

    [Fact]
    public void Request_of_the_app_client_on_the_page_may_read_and_others_may_not()
    {
        var request = GatewayEvent.Read("user-http-2.0-jwt");
        Assert.False(MayRead());

        request["requestContext"]!["authorizer"]!["jwt"]!["claims"]!["client_id"] = "1example23456789abcdefghij";
        Assert.True(MayRead());

        bool MayRead()
        {
            using var json = JsonDocument.Parse(request.ToBytes());
            return LambdaPage.MayRead(json.RootElement);
        }
    }

    /// <summary>An API whose test says in a header which claims API Gateway has verified.</summary>
    private static async Task<WebApplication> StartApiAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        LambdaPage.AddScheme(builder);
        builder.Services.PostConfigureAll<AspNetCore.CognitoM2MAuthenticationOptions>(options =>
        {
            options.UserPoolId = "eu-west-1_AbCdEf123";
            options.ClientIds = ["1example23456789abcdefghij"];
            options.LoadKeysAtStart = false;
        });
        var app = builder.Build();
        app.Use((context, next) =>
        {
            if (context.Request.Headers["X-Test-Scope"] is [{ } scope])
                context.Items["claims"] = new Dictionary<string, string> { ["client_id"] = "1example23456789abcdefghij", ["token_use"] = "access", ["scope"] = scope, ["iss"] = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123" };
            return next(context);
        });
        app.UseRouting();
        // After the claims are there, as on Lambda: the framework would otherwise authenticate first.
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/orders", () => "[]").RequireCognitoScope("orders/read");
        await app.StartAsync();
        return app;
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient http, string? scope)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("orders", UriKind.Relative));
        if (scope is not null)
            request.Headers.Add("X-Test-Scope", scope);
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }

    private static string RemoveIndentation(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));
}
