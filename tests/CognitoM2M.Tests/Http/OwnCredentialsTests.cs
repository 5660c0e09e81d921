using System.Net;
using System.Net.Http.Headers;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Http;

/// <summary>A request with credentials of the caller's own never gets the token of the client, however often it is sent.</summary>
public sealed class OwnCredentialsTests
{
    private const string Orders = "https://api.example.com/orders";
    private const string Elsewhere = "https://elsewhere.example/orders";

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task Retry_after_a_redirect_carries_neither_the_token_nor_a_mark(bool synchronous, bool throws)
    {
        await using var api = new ApiBehindHandlers(() => InlineHandler.CreateRetry(), configure: options => options.BaseAddress = null);
        api.OnCall = request =>
        {
            if (api.Calls.Count > 1)
                return new HttpResponseMessage(HttpStatusCode.OK);

            // What HttpClient does to the message when it follows a redirect.
            request.RequestUri = new Uri(Elsewhere);
            request.Headers.Authorization = null;
            return throws ? throw new HttpRequestException("connection reset") : new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        };
        using var request = new HttpRequestMessage(HttpMethod.Get, Orders);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", "abc");

        Assert.Equal(HttpStatusCode.OK, await api.CallAsync(request, synchronous));

        Assert.Equal([$"{Orders} Basic abc", $"{Elsewhere} -"], api.Calls);
        Assert.Equal(0, api.Service.TokenRequests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Retry_without_a_redirect_carries_the_credentials_again(bool synchronous)
    {
        await using var api = new ApiBehindHandlers(() => InlineHandler.CreateRetry());
        api.OnCall = _ => new HttpResponseMessage(api.Calls.Count > 1 ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable);
        using var request = new HttpRequestMessage(HttpMethod.Get, Orders);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", "abc");

        Assert.Equal(HttpStatusCode.OK, await api.CallAsync(request, synchronous));

        Assert.Equal([$"{Orders} Basic abc", $"{Orders} Basic abc"], api.Calls);
    }
}
