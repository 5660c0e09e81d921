using System.Net;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.TokenEndpoint;

/// <summary>How errors of Cognito, and of proxies in front of Cognito, are read and explained.</summary>
public sealed class ErrorResponseTests
{
    [Fact]
    public async Task Time_out_of_the_http_client_is_explained()
    {
        await using var service = CreateService(() => throw new TaskCanceledException("The HttpClient gave up."), options => options.FirstFetchAttempts = 1);

        var failure = await service.FailToGetTokenAsync();

        Assert.Equal((CognitoTokenErrors.Timeout, true), (failure.Error, failure.IsTransient));
        Assert.EndsWith("did not answer within the time-out of the HttpClient that sent the request.", failure.Hint, StringComparison.Ordinal);
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

    [Fact]
    public async Task Refusal_at_an_address_without_a_path_names_the_path_of_a_token_endpoint()
    {
        await using var service = CreateService(
            () => StubbedResponse.CreateStatus(HttpStatusCode.BadRequest),
            options => (options.Domain, options.TokenEndpoint) = (null, new Uri("https://auth.example.com")));

        Assert.EndsWith("ends in /oauth2/token.", (await service.FailToGetTokenAsync()).Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9595/oauth2/token", true)]
    [InlineData("http://localhost:9595/oauth2/token", true)]
    [InlineData("http://[::1]:9595/oauth2/token", true)]
    [InlineData("https://auth.example.com/oauth2/token", false)]
    public async Task Refused_connection_to_this_machine_is_explained_by_the_emulator(string endpoint, bool isThisMachine)
    {
        await using var service = CreateService(
            () => throw new HttpRequestException(HttpRequestError.ConnectionError, "cause"),
            options =>
            {
                options.Domain = null;
                options.TokenEndpoint = new Uri(endpoint);
                options.FirstFetchAttempts = 1;
            });

        var failure = await service.FailToGetTokenAsync();

        Assert.Contains("No connection to ", failure.Hint, StringComparison.Ordinal);
        Assert.Equal(isThisMachine, failure.Hint.Contains("Check that the emulator is running here", StringComparison.Ordinal));
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
