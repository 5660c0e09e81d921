using System.Net;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.TokenEndpoint;

/// <summary>How responses of Cognito, and of proxies in front of Cognito, are read.</summary>
public sealed class TokenResponseTests
{
    [Theory]
    [InlineData("""{"access_token":"a.b.c","expires_in":3600,"token_type":"Bearer"}""")]
    [InlineData("""{"access_token":"a.b.c","expires_in":3600,"token_type":"bearer","scope":"x","more":[1,{}]}""")]
    [InlineData("""  {"token_type":"BEARER","expires_in":1,"access_token":"a.b.c"}  """)]
    [InlineData("""{"access_token":"a.b.c","expires_in":99999999999,"token_type":"Bearer"}""")]
    public async Task Valid_token_response_gives_the_token(string body)
    {
        await using var service = CreateService(() => StubbedResponse.CreateJson(body));

        Assert.Equal("a.b.c", await service.GetTokenAsync());
    }

    [Theory]
    [InlineData("""<html>sign in</html>""", "not JSON")]
    [InlineData("", "not JSON")]
    [InlineData("""{"access_token":"a","expires_in":3600,""", "not JSON")]
    [InlineData("""{"access_token":"a","access_token":"b","expires_in":3600,"token_type":"Bearer"}""", "not JSON")]
    [InlineData("""["a"]""", "not an object")]
    [InlineData("null", "not an object")]
    [InlineData("""{"expires_in":3600,"token_type":"Bearer"}""", "no access_token")]
    [InlineData("""{"access_token":null,"expires_in":3600,"token_type":"Bearer"}""", "access_token is not a string")]
    [InlineData("""{"access_token":"","expires_in":3600,"token_type":"Bearer"}""", "access_token cannot be sent in a header")]
    [InlineData("""{"access_token":"a\r\nX-Evil: 1","expires_in":3600,"token_type":"Bearer"}""", "access_token cannot be sent in a header")]
    [InlineData("""{"access_token":"\ud800","expires_in":3600,"token_type":"Bearer"}""", "not JSON")]
    [InlineData("""{"\ud800":1,"access_token":"a","expires_in":0,"token_type":"Bearer"}""", "not")]
    [InlineData("""{"access_token":"a","token_type":"Bearer"}""", "no expires_in")]
    [InlineData("""{"access_token":"a","expires_in":0,"token_type":"Bearer"}""", "expires_in is not a positive whole number")]
    [InlineData("""{"access_token":"a","expires_in":-5,"token_type":"Bearer"}""", "expires_in is not a positive whole number")]
    [InlineData("""{"access_token":"a","expires_in":"3600","token_type":"Bearer"}""", "expires_in is not a positive whole number")]
    [InlineData("""{"access_token":"a","expires_in":0.5,"token_type":"Bearer"}""", "expires_in is not a positive whole number")]
    [InlineData("""{"access_token":"a","expires_in":1e99,"token_type":"Bearer"}""", "expires_in is not a positive whole number")]
    [InlineData("""{"access_token":"a","expires_in":3600}""", "no token_type")]
    [InlineData("""{"access_token":"a","expires_in":3600,"token_type":"mac"}""", "token_type is not Bearer")]
    public async Task Invalid_token_response_fails_with_a_message_that_says_what_is_wrong(string body, string named)
    {
        await using var service = CreateService(() => StubbedResponse.CreateJson(body));

        var failure = await service.FailToGetTokenAsync();

        Assert.Equal(CognitoTokenErrors.InvalidResponse, failure.Error);
        Assert.Equal(HttpStatusCode.OK, failure.TokenEndpointStatusCode);
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        Assert.Contains("acme-m2m.auth.eu-west-1.amazoncognito.com/oauth2/token", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, service.TokenRequests);
    }

    [Fact]
    public async Task Time_out_of_the_http_client_is_explained()
    {
        await using var service = CreateService(() => throw new TaskCanceledException("The HttpClient gave up."), options => options.FirstFetchAttempts = 1);

        var failure = await service.FailToGetTokenAsync();

        Assert.Equal((CognitoTokenErrors.Timeout, true), (failure.Error, failure.IsTransient));
        Assert.EndsWith("did not answer within the time-out of its HttpClient.", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Second_attempt_waits_for_the_pause_by_the_clock_of_the_provider()
    {
        await using var service = new StubbedService(options => options.FirstFetchAttempts = 2);
        service.OnTokenRequest = (n, _) => Task.FromResult(n == 1 ? StubbedResponse.CreateStatus(HttpStatusCode.ServiceUnavailable) : StubbedResponse.CreateToken($"token-{n}"));

        var call = service.GetTokenAsync();
        while (service.Clock.NextTimerIn > StubbedService.PauseBetweenAttempts)
            await Task.Yield();

        Assert.Equal(1, service.TokenRequests);
        Assert.Equal("token-2", await service.Clock.RunAsync(call, skip: StubbedService.PauseBetweenAttempts));
    }

    [Fact]
    public async Task Token_longer_than_64_KiB_is_refused()
    {
        await using var service = CreateService(() => StubbedResponse.CreateToken(new string('a', 65 * 1024)));

        Assert.Contains("longer than 64 KiB", (await service.FailToGetTokenAsync()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":"\ud800"}""")]
    [InlineData("""{"error":"marker1secret2"}""")]
    [InlineData("""{"error":"YWJjMTIzOm1hcmtlcg=="}""")]
    [InlineData("""{"error":{"code":1}}""")]
    public async Task Text_that_is_not_an_error_code_does_not_become_the_error(string body)
    {
        await using var service = CreateService(() => StubbedResponse.CreateJson(body, HttpStatusCode.BadRequest));

        Assert.Equal(CognitoTokenErrors.HttpError, (await service.FailToGetTokenAsync()).Error);
    }

    [Fact]
    public async Task Content_of_a_response_that_is_not_http_is_not_shown()
    {
        await using var service = CreateService(
            () => throw new HttpRequestException(HttpRequestError.InvalidResponse, $"invalid header line: {StubbedService.Secret}"), options => options.FirstFetchAttempts = 1);

        var failure = await service.FailToGetTokenAsync();

        Assert.Contains("not HTTP", failure.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain(StubbedService.Secret, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Response_longer_than_1_MiB_is_refused()
    {
        await using var service = CreateService(() => StubbedResponse.CreateJson("{\"access_token\":\"" + new string('a', 2 * 1024 * 1024) + "\",\"expires_in\":3600,\"token_type\":\"Bearer\"}"));

        Assert.Contains("longer than 1 MiB", (await service.FailToGetTokenAsync()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301, false, "redirect")]
    [InlineData(302, false, "redirect")]
    [InlineData(403, false, "WAF")]
    [InlineData(404, false, "does not exist")]
    [InlineData(405, false, "/oauth2/token")]
    [InlineData(418, false, "refused")]
    [InlineData(408, true, "refused")]
    [InlineData(429, true, "throttles")]
    [InlineData(500, true, "returned a server error")]
    [InlineData(503, true, "The response is text/html, and Cognito responds in JSON: a proxy or a load balancer may have responded in its place.")]
    public async Task Response_without_an_error_code_is_explained_by_its_status(int status, bool transient, string hint)
    {
        await using var service = CreateService(() => StubbedResponse.CreateStatus((HttpStatusCode)status), options => options.FirstFetchAttempts = 1);

        var failure = await service.FailToGetTokenAsync();

        Assert.Equal(CognitoTokenErrors.HttpError, failure.Error);
        Assert.Equal(status, (int)failure.TokenEndpointStatusCode!.Value);
        Assert.Equal(transient, failure.IsTransient);
        Assert.Contains(hint, failure.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("invalid_grant", "AllowedOAuthFlowsUserPoolClient")]
    [InlineData("invalid_scope", "orders/read")]
    [InlineData("invalid_client", "'abc123'")]
    [InlineData("invalid_client", "acme-m2m.auth.eu-west-1.amazoncognito.com")]
    [InlineData("unauthorized_client", "AllowedOAuthFlows")]
    [InlineData("unsupported_grant_type", "token endpoint")]
    [InlineData("invalid_request", "malformed")]
    [InlineData("something_new", "refused")]
    public async Task OAuth_error_keeps_its_code_and_gets_a_hint(string error, string hint)
    {
        await using var service = CreateService(() => StubbedResponse.CreateJson($$"""{"error":"{{error}}"}""", HttpStatusCode.BadRequest));

        var failure = await service.FailToGetTokenAsync();

        Assert.Equal(error, failure.Error);
        Assert.Equal("orders", failure.ClientName);
        Assert.Contains(hint, failure.Hint, StringComparison.Ordinal);
        Assert.Contains(failure.Hint, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NotAuthorizedException", 400, false, "'abc123'")]
    [InlineData("NotAuthorizedException:", 400, false, "'abc123'")]
    [InlineData("com.amazonaws.cognito#NotAuthorizedException:http://x/", 403, false, "'abc123'")]
    [InlineData("InvalidParameterException", 400, false, "ALLOW_CLIENT_TOKEN_AUTH")]
    [InlineData("ResourceNotFoundException", 404, false, "region")]
    [InlineData("TooManyRequestsException", 400, true, "throttles")]
    [InlineData("InternalErrorException", 500, true, "returned a server error")]
    [InlineData("ForbiddenException", 403, false, "WAF")]
    [InlineData("OperationNotEnabledException", 400, false, "replica")]
    [InlineData("UnknownOperationException", 400, false, "GetClientToken")]
    public async Task Api_error_name_is_read_from_the_header_or_the_body(string type, int status, bool transient, string hint)
    {
        foreach (var inHeader in (bool[])[true, false])
        {
            await using var service = CreateService(
                () =>
                {
                    var response = StubbedResponse.CreateJson(inHeader ? "{}" : $$"""{"__type":"{{type}}","message":"m"}""", (HttpStatusCode)status);
                    if (inHeader)
                        response.Headers.TryAddWithoutValidation("x-amzn-ErrorType", type);
                    return response;
                },
                options =>
                {
                    options.Domain = null;
                    options.Route = CognitoTokenRoute.GetClientToken;
                    options.FirstFetchAttempts = 1;
                });

            var failure = await service.FailToGetTokenAsync();

            Assert.Equal(type.Split(':')[0].Split('#')[^1], failure.Error);
            Assert.Equal(transient, failure.IsTransient);
            Assert.Contains(hint, failure.Hint, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, "does not resolve")]
    [InlineData(HttpRequestError.ConnectionError, "No connection")]
    [InlineData(HttpRequestError.SecureConnectionError, "TLS")]
    [InlineData(HttpRequestError.Unknown, "without a response")]
    public async Task Request_without_a_response_is_explained_by_its_connection_error(HttpRequestError error, string hint)
    {
        await using var service = CreateService(() => throw new HttpRequestException(error, "cause"), options => options.FirstFetchAttempts = 1);

        var failure = await service.FailToGetTokenAsync();

        Assert.Equal(CognitoTokenErrors.RequestFailed, failure.Error);
        Assert.Null(failure.TokenEndpointStatusCode);
        Assert.True(failure.IsTransient);
        Assert.Contains(hint, failure.Hint, StringComparison.Ordinal);
        Assert.IsType<HttpRequestException>(failure.GetBaseException());
        // For gRPC, which otherwise reports an internal error.
        Assert.IsType<IOException>(failure.InnerException);
    }

    [Fact]
    public async Task Text_that_the_server_chose_does_not_appear_in_the_exception()
    {
        await using var service = CreateService(() => StubbedResponse.CreateJson($$"""{"error":"{{StubbedService.Secret}}","error_description":"{{StubbedService.Secret}}"}""", HttpStatusCode.BadRequest));

        var failure = await service.FailToGetTokenAsync();

        Assert.Equal(CognitoTokenErrors.HttpError, failure.Error);
        Assert.DoesNotContain(StubbedService.Secret, failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(long.MaxValue)]
    [InlineData(86_401)]
    public async Task Lifetime_of_more_than_a_day_ends_after_a_day(long expiresIn)
    {
        await using var service = CreateService(() => StubbedResponse.CreateToken("token", expiresIn));

        var token = await service.Provider.GetTokenAsync("orders");

        Assert.Equal(service.Clock.GetUtcNow() + TimeSpan.FromDays(1), token.ExpiresAt);
        service.Clock.Advance(TimeSpan.FromDays(1));
        Assert.NotSame(token, await service.Provider.GetTokenAsync("orders"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Hint_for_a_malformed_request_names_client_metadata_only_if_there_is_any(bool hasMetadata)
    {
        await using var service = new StubbedService(options =>
        {
            if (hasMetadata)
                options.ClientMetadata["tenant"] = "7";
        });
        service.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateJson("""{"error":"invalid_request"}""", HttpStatusCode.BadRequest));

        var failure = await service.FailToGetTokenAsync();

        Assert.Equal(hasMetadata, failure.Hint.Contains("metadata", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("whether a proxy changes the request", failure.Hint, StringComparison.Ordinal);
    }

    private static StubbedService CreateService(Func<HttpResponseMessage> answer, Action<CognitoM2MClientOptions>? configure = null) =>
        new(configure) { OnTokenRequest = (_, _) => Task.FromResult(answer()) };
}
