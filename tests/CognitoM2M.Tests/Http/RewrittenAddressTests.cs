using System.Net;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Http;

/// <summary>A handler behind the token handler changes the address of a request. That is no redirect.</summary>
public sealed class RewrittenAddressTests
{
    private const string Orders = "https://api.example.com/orders";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Token_that_is_rejected_at_a_rewritten_address_is_replaced_and_the_call_is_sent_once_more(bool synchronous)
    {
        await using var api = new ApiBehindHandlers(inside: AddApiVersion);
        api.Reject("token-1");

        Assert.Equal(HttpStatusCode.OK, await api.CallAsync(Orders, synchronous));

        Assert.Equal([$"{Orders}?api-version=1 Bearer token-1", $"{Orders}?api-version=1 Bearer token-2"], api.Calls);
        Assert.Equal(2, api.Service.TokenRequests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Request_has_the_address_of_the_caller_again_after_the_call(bool synchronous)
    {
        await using var api = new ApiBehindHandlers(inside: AddApiVersion);
        api.Reject("token-1");
        using var request = new HttpRequestMessage(HttpMethod.Get, Orders);

        await api.CallAsync(request, synchronous);

        Assert.Equal(Orders, request.RequestUri!.AbsoluteUri);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Retry_after_a_rewrite_starts_at_the_address_of_the_caller(bool synchronous, bool throws)
    {
        await using var api = new ApiBehindHandlers(() => InlineHandler.CreateRetry(), inside: () => RewriteTo(new Uri("https://127.0.0.1:1/orders")));
        api.OnCall = _ => api.Calls.Count > 1 ? new HttpResponseMessage(HttpStatusCode.OK)
            : throws ? throw new HttpRequestException("connection refused")
            : new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);

        Assert.Equal(HttpStatusCode.OK, await api.CallAsync(Orders, synchronous));

        Assert.Equal(["https://127.0.0.1:1/orders Bearer token-1", "https://127.0.0.1:1/orders Bearer token-1"], api.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Retry_after_a_failed_redirect_does_not_send_the_token_to_the_redirect_target(bool synchronous)
    {
        await using var api = new ApiBehindHandlers(() => InlineHandler.CreateRetry(), configure: options => options.BaseAddress = null);
        api.OnCall = request =>
        {
            if (api.Calls.Count > 1)
                return new HttpResponseMessage(HttpStatusCode.OK);

            // SocketsHttpHandler changes the message like this when it follows a redirect.
            request.RequestUri = new Uri("https://elsewhere.example/steal");
            request.Headers.Authorization = null;
            throw new HttpRequestException("connection refused");
        };

        Assert.Equal(HttpStatusCode.OK, await api.CallAsync(Orders, synchronous));

        Assert.Equal([$"{Orders} Bearer token-1", $"{Orders} Bearer token-1"], api.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rejection_of_another_credential_that_a_handler_set_does_not_replace_the_token(bool synchronous)
    {
        await using var api = new ApiBehindHandlers(inside: () => new InlineHandler((request, next) =>
        {
            request.Headers.Authorization = new("Basic", "abc");
            return next(request);
        }));
        api.OnCall = _ => new HttpResponseMessage(HttpStatusCode.Unauthorized);

        Assert.Equal(HttpStatusCode.Unauthorized, await api.CallAsync(Orders, synchronous));

        Assert.Equal([$"{Orders} Basic abc"], api.Calls);
        Assert.Equal(1, api.Service.TokenRequests);
    }

    [Fact]
    public async Task Redirect_inside_a_handler_that_restores_the_address_is_still_a_redirect()
    {
        await using var api = new ApiBehindHandlers(inside: () => new InlineHandler(async (request, next) =>
        {
            var address = request.RequestUri;
            var response = await next(request);
            request.RequestUri = address;
            return response;
        }));
        api.OnCall = request =>
        {
            request.RequestUri = new Uri("https://api.example.com/elsewhere");
            request.Headers.Authorization = null;
            return new HttpResponseMessage(HttpStatusCode.Unauthorized);
        };

        Assert.Equal(HttpStatusCode.Unauthorized, await api.CallAsync(Orders));

        Assert.Single(api.Calls);
        Assert.Equal(1, api.Service.TokenRequests);
    }

    private static InlineHandler AddApiVersion() => new((request, next) =>
    {
        request.RequestUri = new Uri($"{request.RequestUri}?api-version=1");
        return next(request);
    });

    private static InlineHandler RewriteTo(Uri address) => new((request, next) =>
    {
        request.RequestUri = address;
        return next(request);
    });
}
