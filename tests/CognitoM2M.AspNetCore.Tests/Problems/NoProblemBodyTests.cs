using System.Net;
using System.Net.Http.Headers;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.Tests.Problems;

/// <summary>Answers that get no body although the application calls <c>AddProblemDetails()</c>.</summary>
public sealed class NoProblemBodyTests
{
    [Fact]
    public async Task Answer_to_HEAD_has_no_body()
    {
        await using var api = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, "/");

        await AssertEmptyAsync(api, request);
    }

    [Theory]
    [InlineData("application/grpc")]
    [InlineData("application/grpc+proto")]
    [InlineData("application/grpc-web-text")]
    public async Task Answer_to_gRPC_has_no_body(string contentType)
    {
        await using var api = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent([0, 0, 0, 0, 0]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);

        await AssertEmptyAsync(api, request);
    }

    [Fact]
    public async Task Answer_to_a_WebSocket_handshake_has_no_body()
    {
        await using var api = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Connection", "Upgrade");
        request.Headers.Add("Upgrade", "websocket");

        await AssertEmptyAsync(api, request);
    }

    [Fact]
    public async Task Answer_to_a_client_that_accepts_no_JSON_has_no_body()
    {
        await using var api = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "Accept", "text/html" } } };

        await AssertEmptyAsync(api, request);
    }

    [Fact]
    public async Task Answer_of_an_endpoint_without_status_code_pages_has_no_body()
    {
        await using var api = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/bare");

        await AssertEmptyAsync(api, request);
    }

    [Fact]
    public async Task Answer_of_another_status_gets_no_body_of_the_scheme()
    {
        await using var api = await Api.StartAsync(
            app =>
            {
                app.Use(async (context, next) =>
                {
                    await next(context);
                    if (context.Response.StatusCode == StatusCodes.Status401Unauthorized)
                        context.Response.Redirect("/login");
                });
                app.UseAuthentication().UseAuthorization();
                app.MapGet("/", () => "in").RequireCognitoScope("orders/read");
            },
            services: services => services.AddProblemDetails());

        using var response = await api.GetAsync("/");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Exception_after_a_challenge_reaches_the_exception_handler_of_the_application()
    {
        await using var api = await Api.StartAsync(
            app =>
            {
                app.UseExceptionHandler();
                app.UseAuthentication();
                app.Use(async (context, next) =>
                {
                    await next(context);
                    throw new TimeoutException("no answer");
                });
                app.UseAuthorization();
                app.MapGet("/", () => "in").RequireCognitoScope("orders/read");
            },
            services: services => services.AddProblemDetails());

        using var response = await api.GetAsync("/", "x");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain("invalid_token", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task AssertEmptyAsync(Api api, HttpRequestMessage request)
    {
        using var response = await api.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Single(response.Challenges());
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Null(response.Content.Headers.ContentType);
    }

    private static Task<Api> StartAsync() => Api.StartAsync(
        app =>
        {
            app.Map("/", () => "in").RequireCognitoScope("orders/read");
            app.MapGet("/bare", () => "in").RequireCognitoScope("orders/read").WithMetadata(new Microsoft.AspNetCore.Mvc.SkipStatusCodePagesAttribute());
        },
        services: services => services.AddProblemDetails());
}
