using System.Net;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Http;

/// <summary>A handler outside of the token handler copies a request that asked for a token of its own, and leaves out the options.</summary>
public sealed class CopiedRequestTests
{
    private const string Orders = "https://api.example.com/orders";

    private readonly TaskCompletionSource _reached = new();
    private readonly TaskCompletionSource _copied = new();
    private string? _copiedHeader;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Copy_that_lost_its_scopes_is_an_error_and_does_not_get_the_usual_token(bool synchronous)
    {
        await using var api = new ApiBehindHandlers(() => InlineHandler.CreateRetry(CopyWithoutOptions));
        api.OnCall = _ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        await api.Service.GetTokenAsync();

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => api.CallAsync(CreateScopedRequest(), synchronous));

        Assert.Equal(CognitoTokenErrors.RequestOptionsLost, failure.Error);
        Assert.False(failure.IsTransient);
        Assert.Contains("Options", failure.Message, StringComparison.Ordinal);
        Assert.Equal([$"{Orders} Bearer token-2"], api.Calls);
    }

    [Fact]
    public async Task Request_that_is_copied_before_the_first_attempt_is_an_error()
    {
        await using var api = new ApiBehindHandlers(() => new InlineHandler((request, next) => next(CopyWithoutOptions(request))));

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => api.CallAsync(CreateScopedRequest()));

        Assert.Equal(CognitoTokenErrors.RequestOptionsLost, failure.Error);
        Assert.Empty(api.Calls);
        Assert.Equal(0, api.Service.TokenRequests);
    }

    [Fact]
    public async Task Copy_can_ask_for_its_scopes_again()
    {
        await using var api = new ApiBehindHandlers(
            () => new InlineHandler((request, next) => next(CopyWithoutOptions(request).WithCognitoScopes("orders/write"))));

        Assert.Equal(HttpStatusCode.OK, await api.CallAsync(CreateScopedRequest()));

        Assert.Equal([$"{Orders} Bearer token-1"], api.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Copy_with_its_options_gets_the_token_for_its_scopes(bool synchronous)
    {
        await using var api = new ApiBehindHandlers(() => InlineHandler.CreateRetry(CopyWithOptions));
        api.OnCall = _ => new HttpResponseMessage(api.Calls.Count == 1 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.OK, await api.CallAsync(CreateScopedRequest(), synchronous));

        Assert.Equal([$"{Orders} Bearer token-1", $"{Orders} Bearer token-1"], api.Calls);
    }

    [Fact]
    public async Task Copy_of_a_request_without_scopes_of_its_own_needs_no_options()
    {
        await using var api = new ApiBehindHandlers(() => InlineHandler.CreateRetry(CopyWithoutOptions));
        api.OnCall = _ => new HttpResponseMessage(api.Calls.Count == 1 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.OK, await api.CallAsync(Orders));

        Assert.Equal([$"{Orders} Bearer token-1", $"{Orders} Bearer token-1"], api.Calls);
    }

    [Fact]
    public async Task Copy_that_is_made_while_the_token_is_on_the_request_stands_for_the_same_scopes()
    {
        await using var api = new ApiBehindHandlers(() => new InlineHandler(SendCopyDuringCallAsync), () => new InlineHandler(WaitForCopyAsync));
        api.Reject("token-1");

        Assert.Equal(HttpStatusCode.OK, await api.CallAsync(CreateScopedRequest()));

        Assert.Equal("Bearer token-1", _copiedHeader);
        Assert.Equal([$"{Orders} Bearer token-1", $"{Orders} Bearer token-2"], api.Calls);
        Assert.Equal("token-2", await api.Service.GetTokenAsync(new CognitoTokenRequest { Scopes = ["orders/write"] }));
    }

    [Fact]
    public async Task Copy_that_carries_a_token_does_not_send_the_token_to_another_host()
    {
        await using var api = new ApiBehindHandlers(
            () => new InlineHandler((request, next) => SendCopyDuringCallAsync(request, copy =>
            {
                if (!ReferenceEquals(copy, request))
                    copy.RequestUri = new Uri("https://elsewhere.example/steal");
                return next(copy);
            })),
            () => new InlineHandler(WaitForCopyAsync));

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => api.CallAsync(CreateScopedRequest()));

        Assert.Equal("Bearer token-1", _copiedHeader);
        Assert.Equal(CognitoTokenErrors.DestinationNotAllowed, failure.Error);
        Assert.Empty(api.Calls);
    }

    private static HttpRequestMessage CreateScopedRequest() => new HttpRequestMessage(HttpMethod.Get, Orders).WithCognitoScopes("orders/write");

    private static HttpRequestMessage CopyWithoutOptions(HttpRequestMessage request)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = request.Content };
        foreach (var (name, values) in request.Headers)
            copy.Headers.TryAddWithoutValidation(name, values);
        return copy;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Token_of_an_override_does_not_leave_on_a_copy_to_an_address_without_encryption(bool synchronous)
    {
        await using var api = new ApiBehindHandlers(inside: () => new InlineHandler((request, next) =>
        {
            var copy = CopyWithoutOptions(request);
            copy.RequestUri = new Uri("http://10.0.0.3/orders");
            return next(copy);
        }));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example.com/orders").WithCognitoScopes("orders/write");

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => api.CallAsync(request, synchronous));

        Assert.Equal(CognitoTokenErrors.DestinationNotAllowed, failure.Error);
        Assert.Empty(api.Calls);
    }

    private static HttpRequestMessage CopyWithOptions(HttpRequestMessage request)
    {
        var copy = CopyWithoutOptions(request);
        foreach (var (key, value) in request.Options)
            copy.Options.Set(new HttpRequestOptionsKey<object?>(key), value);
        return copy;
    }

    /// <summary>Copies the request while its first attempt is under way, cancels that attempt, and sends the copy.</summary>
    private async Task<HttpResponseMessage> SendCopyDuringCallAsync(HttpRequestMessage request, Func<HttpRequestMessage, Task<HttpResponseMessage>> next)
    {
        var first = next(request);
        await _reached.Task;
        var copy = CopyWithoutOptions(request);
        _copiedHeader = copy.Headers.Authorization?.ToString();
        _copied.SetResult();
        await Assert.ThrowsAsync<OperationCanceledException>(() => first);
        return await next(copy);
    }

    private async Task<HttpResponseMessage> WaitForCopyAsync(HttpRequestMessage request, Func<HttpRequestMessage, Task<HttpResponseMessage>> next)
    {
        if (_copied.Task.IsCompleted)
            return await next(request);

        _reached.SetResult();
        await _copied.Task;
        throw new OperationCanceledException();
    }
}
