using System.Collections.Concurrent;
using System.Net.Http.Headers;
using CognitoM2M.Docs.Tests.Reference;
using CognitoM2M.Testing;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Docs.Tests;

/// <summary>An API answers rejected tokens with the statuses in docs/reference/rejection-reasons.md.</summary>
public sealed class RejectionStatusTests
{
    [Fact]
    public async Task Answers_have_the_statuses_of_the_page()
    {
        await using var cognito = await CognitoFixture.StartAsync();
        var reasons = new ConcurrentQueue<TokenRejectionReason>();
        await using var api = await StartApiAsync(cognito, reasons);
        using var http = new HttpClient { BaseAddress = new Uri(api.Urls.Single()) };
        string[] tokens =
        [
            .. cognito.BadTokens.All("orders/read").Values,
            cognito.BadTokens.WithoutScope(),
            "garbage",
            new string('a', 20_000),
        ];

        foreach (var token in tokens)
        {
            var (response, reason) = await SendAsync(http, token, reasons);
            using (response)
            {
                var (status, error) = RejectionReasonsPage.FindAnswer(reason);
                Assert.Equal((reason, status), (reason, $"{(int)response.StatusCode}"));
                Assert.Contains($"error=\"{error.Trim('`')}\"", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
            }
        }
    }

    /// <summary>Sends a token until there is a verdict on it. On a busy machine, the first download of the keys may take too long.</summary>
    private static async Task<(HttpResponseMessage Response, TokenRejectionReason Reason)> SendAsync(
        HttpClient http, string token, ConcurrentQueue<TokenRejectionReason> reasons)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/", UriKind.Relative));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            var response = await http.SendAsync(request);
            Assert.True(reasons.TryDequeue(out var reason));
            if (reason != TokenRejectionReason.KeysNotAvailable)
                return (response, reason);

            response.Dispose();
        }
    }

    private static async Task<WebApplication> StartApiAsync(CognitoFixture cognito, ConcurrentQueue<TokenRejectionReason> reasons)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddRoutingCore();
        builder.Services.AddAuthorization();
        builder.Services.AddAuthentication().AddCognitoM2M(options =>
        {
            options.Verification.AllOfScopes.Add("orders/read");
            options.Events.OnTokenRejected = context =>
            {
                reasons.Enqueue(context.Rejection.Reason);
                return Task.CompletedTask;
            };
        });
        builder.Services.UseCognito(cognito);

        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/", () => "in").RequireAuthorization();
        await app.StartAsync();
        return app;
    }
}
