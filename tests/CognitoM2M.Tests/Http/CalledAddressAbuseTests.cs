using System.Net;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Tests.Http;

/// <summary>A handler outside of the token handler follows what an answer says. The address that the caller used allows nothing there.</summary>
public sealed class CalledAddressAbuseTests
{
    private const string Called = "https://orders-api/orders";
    // Only the host differs, as after service discovery. So only the answer shows that the message goes to another service.
    private const string Elsewhere = "https://elsewhere.example/orders";

    public static TheoryData<string, HttpStatusCode, string, bool> Answers
    {
        get
        {
            (HttpStatusCode Status, string Header)[] answers =
            [
                (HttpStatusCode.Found, "Location"), (HttpStatusCode.TemporaryRedirect, "Location"), (HttpStatusCode.PermanentRedirect, "Location"),
                (HttpStatusCode.MultipleChoices, "Link"), (HttpStatusCode.Found, "X-Next"), (HttpStatusCode.OK, "X-Next"), (HttpStatusCode.Accepted, "Operation-Location"),
                (HttpStatusCode.Created, "Location"), (HttpStatusCode.ServiceUnavailable, "Location"), (HttpStatusCode.NotFound, "Refresh"),
                (HttpStatusCode.BadRequest, "Link"), (HttpStatusCode.Unauthorized, "Location"),
            ];
            var data = new TheoryData<string, HttpStatusCode, string, bool>();
            foreach (var (status, header) in answers)
            {
                data.Add("same message", status, header, false);
                data.Add("copy made afterwards", status, header, false);
                data.Add("copy made before", status, header, false);
            }

            data.Add("same message", HttpStatusCode.Found, "Location", true);
            data.Add("copy made before", HttpStatusCode.Found, "Location", true);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Handler_that_follows_an_answer_takes_no_token_to_another_host(string message, HttpStatusCode status, string header, bool synchronous)
    {
        await using var api = new ApiBehindHandlers(() => Follow(message), configure: options => options.BaseAddress = new Uri("https://orders-api"));
        api.OnCall = request => request.RequestUri!.Host == "orders-api" ? CreateAnswer(status, header) : new HttpResponseMessage(HttpStatusCode.OK);

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => api.CallAsync(Called, synchronous));

        Assert.Equal(CognitoTokenErrors.DestinationNotAllowed, failure.Error);
        Assert.All(api.Calls, call => Assert.StartsWith(Called, call, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("same message", false)]
    [InlineData("same message", true)]
    [InlineData("copy made before", false)]
    [InlineData("copy made before", true)]
    public async Task Handler_that_follows_an_answer_after_a_rejected_token_takes_no_token_to_another_host(string message, bool synchronous)
    {
        await using var api = new ApiBehindHandlers(() => Follow(message), configure: options => options.BaseAddress = new Uri("https://orders-api"));
        api.OnCall = request => request.Headers.Authorization!.Parameter == "token-1" ? new HttpResponseMessage(HttpStatusCode.Unauthorized)
            : CreateAnswer(HttpStatusCode.Found, "Location");

        await Assert.ThrowsAsync<CognitoTokenException>(() => api.CallAsync(Called, synchronous));

        Assert.Equal([$"{Called} Bearer token-1", $"{Called} Bearer token-2"], api.Calls);
    }

    [Theory]
    [InlineData("same message")]
    [InlineData("copy made before")]
    public async Task Handler_that_follows_an_asynchronous_answer_takes_no_token_to_another_host(string message)
    {
        await using var api = new ApiBehindHandlers(() => Follow(message), configure: options => options.BaseAddress = new Uri("https://orders-api"));
        api.AnswersLater = true;
        api.OnCall = _ => CreateAnswer(HttpStatusCode.Found, "Location");

        await Assert.ThrowsAsync<CognitoTokenException>(() => api.CallAsync(Called));

        Assert.Equal([$"{Called} Bearer token-1"], api.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Handler_that_follows_a_redirect_of_a_request_with_a_header_of_the_caller_takes_no_token_to_another_host(bool synchronous)
    {
        await using var api = new ApiBehindHandlers(
            () => Follow("same message", request => request.Headers.Authorization = null), configure: options => options.BaseAddress = new Uri("https://orders-api"));
        api.OnCall = request => request.RequestUri!.Host == "orders-api" ? CreateAnswer(HttpStatusCode.Found, "Location") : new HttpResponseMessage(HttpStatusCode.OK);
        var request = new HttpRequestMessage(HttpMethod.Get, Called);
        request.Headers.Authorization = new("Basic", "abc");

        await Assert.ThrowsAsync<CognitoTokenException>(() => api.CallAsync(request, synchronous));

        Assert.Equal([$"{Called} Basic abc"], api.Calls);
    }

    [Fact]
    public async Task Message_that_the_caller_sends_again_to_another_host_gets_no_token_because_of_its_first_call()
    {
        await using var api = new ApiBehindHandlers(PassOn, configure: options => options.BaseAddress = new Uri("https://orders-api"));
        api.OnCall = _ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        using var invoker = new HttpMessageInvoker(api.Service.Services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("api"));
        using var message = new HttpRequestMessage(HttpMethod.Get, Called);
        using var first = await invoker.SendAsync(message, CancellationToken.None);

        message.RequestUri = new Uri(Elsewhere);
        await Assert.ThrowsAsync<CognitoTokenException>(() => invoker.SendAsync(message, CancellationToken.None));

        Assert.Single(api.Calls);
    }

    [Fact]
    public async Task Client_ignores_the_address_that_another_client_recorded()
    {
        await using var api = new ApiBehindHandlers(PassOn, configure: options => options.BaseAddress = new Uri("https://orders-api"));
        api.OnCall = _ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        var handlers = api.Service.Services.GetRequiredService<IHttpMessageHandlerFactory>();
        using var invoker = new HttpMessageInvoker(handlers.CreateHandler("api"));
        using var message = new HttpRequestMessage(HttpMethod.Get, Called);
        using var first = await invoker.SendAsync(message, CancellationToken.None);

        // The token handler of "orders" has no other handlers around it, so no handler records an address there.
        using var other = new HttpMessageInvoker(handlers.CreateHandler("orders"));
        message.RequestUri = new Uri(Elsewhere);
        await Assert.ThrowsAsync<CognitoTokenException>(() => other.SendAsync(message, CancellationToken.None));

        Assert.Empty(api.Service.ApiCalls);
    }

    [Fact]
    public async Task Handler_that_sends_a_message_of_its_own_takes_no_token_to_another_host()
    {
        await using var api = new ApiBehindHandlers(
            () => new InlineHandler((_, next) => next(new HttpRequestMessage(HttpMethod.Get, Elsewhere))),
            configure: options => options.BaseAddress = new Uri("https://orders-api"));

        await Assert.ThrowsAsync<CognitoTokenException>(() => api.CallAsync(Called));

        Assert.Empty(api.Calls);
    }

    private static InlineHandler PassOn() => new((request, next) => next(request));

    private static InlineHandler Follow(string message, Action<HttpRequestMessage>? change = null) => new(async (request, next) =>
    {
        var copy = Copy(request);
        using var response = await next(request);
        var following = message switch
        {
            "copy made before" => copy,
            "copy made afterwards" => Copy(request),
            _ => request,
        };
        following.RequestUri = new Uri(Elsewhere);
        change?.Invoke(following);
        return await next(following);
    });

    private static HttpRequestMessage Copy(HttpRequestMessage request)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri);
        foreach (var (key, value) in request.Options)
            copy.Options.Set(new HttpRequestOptionsKey<object?>(key), value);
        return copy;
    }

    private static HttpResponseMessage CreateAnswer(HttpStatusCode status, string header)
    {
        var answer = new HttpResponseMessage(status);
        answer.Headers.TryAddWithoutValidation(header, header is "Refresh" ? $"0; url={Elsewhere}" : header is "Link" ? $"<{Elsewhere}>" : Elsewhere);
        return answer;
    }
}
