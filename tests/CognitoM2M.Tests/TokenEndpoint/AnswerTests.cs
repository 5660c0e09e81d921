using System.Buffers.Text;
using System.Net;
using System.Text;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.TokenEndpoint;

/// <summary>How answers of Cognito, and of what may stand in its place, are understood.</summary>
public sealed class AnswerTests
{
    [Theory]
    [InlineData("""{"access_token":"a.b.c","expires_in":3600,"token_type":"Bearer"}""")]
    [InlineData("""{"access_token":"a.b.c","expires_in":3600,"token_type":"bearer","scope":"x","more":[1,{}]}""")]
    [InlineData("""  {"token_type":"BEARER","expires_in":1,"access_token":"a.b.c"}  """)]
    [InlineData("""{"access_token":"a.b.c","expires_in":99999999999,"token_type":"Bearer"}""")]
    public async Task Token_response_is_understood(string body)
    {
        await using var world = Answering(() => World.Json(body));

        Assert.Equal("a.b.c", await world.GetTokenAsync());
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
    public async Task Answer_that_is_no_token_response_is_an_error_that_says_what_is_wrong(string body, string named)
    {
        await using var world = Answering(() => World.Json(body));

        var failure = await world.FailAsync();

        Assert.Equal(CognitoTokenErrors.InvalidResponse, failure.Error);
        Assert.Equal(HttpStatusCode.OK, failure.TokenEndpointStatusCode);
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        Assert.Contains("acme-m2m.auth.eu-west-1.amazoncognito.com/oauth2/token", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, world.TokenRequests);
    }

    [Fact]
    public async Task Token_too_long_for_any_header_is_an_error()
    {
        await using var world = Answering(() => World.TokenAnswer(new string('a', 65 * 1024)));

        Assert.Contains("longer than 64 KiB", (await world.FailAsync()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":"\ud800"}""")]
    [InlineData("""{"error":"marker1secret2"}""")]
    [InlineData("""{"error":"YWJjMTIzOm1hcmtlcg=="}""")]
    [InlineData("""{"error":{"code":1}}""")]
    public async Task Error_that_is_no_error_code_is_not_passed_on(string body)
    {
        await using var world = Answering(() => World.Json(body, HttpStatusCode.BadRequest));

        Assert.Equal(CognitoTokenErrors.HttpError, (await world.FailAsync()).Error);
    }

    [Fact]
    public async Task What_an_answer_that_is_not_http_said_is_not_passed_on()
    {
        await using var world = Answering(
            () => throw new HttpRequestException(HttpRequestError.InvalidResponse, $"invalid header line: {World.Secret}"), options => options.FirstFetchAttempts = 1);

        var failure = await world.FailAsync();

        Assert.Contains("not HTTP", failure.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain(World.Secret, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_of_two_megabytes_is_not_read()
    {
        await using var world = Answering(() => World.Json("{\"access_token\":\"" + new string('a', 2 * 1024 * 1024) + "\",\"expires_in\":3600,\"token_type\":\"Bearer\"}"));

        Assert.Contains("longer than 1 MiB", (await world.FailAsync()).Message, StringComparison.Ordinal);
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
    [InlineData(503, true, "text/html")]
    public async Task Error_without_a_name_is_explained_by_its_status(int status, bool transient, string hint)
    {
        await using var world = Answering(() => World.Status((HttpStatusCode)status), options => options.FirstFetchAttempts = 1);

        var failure = await world.FailAsync();

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
        await using var world = Answering(() => World.Json($$"""{"error":"{{error}}"}""", HttpStatusCode.BadRequest));

        var failure = await world.FailAsync();

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
    public async Task Api_error_is_told_by_its_name_wherever_it_stands(string type, int status, bool transient, string hint)
    {
        foreach (var inHeader in (bool[])[true, false])
        {
            await using var world = Answering(
                () =>
                {
                    var response = World.Json(inHeader ? "{}" : $$"""{"__type":"{{type}}","message":"m"}""", (HttpStatusCode)status);
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

            var failure = await world.FailAsync();

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
    public async Task Request_without_an_answer_says_how_far_it_got(HttpRequestError error, string hint)
    {
        await using var world = Answering(() => throw new HttpRequestException(error, "cause"), options => options.FirstFetchAttempts = 1);

        var failure = await world.FailAsync();

        Assert.Equal(CognitoTokenErrors.RequestFailed, failure.Error);
        Assert.Null(failure.TokenEndpointStatusCode);
        Assert.True(failure.IsTransient);
        Assert.Contains(hint, failure.Hint, StringComparison.Ordinal);
        Assert.IsType<HttpRequestException>(failure.InnerException);
    }

    [Fact]
    public async Task Text_that_a_server_chooses_does_not_get_into_the_message()
    {
        await using var world = Answering(() => World.Json($$"""{"error":"{{World.Secret}}","error_description":"{{World.Secret}}"}""", HttpStatusCode.BadRequest));

        var failure = await world.FailAsync();

        Assert.Equal(CognitoTokenErrors.HttpError, failure.Error);
        Assert.DoesNotContain(World.Secret, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scopes_are_those_that_the_token_grants()
    {
        var payload = Base64Url.EncodeToString(Encoding.UTF8.GetBytes("""{"scope":"orders\/read orders\/audit"}"""));
        await using var granted = Answering(() => World.TokenAnswer($"e30.{payload}.c2ln"));
        await using var opaque = Answering(() => World.TokenAnswer("not-a-jwt"));

        Assert.Equal(["orders/read", "orders/audit"], (await granted.Provider.GetTokenAsync("orders")).Scopes);
        Assert.Equal(["orders/read"], (await opaque.Provider.GetTokenAsync("orders")).Scopes);
    }

    private static World Answering(Func<HttpResponseMessage> answer, Action<CognitoM2MClientOptions>? configure = null) =>
        new(configure) { OnTokenRequest = (_, _) => Task.FromResult(answer()) };
}
