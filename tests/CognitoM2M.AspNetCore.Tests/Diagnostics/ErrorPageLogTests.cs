using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.AspNetCore.Tests.Diagnostics;

/// <summary>What the log says about a rejected token if a page of errors answers the request.</summary>
public sealed class ErrorPageLogTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Line_names_the_endpoint_that_was_called_and_not_the_page_of_errors(bool isKnownClient)
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
}
