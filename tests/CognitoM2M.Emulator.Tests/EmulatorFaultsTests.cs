using System.Net;

namespace CognitoM2M.Emulator.Tests;

public sealed class EmulatorFaultsTests : EmulatorTest
{
    [Fact]
    public async Task Fault_affects_only_its_endpoint_until_it_is_cleared()
    {
        Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.Status(503));

        Assert.Equal(503, await GetStatusAsync(PostTokenAsync()));
        Assert.Equal(503, await GetStatusAsync(PostTokenAsync()));
        Assert.Equal(200, await GetStatusAsync(GetClientTokenAsync()));
        Assert.Equal(200, await GetStatusAsync(Http.GetAsync(Pool.JwksUri)));

        Cognito.Faults.Clear(EmulatorEndpoint.Token);
        Assert.Equal(200, await GetStatusAsync(PostTokenAsync()));
    }

    [Fact]
    public async Task Every_endpoint_can_have_a_fault_and_Clear_removes_all()
    {
        foreach (var endpoint in Enum.GetValues<EmulatorEndpoint>())
            Cognito.Faults.Set(endpoint, EmulatorFault.Status(500 + (int)endpoint));

        Assert.Equal("500 501 502 503 504 505 506 507 508 509", await StatusesAsync());

        Cognito.Faults.Clear();
        Assert.Equal("200 200 200 200 200 400 400 400 401 405", await StatusesAsync());

        // In the order of the endpoints. Without parameters, the endpoints for users refuse the request.
        async Task<string> StatusesAsync()
        {
            Task<int>[] statuses =
            [
                GetStatusAsync(PostTokenAsync()),
                GetStatusAsync(GetClientTokenAsync()),
                GetStatusAsync(Http.GetAsync(Pool.JwksUri)),
                GetStatusAsync(Http.GetAsync(new Uri(Cognito.BaseAddress, $"{Pool.Id}/.well-known/openid-configuration"))),
                GetStatusAsync(SendOperationAsync("ListUserPools", """{"MaxResults":1}""")),
                GetStatusAsync(Http.GetAsync(new Uri(Cognito.BaseAddress, "oauth2/authorize"))),
                GetStatusAsync(Http.GetAsync(new Uri(Cognito.BaseAddress, "login"))),
                GetStatusAsync(Http.GetAsync(new Uri(Cognito.BaseAddress, "logout"))),
                GetStatusAsync(Http.GetAsync(new Uri(Cognito.BaseAddress, "oauth2/userInfo"))),
                GetStatusAsync(Http.GetAsync(new Uri(Cognito.BaseAddress, "oauth2/revoke"))),
            ];
            return string.Join(' ', await Task.WhenAll(statuses));
        }
    }

    [Fact]
    public async Task Fault_clears_itself_after_the_given_number_of_requests()
    {
        Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.Status(503) with { Times = 2 });

        Assert.Equal(503, await GetStatusAsync(PostTokenAsync()));
        Assert.Equal(503, await GetStatusAsync(PostTokenAsync()));
        Assert.Equal(200, await GetStatusAsync(PostTokenAsync()));
    }

    [Fact]
    public async Task Fault_with_only_a_status_sends_no_body()
    {
        Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.Status(500));

        using var response = await PostTokenAsync();

        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Html_fault_sends_an_HTML_page()
    {
        Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.Html(403));

        using var response = await PostTokenAsync();

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("<html>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Throttled_sends_Retry_After_only_if_it_is_given()
    {
        Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.Throttled(TimeSpan.FromSeconds(1.5)));
        using var told = await PostTokenAsync();
        Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.Throttled());
        using var untold = await PostTokenAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, told.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(2), told.Headers.RetryAfter!.Delta);
        Assert.Equal(HttpStatusCode.TooManyRequests, untold.StatusCode);
        Assert.Null(untold.Headers.RetryAfter);
    }

    [Fact]
    public async Task OAuth_and_AWS_errors_have_the_form_of_their_endpoint()
    {
        Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.OAuthError("invalid_client"));
        Cognito.Faults.Set(EmulatorEndpoint.GetClientToken, EmulatorFault.AwsError("TooManyRequestsException", "Rate exceeded"));

        using var oauth = await PostTokenAsync();
        using var aws = await GetClientTokenAsync();

        await AssertOAuthErrorAsync("invalid_client", oauth);
        Assert.Equal(HttpStatusCode.BadRequest, aws.StatusCode);
        Assert.Equal("""{"__type":"TooManyRequestsException","message":"Rate exceeded"}""", await aws.Content.ReadAsStringAsync());
        Assert.Equal("TooManyRequestsException:", Assert.Single(aws.Headers.GetValues("x-amzn-ErrorType")));
    }

    [Fact]
    public async Task Fault_with_only_a_body_is_sent_with_status_200()
    {
        Cognito.Faults.Set(EmulatorEndpoint.Token, new EmulatorFault { Body = "Welcome to the hotel network" });

        using var response = await PostTokenAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("Welcome to the hotel network", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Body_is_not_sent_with_a_status_that_allows_none()
    {
        Cognito.Faults.Set(EmulatorEndpoint.Token, new EmulatorFault { StatusCode = 204, Body = "text" });

        Assert.Equal(204, await GetStatusAsync(PostTokenAsync()));
    }

    [Fact]
    public async Task Fault_with_only_headers_adds_them_to_the_normal_response()
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["cache-control"] = "max-age=60" };
        Cognito.Faults.Set(EmulatorEndpoint.Jwks, new EmulatorFault { Headers = headers });

        using var response = await Http.GetAsync(Pool.JwksUri);

        Assert.Equal(TimeSpan.FromSeconds(60), response.Headers.CacheControl!.MaxAge);
        Assert.NotNull((await ReadJsonAsync(response))["keys"]);
    }

    [Fact]
    public async Task Slow_sends_the_normal_response_after_a_delay_on_the_time_provider()
    {
        Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.Slow(TimeSpan.FromHours(1)));

        var answer = PostTokenAsync();
        await WaitForTimerAsync();
        Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.False(answer.IsCompleted);
        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(200, await GetStatusAsync(answer));
    }

    [Fact]
    public async Task Latency_comes_before_the_cut_connection()
    {
        Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.Drop() with { Latency = TimeSpan.FromHours(1) });

        var answer = PostTokenAsync();
        await WaitForTimerAsync();
        Assert.False(answer.IsCompleted);
        Clock.Advance(TimeSpan.FromHours(1));

        await Assert.ThrowsAsync<HttpRequestException>(() => answer);
    }

    [Fact]
    public async Task Drop_sends_no_response_and_the_request_is_counted()
    {
        Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.Drop() with { Times = 1 });

        await Assert.ThrowsAsync<HttpRequestException>(() => PostTokenAsync());

        Assert.Equal(1, Cognito.TokenRequests.Count(Client.ClientId));
        Assert.Equal(200, await GetStatusAsync(PostTokenAsync()));
    }

    [Fact]
    public async Task Delay_ends_when_the_client_disconnects()
    {
        Cognito.Faults.Set(EmulatorEndpoint.Jwks, EmulatorFault.Slow(TimeSpan.FromHours(1)));
        using var cancellation = new CancellationTokenSource();
        var request = Http.GetAsync(Pool.JwksUri, cancellation.Token);
        await WaitForTimerAsync();

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);

        while (Clock.NextTimerIn < TimeSpan.MaxValue)
            await Task.Yield();
    }

    [Fact]
    public void Invalid_property_values_throw()
    {
        Assert.ThrowsAny<ArgumentException>(() => EmulatorFault.Status(199));
        Assert.ThrowsAny<ArgumentException>(() => EmulatorFault.Status(600));
        Assert.ThrowsAny<ArgumentException>(() => EmulatorFault.Slow(TimeSpan.FromSeconds(-5)));
        Assert.ThrowsAny<ArgumentException>(() => EmulatorFault.Slow(TimeSpan.FromDays(50)));
        Assert.ThrowsAny<ArgumentException>(() => new EmulatorFault { Times = 0 });
        Assert.ThrowsAny<ArgumentException>(() => EmulatorFault.AwsError("Name", "line\nbreak"));
    }

    private static async Task<int> GetStatusAsync(Task<HttpResponseMessage> pending)
    {
        using var response = await pending;
        return (int)response.StatusCode;
    }
}
