using System.Net;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Tests.Http;

/// <summary>A retry handler decides itself which answers it repeats. Each attempt at a resolved address gets the token.</summary>
public sealed class RepeatedCallTests
{
    private const string Called = "https://orders-api/orders";
    private const string Resolved = "https://10.0.0.3:8443/orders";

    [Theory]
    // An API that announces its end sends a link with each answer.
    [InlineData(HttpStatusCode.ServiceUnavailable, "Link", "<https://docs.example.com/end>; rel=\"deprecation\"", false)]
    [InlineData(HttpStatusCode.ServiceUnavailable, "Link", "<https://docs.example.com/end>; rel=\"deprecation\"", true)]
    [InlineData(HttpStatusCode.TooManyRequests, "Refresh", "5", false)]
    [InlineData(HttpStatusCode.BadRequest, "X-Status", "not yet", false)]
    [InlineData(HttpStatusCode.BadRequest, "X-Status", "not yet", true)]
    [InlineData(HttpStatusCode.Accepted, "Location", "/orders/operations/1", false)]
    [InlineData(HttpStatusCode.Accepted, "Location", "/orders/operations/1", true)]
    [InlineData(HttpStatusCode.OK, "X-Status", "pending", false)]
    public async Task Every_attempt_gets_the_token(HttpStatusCode status, string header, string value, bool resolvesOutsideOfRetry)
    {
        await using var api = CreateApi(resolvesOutsideOfRetry, (request, next) => next(request));
        api.OnCall = _ => api.Calls.Count < 3 ? CreateAnswer(status, header, value) : new HttpResponseMessage(HttpStatusCode.NoContent);

        Assert.Equal(HttpStatusCode.NoContent, await api.CallAsync(Called));

        Assert.Equal([$"{Resolved} Bearer token-1", $"{Resolved} Bearer token-1", $"{Resolved} Bearer token-1"], api.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Attempt_at_another_address_gets_no_token_after_any_number_of_attempts(bool resolvesOutsideOfRetry)
    {
        var attempts = 0;
        await using var api = CreateApi(
            resolvesOutsideOfRetry,
            (request, next) =>
            {
                if (++attempts == 3)
                    request.RequestUri = new Uri("https://elsewhere.example/orders");
                return next(request);
            },
            // Resolves the names of this service and no other.
            resolves: address => address.Host == "orders-api");
        api.OnCall = _ => CreateAnswer(HttpStatusCode.OK, "Link", "<https://elsewhere.example/orders>");

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => api.CallAsync(Called));

        Assert.Equal(CognitoTokenErrors.DestinationNotAllowed, failure.Error);
        Assert.Equal([$"{Resolved} Bearer token-1", $"{Resolved} Bearer token-1"], api.Calls);
    }

    private static ApiBehindHandlers CreateApi(
        bool resolvesOutsideOfRetry, Func<HttpRequestMessage, Func<HttpRequestMessage, Task<HttpResponseMessage>>, Task<HttpResponseMessage>> attempt, Func<Uri, bool>? resolves = null)
    {
        DelegatingHandler Repeat() => new InlineHandler(async (request, next) =>
        {
            while (true)
            {
                var response = await attempt(request, next);
                if (response.StatusCode == HttpStatusCode.NoContent)
                    return response;
                response.Dispose();
            }
        });
        DelegatingHandler Resolve() => new InlineHandler(async (request, next) =>
        {
            var address = request.RequestUri;
            if (resolves is null || resolves(address!))
                request.RequestUri = new Uri(Resolved);
            try
            {
                return await next(request);
            }
            finally
            {
                request.RequestUri = address;
            }
        });

        return new ApiBehindHandlers(
            configure: options => options.BaseAddress = new Uri("https://orders-api"),
            services: services => services.AddHttpClient("api")
                .AddHttpMessageHandler(resolvesOutsideOfRetry ? Resolve : Repeat)
                .AddHttpMessageHandler(resolvesOutsideOfRetry ? Repeat : Resolve));
    }

    private static HttpResponseMessage CreateAnswer(HttpStatusCode status, string header, string value)
    {
        var answer = new HttpResponseMessage(status);
        answer.Headers.TryAddWithoutValidation(header, value);
        return answer;
    }
}
