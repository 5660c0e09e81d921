using System.Net;
using CognitoM2M.Emulator;
using CognitoM2M.Testing;
using CognitoM2M.UserSessions.Tests.Support;
using static CognitoM2M.UserSessions.CognitoUserSessionFailure;

namespace CognitoM2M.UserSessions.Tests.Requests;

/// <summary>How requests are sent: once, in turn, with a time limit, and to one address only.</summary>
public sealed class RequestTests : SessionsTest
{
    private const string Tokens = """{"AuthenticationResult":{"AccessToken":"a","TokenType":"Bearer","ExpiresIn":3600}}""";
    private const string CodeTokens = """{"access_token":"a","token_type":"Bearer","expires_in":3600}""";
    private const string OtherCallback = "https://app.example.com/callback";

    private static readonly string _verifier = new('v', 43);

    [Fact]
    public async Task Request_without_an_answer_ends_after_the_time_limit()
    {
        Cognito.Faults.Set("InitiateAuth", EmulatorFault.Hang());
        var signIn = Sessions.SignInAsync("ann", Password);
        while (Clock.NextTimerIn > TimeSpan.FromSeconds(10))
            await Task.Yield();

        Clock.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromMilliseconds(1));
        Assert.False(signIn.IsCompleted);
        Clock.Advance(TimeSpan.FromMilliseconds(1));

        var failure = await AssertFailsAsync(Unavailable, "timeout", () => signIn);
        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task Cancelled_caller_gets_the_cancellation()
    {
        Cognito.Faults.Set("InitiateAuth", EmulatorFault.Hang());
        using var cancellation = new CancellationTokenSource();
        var signIn = Sessions.SignInAsync("ann", Password, cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => signIn);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Sessions.GetUserAsync("token", cancellation.Token));
        Assert.Equal(0, Cognito.JsonApiRequests.Count("GetUser"));
    }

    [Fact]
    public async Task Lost_connection_is_a_transient_failure_with_its_cause()
    {
        // A connection that was used before: handlers may repeat requests on such connections.
        await SignInAsync();
        Cognito.Faults.Set("InitiateAuth", EmulatorFault.LostResponse());

        var failure = await AssertFailsAsync(Unavailable, "request_failed", () => Sessions.SignInAsync("ann", Password));

        Assert.True(failure.IsTransient);
        Assert.IsType<HttpRequestException>(failure.InnerException);
        Assert.Equal(2, Cognito.JsonApiRequests.Count("InitiateAuth"));
    }

    [Fact]
    public async Task Any_exception_of_a_handler_counts_as_a_failed_request()
    {
        using var handler = new StubHandler(_ => throw new InvalidTimeZoneException());
        using var sessions = handler.CreateSessions();

        var failure = await AssertFailsAsync(Unavailable, "request_failed", () => sessions.SignInAsync("ann", "password"));

        Assert.IsType<InvalidTimeZoneException>(failure.InnerException);
    }

    [Theory]
    [InlineData(HttpStatusCode.TemporaryRedirect)]
    [InlineData(HttpStatusCode.PermanentRedirect)]
    public async Task Password_is_not_sent_to_the_target_of_a_redirect(HttpStatusCode status)
    {
        await using var elsewhere = await CognitoEmulator.StartAsync();
        Cognito.Faults.Set("InitiateAuth", EmulatorFault.Status((int)status) with
        {
            Headers = new Dictionary<string, string> { ["Location"] = elsewhere.BaseAddress.AbsoluteUri },
        });
        using var following = new SocketsHttpHandler();

        await AssertFailsAsync(Configuration, "http_error", () => Sessions.SignInAsync("ann", Password));
        await AssertFailsAsync(Configuration, "http_error", () => Create(Web, options => options.HttpMessageHandler = following).SignInAsync("ann", Password));

        Assert.Equal(0, elsewhere.JsonApiRequests.Total);
    }

    [Fact]
    public async Task Answer_of_more_than_one_mebibyte_is_invalid()
    {
        using var handler = new StubHandler(Tokens + new string(' ', 1024 * 1024 - Tokens.Length + 1));
        using var sessions = handler.CreateSessions();
        await AssertFailsAsync(Unavailable, "invalid_response", () => sessions.SignInAsync("ann", "password"));

        using var fitting = new StubHandler(Tokens + new string(' ', 1024 * 1024 - Tokens.Length));
        using var others = fitting.CreateSessions();
        Assert.True((await others.SignInAsync("ann", "password")).IsSignedIn);
    }

    [Fact]
    public async Task Requests_go_to_the_addresses_of_the_region()
    {
        var addresses = new List<string>();
        using var handler = new StubHandler(request =>
        {
            addresses.Add(request.RequestUri!.AbsoluteUri);
            return StubbedResponse.CreateJson(addresses.Count == 1 ? Tokens : CodeTokens);
        });
        using var sessions = handler.CreateSessions();

        await sessions.SignInAsync("ann", "password");
        await sessions.ExchangeCodeAsync("code", OtherCallback, _verifier);

        Assert.Equal(["https://cognito-idp.eu-west-1.amazonaws.com/", "https://acme.auth.eu-west-1.amazoncognito.com/oauth2/token"], addresses);
        Assert.StartsWith("https://acme.auth.eu-west-1.amazoncognito.com/oauth2/authorize?", sessions.CreateAuthorization(new()).Address.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sign_ins_above_the_limit_wait_for_their_turn()
    {
        using var handler = new StubHandler(Tokens);
        using var sessions = handler.CreateSessions(options => options.MaxSignInRequestsPerSecond = 10, Clock);

        // A fifth of the limit is sent at once, and then one request in 100 ms.
        await sessions.SignInAsync("ann", "password");
        await sessions.SignInAsync("ann", "password");
        var third = sessions.SignInAsync("ann", "password");
        Clock.Advance(TimeSpan.FromMilliseconds(99));
        Assert.Equal(2, handler.Bodies.Count);
        // Other operations have quotas of their own.
        await sessions.RevokeAsync("token");
        Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True((await third).IsSignedIn);
    }

    [Fact]
    public async Task Request_that_waited_as_long_as_the_time_limit_is_not_sent()
    {
        using var handler = new StubHandler(Tokens);
        using var sessions = handler.CreateSessions(options => (options.MaxSignInRequestsPerSecond, options.Timeout) = (1, TimeSpan.FromMilliseconds(500)), Clock);

        await sessions.SignInAsync("ann", "password");
        var second = sessions.SignInAsync("ann", "password");
        Clock.Advance(TimeSpan.FromMilliseconds(500));

        var failure = await AssertFailsAsync(Throttled, "queue_timeout", () => second);
        Assert.True(failure.IsTransient);
        Assert.Single(handler.Bodies);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(7, 7)]
    public async Task Throttling_makes_the_next_requests_wait_as_long_as_the_server_asks_or_a_second(int? asked, int pause)
    {
        var answers = 0;
        using var handler = new StubHandler(_ =>
        {
            if (answers++ > 0)
                return StubbedResponse.CreateJson(Tokens);

            var throttled = StubbedResponse.CreateJson("""{"__type":"TooManyRequestsException","message":"Rate exceeded"}""", HttpStatusCode.BadRequest);
            throttled.Headers.RetryAfter = asked is { } seconds ? new(TimeSpan.FromSeconds(seconds)) : null;
            return throttled;
        });
        using var sessions = handler.CreateSessions(clock: Clock);
        await AssertFailsAsync(Throttled, "TooManyRequestsException", () => sessions.SignInAsync("ann", "password"));

        var next = sessions.SignInAsync("ann", "password");
        Clock.Advance(TimeSpan.FromSeconds(pause) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, answers);
        Clock.Advance(TimeSpan.FromMilliseconds(100));

        Assert.True((await next).IsSignedIn);
    }

    [Fact]
    public async Task Client_credentials_go_into_the_header_of_the_code_exchange()
    {
        string? authorization = null;
        using var handler = new StubHandler(request =>
        {
            authorization = request.Headers.Authorization?.ToString();
            return StubbedResponse.CreateJson(CodeTokens);
        });
        using var sessions = handler.CreateSessions(options => options.ClientSecret = "secret");

        await sessions.ExchangeCodeAsync("c", OtherCallback, _verifier);

        Assert.Equal("Basic MWV4YW1wbGUyMzQ1Njc4OWFiY2RlZmdoaWo6c2VjcmV0", authorization);
        Assert.DoesNotContain("secret", Assert.Single(handler.Bodies), StringComparison.Ordinal);
    }
}
