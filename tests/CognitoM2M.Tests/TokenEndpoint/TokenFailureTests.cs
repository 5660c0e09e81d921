using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CognitoM2M.Settings;
using CognitoM2M.Shared;
using CognitoM2M.TokenEndpoint;
using CognitoM2M.Tokens;

namespace CognitoM2M.Tests.TokenEndpoint;

/// <summary>What is said of a response without a token, and whether a later request can help.</summary>
public sealed class TokenFailureTests
{
    private const string Where = "acme-m2m.auth.eu-west-1.amazoncognito.com/oauth2/token";

    private static readonly DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Media types that a message may name, and whether Cognito itself sends such a type.</summary>
    public static TheoryData<string, bool> MediaTypes { get; } = new()
    {
        { "text/html", false }, { "text/plain", false }, { "text/xml", false }, { "application/xml", false }, { "application/xhtml+xml", false },
        { "application/octet-stream", false }, { "application/json", true }, { "application/x-amz-json-1.1", true },
    };

    [Theory]
    [MemberData(nameof(MediaTypes))]
    public void Usual_media_type_of_a_response_is_named(string type, bool isJson)
    {
        using var response = CreateResponse(HttpStatusCode.BadGateway, type);

        Assert.Equal(
            $"The response of {Where} is not a token response: it is empty (content type {type}). Check that this is the address of Cognito, and that no proxy responds in its place.",
            Create().NotAToken(response, "it is empty").Hint);
        Assert.Equal(
            $"{Where} returned a server error."
                + (isJson ? "" : $" The response is {type}, and Cognito responds in JSON: a proxy or a load balancer may have responded in its place."),
            Create().Answered(response, null, _now).Hint);
    }

    [Theory]
    [InlineData("text/marker1secret")]
    [InlineData(null)]
    public void Media_type_that_may_be_an_echo_is_not_named(string? type)
    {
        using var response = CreateResponse(HttpStatusCode.BadGateway, type);

        Assert.Contains("it is empty. Check that", Create().NotAToken(response, "it is empty").Hint, StringComparison.Ordinal);
        Assert.Equal($"{Where} returned a server error.", Create().Answered(response, null, _now).Hint);
    }

    [Theory]
    [InlineData("TooManyRequestsException")]
    [InlineData("ThrottlingException")]
    [InlineData("InternalErrorException")]
    [InlineData("InternalServerException")]
    [InlineData("InternalFailure")]
    [InlineData("ServiceUnavailable")]
    [InlineData("RequestTimeoutException")]
    [InlineData("server_error")]
    [InlineData("temporarily_unavailable")]
    public void Error_of_a_busy_server_is_transient_although_the_status_is_400(string error)
    {
        using var response = CreateResponse(HttpStatusCode.BadRequest, "application/json");

        Assert.True(Create().Answered(response, error, _now).IsTransient);
        Assert.False(Create().Answered(response, "invalid_grant", _now).IsTransient);
    }

    [Theory]
    [InlineData("ForbiddenException", "blocked this request")]
    [InlineData("TooManyRequestsException", "throttles token requests")]
    [InlineData("ThrottlingException", "throttles token requests")]
    public void Name_of_an_error_explains_it_whatever_the_status_is(string error, string hint)
    {
        using var response = CreateResponse(HttpStatusCode.BadRequest, "application/json");

        Assert.StartsWith($"{Where} {hint}", Create().Answered(response, error, _now).Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(299, "refused the request")]
    [InlineData(300, "responded with a redirect")]
    [InlineData(399, "responded with a redirect")]
    [InlineData(400, "refused the request")]
    [InlineData(499, "refused the request")]
    [InlineData(500, "returned a server error")]
    public void Status_explains_a_response_without_the_name_of_an_error(int status, string hint)
    {
        using var response = CreateResponse((HttpStatusCode)status, "application/json");

        Assert.StartsWith($"{Where} {hint}", Create().Answered(response, null, _now).Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Requested: every allowed scope.")]
    [InlineData("orders/read orders/write", "Requested: [orders/read orders/write].")]
    public void Hint_names_the_scopes_that_were_requested(string scopes, string hint)
    {
        using var response = CreateResponse(HttpStatusCode.BadRequest, "application/json");

        Assert.StartsWith(hint, Create(scopes).Answered(response, "invalid_scope", _now).Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Hint_for_a_malformed_request_says_what_to_check_first()
    {
        using var response = CreateResponse(HttpStatusCode.BadRequest, "application/json");

        Assert.Equal(
            $"{Where} refused the request as malformed. Check that this is the token endpoint of a user pool, and whether a proxy changes the request.",
            Create().Answered(response, "invalid_request", _now).Hint);
        Assert.Equal(
            $"{Where} refused the request as malformed. Check the client metadata first. Then check whether a proxy changes the request.",
            Create(metadata: """{"tenant":"7"}""").Answered(response, "invalid_request", _now).Hint);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(7)]
    public void Retry_after_counts_if_it_lies_in_the_future(int seconds)
    {
        using var byDate = CreateResponse(HttpStatusCode.ServiceUnavailable, "text/html");
        byDate.Headers.RetryAfter = new RetryConditionHeaderValue(_now.AddSeconds(seconds));

        Assert.Equal(seconds > 0 ? TimeSpan.FromSeconds(seconds) : null, Create().Answered(byDate, null, _now).RetryAfter);
        if (seconds < 0)
            return;

        using var byDelay = CreateResponse(HttpStatusCode.ServiceUnavailable, "text/html");
        byDelay.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds));
        Assert.Equal(seconds > 0 ? TimeSpan.FromSeconds(seconds) : null, Create().Answered(byDelay, null, _now).RetryAfter);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"ClientAuthenticationResult":null}""")]
    [InlineData("""{"ClientAuthenticationResult":"api-token"}""")]
    [InlineData("""{"AccessToken":"api-token","ExpiresIn":300,"TokenType":"Bearer"}""")]
    public void Answer_of_GetClientToken_without_a_result_is_not_a_token_response(string body)
    {
        using var json = JsonDocument.Parse(body);

        var problem = Assert.Throws<InvalidTokenResponseException>(() => GetClientTokenRoute.Instance.ReadToken(json.RootElement));

        Assert.Equal("it has no ClientAuthenticationResult", problem.Message);
    }

    [Fact]
    public void Request_that_got_no_turn_can_be_tried_again_and_the_hint_names_the_limit()
    {
        var failure = Create().NoTurn();

        Assert.Equal((CognitoTokenErrors.QueueTimeout, true), (failure.Error, failure.IsTransient));
        Assert.Equal(
            "The token request was not sent: for 60 s other token requests of this process to acme-m2m.auth.eu-west-1.amazoncognito.com went first. "
                + "MaxTokenRequestsPerSecond limits them, and they are slower while Cognito throttles. Find the code that requests so many tokens. "
                + "Raise the limit if your quota allows more.",
            failure.Hint);
    }

    [Theory]
    [InlineData(2_000, true)]
    [InlineData(2_001, false)]
    public void Pause_of_up_to_two_seconds_that_Cognito_asks_for_is_waited_for(int milliseconds, bool helps) =>
        Assert.Equal(helps, RetryPipelines.CanHelp(new TokenFailure("server_error", "", IsTransient: true) { RetryAfter = TimeSpan.FromMilliseconds(milliseconds) }));

    [Theory]
    [InlineData(CognitoTokenErrors.Timeout, true, true)]
    [InlineData(CognitoTokenErrors.QueueTimeout, true, true)]
    [InlineData("server_error", false, true)]
    [InlineData("server_error", true, false)]
    public void Attempt_is_not_repeated_if_the_callers_have_waited_or_the_request_must_not_be_sent_again(string error, bool isTransient, bool mayRepeat) =>
        Assert.False(RetryPipelines.CanHelp(new TokenFailure(error, "", isTransient) { MayRepeatAtOnce = mayRepeat }));

    private static TokenFailureFactory Create(string scopes = "orders/read", string metadata = "") =>
        new(new AppClientSettings("orders", new() { Domain = "acme-m2m", Region = "eu-west-1", ClientId = "abc123", ClientSecret = "s" }), scopes, metadata);

    private static HttpResponseMessage CreateResponse(HttpStatusCode status, string? type)
    {
        var response = new HttpResponseMessage(status) { Content = new ByteArrayContent([]) };
        response.Content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
        return response;
    }
}
