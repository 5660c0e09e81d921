using System.Net;
using CognitoM2M.AspNetCore.Tests.Support;
using CognitoM2M.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.AspNetCore.Tests.Diagnostics;

/// <summary>What the log says about a rejected token if an error page answers the request.</summary>
public sealed class ErrorPageLogTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Line_names_the_endpoint_that_was_called_and_not_the_error_page(bool isKnownClient)
    {
        await using var api = await Api.StartAsync(app =>
        {
            app.UseStatusCodePagesWithReExecute("/error/{0}");
            app.UseRouting();
            app.UseAuthentication();
            app.UseAuthorization();
            app.MapGet("/error/{status}", (string status) => status);
            app.MapGet("/orders", () => "orders").RequireCognitoScope("orders/read");
        });

        using var response = await api.GetAsync("/orders", isKnownClient ? Pool.Usual.Token(change: payload => payload["exp"] = 1) : "junk");

        Assert.Equal("401", await response.Content.ReadAsStringAsync());
        Assert.Contains("HTTP: GET /orders, scheme CognitoM2M", Assert.Single(api.Log.Find(LogLevel.Information), line => line.Contains(", scheme ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Line_is_written_once_if_the_endpoint_throws_and_there_is_no_error_page()
    {
        var log = new LogRecorder();
        // A real server: without an error page, the server responds, and the response of the application never starts.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.AddProvider(log);
        builder.Services.AddRouting().AddAuthentication().AddCognitoM2M(Api.Usual);
        await using var app = builder.Build();
        app.UseRouting();
        app.UseAuthentication();
        app.MapGet("/orders", string () => throw new InvalidOperationException("mark"));
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", "junk");

        using var response = await http.GetAsync(new Uri("/orders", UriKind.Relative));
        // The server ends the requests in flight first.
        await app.StopAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("HTTP: GET /orders, scheme CognitoM2M", Assert.Single(log.Find(LogLevel.Information), line => line.Contains(", scheme ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }
}
