using System.Net;

namespace CognitoM2M.Emulator.Tests;

public sealed class EmulatorFaultsTests : EmulatorTest
{
    [Fact]
    public async Task Fault_strikes_its_endpoint_alone_until_cleared()
    {
        Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.Status(503));

        Assert.Equal(503, await StatusOf(PostTokenAsync()));
        Assert.Equal(503, await StatusOf(PostTokenAsync()));
        Assert.Equal(200, await StatusOf(GetClientTokenAsync()));
        Assert.Equal(200, await StatusOf(Http.GetAsync(Pool.JwksUri)));

        Cognito.Faults.Clear(EmulatorEndpoint.Token);
        Assert.Equal(200, await StatusOf(PostTokenAsync()));
    }

    [Fact]
    public async Task Every_endpoint_can_fail_and_all_are_cleared_at_once()
    {
        foreach (var endpoint in Enum.GetValues<EmulatorEndpoint>())
            Cognito.Faults.Set(endpoint, EmulatorFault.Status(500 + (int)endpoint));

        Assert.Equal("500 501 502 503", await StatusesAsync());

        Cognito.Faults.Clear();
        Assert.Equal("200 200 200 200", await StatusesAsync());

        async Task<string> StatusesAsync()
        {
            var discovery = new Uri(Cognito.BaseAddress, $"{Pool.Id}/.well-known/openid-configuration");
            Task<int>[] statuses =
            [
                StatusOf(PostTokenAsync()),
                StatusOf(GetClientTokenAsync()),
                StatusOf(Http.GetAsync(Pool.JwksUri)),
                StatusOf(Http.GetAsync(discovery)),
            ];
            return string.Join(' ', await Task.WhenAll(statuses));
        }
    }

    [Fact]
    public async Task Fault_clears_itself_after_its_times()
    {
        Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.Status(503) with { Times = 2 });

        Assert.Equal(503, await StatusOf(PostTokenAsync()));
        Assert.Equal(503, await StatusOf(PostTokenAsync()));
        Assert.Equal(200, await StatusOf(PostTokenAsync()));
    }

    [Fact]
    public async Task Status_alone_has_no_body()
    {
        Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.Status(500));

        using var response = await PostTokenAsync();

        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Html_is_no_JSON()
    {
        Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.Html(403));

        using var response = await PostTokenAsync();

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("<html>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Throttling_may_say_when_to_come_back()
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
    public async Task Errors_have_the_shape_of_their_endpoint()
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
    public async Task Body_alone_is_a_success_that_is_no_token()
    {
        Cognito.Faults.Set(EmulatorEndpoint.Token, new EmulatorFault { Body = "Welcome to the hotel network" });

        using var response = await PostTokenAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("Welcome to the hotel network", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Body_is_left_out_where_HTTP_allows_none()
    {
        Cognito.Faults.Set(EmulatorEndpoint.Token, new EmulatorFault { StatusCode = 204, Body = "text" });

        Assert.Equal(204, await StatusOf(PostTokenAsync()));
    }

    [Fact]
    public async Task Headers_alone_go_with_the_normal_answer()
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["cache-control"] = "max-age=60" };
        Cognito.Faults.Set(EmulatorEndpoint.Jwks, new EmulatorFault { Headers = headers });

        using var response = await Http.GetAsync(Pool.JwksUri);

        Assert.Equal(TimeSpan.FromSeconds(60), response.Headers.CacheControl!.MaxAge);
        Assert.NotNull((await JsonOf(response))["keys"]);
    }

    [Fact]
    public async Task Slow_answer_is_the_normal_one_and_waits_on_the_clock_of_the_emulator()
    {
        Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.Slow(TimeSpan.FromHours(1)));

        var answer = PostTokenAsync();
        await SomebodyWaitsOnTheClockAsync();
        Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.False(answer.IsCompleted);
        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(200, await StatusOf(answer));
    }

    [Fact]
    public async Task Latency_comes_before_any_other_fault()
    {
        Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.Drop() with { Latency = TimeSpan.FromHours(1) });

        var answer = PostTokenAsync();
        await SomebodyWaitsOnTheClockAsync();
        Assert.False(answer.IsCompleted);
        Clock.Advance(TimeSpan.FromHours(1));

        await Assert.ThrowsAsync<HttpRequestException>(() => answer);
    }

    [Fact]
    public async Task Dropped_connection_gives_no_answer_but_is_counted()
    {
        Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.Drop() with { Times = 1 });

        await Assert.ThrowsAsync<HttpRequestException>(() => PostTokenAsync());

        Assert.Equal(1, Cognito.TokenRequests.For(Client.ClientId));
        Assert.Equal(200, await StatusOf(PostTokenAsync()));
    }

    [Fact]
    public async Task Waiting_ends_when_the_client_goes_away()
    {
        Cognito.Faults.Set(EmulatorEndpoint.Jwks, EmulatorFault.Slow(TimeSpan.FromHours(1)));
        using var impatience = new CancellationTokenSource();
        var request = Http.GetAsync(Pool.JwksUri, impatience.Token);
        await SomebodyWaitsOnTheClockAsync();

        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);

        while (Clock.NextTimerIn < TimeSpan.MaxValue)
            await Task.Yield();
    }

    [Fact]
    public void Members_out_of_range_are_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => EmulatorFault.Status(199));
        Assert.ThrowsAny<ArgumentException>(() => EmulatorFault.Status(600));
        Assert.ThrowsAny<ArgumentException>(() => EmulatorFault.Slow(TimeSpan.FromSeconds(-5)));
        Assert.ThrowsAny<ArgumentException>(() => EmulatorFault.Slow(TimeSpan.FromDays(50)));
        Assert.ThrowsAny<ArgumentException>(() => new EmulatorFault { Times = 0 });
        Assert.ThrowsAny<ArgumentException>(() => EmulatorFault.AwsError("Name", "line\nbreak"));
    }

    private static async Task<int> StatusOf(Task<HttpResponseMessage> pending)
    {
        using var response = await pending;
        return (int)response.StatusCode;
    }
}
