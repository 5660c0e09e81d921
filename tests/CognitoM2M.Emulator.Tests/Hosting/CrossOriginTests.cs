using System.Net;

namespace CognitoM2M.Emulator.Tests.Hosting;

public sealed class CrossOriginTests : EmulatorTest
{
    [Theory]
    [InlineData("oauth2/token", "POST")]
    [InlineData("{0}/.well-known/jwks.json", "GET, HEAD")]
    [InlineData("{0}/.well-known/openid-configuration", "GET, HEAD")]
    public async Task Preflight_is_answered_with_204_and_the_headers_asked_for(string path, string methods)
    {
        Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.Status(503));

        using var response = await AskAsync(string.Format(null, path, Pool.Id), "authorization,x-requested-with");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("*", Read(response, "Access-Control-Allow-Origin"));
        Assert.Equal(methods, Read(response, "Access-Control-Allow-Methods"));
        Assert.Equal("authorization,x-requested-with", Read(response, "Access-Control-Allow-Headers"));
        Assert.Equal(0, Cognito.TokenRequests.Total);
    }

    [Fact]
    public async Task Preflight_without_headers_allows_none()
    {
        using var response = await AskAsync("oauth2/token", headers: null);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Null(Read(response, "Access-Control-Allow-Headers"));
    }

    [Fact]
    public async Task Pages_cannot_use_the_JSON_API()
    {
        using var preflight = await AskAsync("", "x-amz-target");
        using var call = await SendOperationAsync("ListUserPools", """{"MaxResults":1}""");

        Assert.Equal(HttpStatusCode.NotFound, preflight.StatusCode);
        Assert.Null(Read(preflight, "Access-Control-Allow-Origin"));
        Assert.Null(Read(call, "Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("jwks.json")]
    [InlineData("openid-configuration")]
    public async Task Pages_can_read_the_documents_and_caches_can_keep_them(string document)
    {
        using var response = await Http.GetAsync(new Uri(Cognito.BaseAddress, $"{Pool.Id}/.well-known/{document}"));

        Assert.Equal("*", Read(response, "Access-Control-Allow-Origin"));
        Assert.Equal("public, max-age=3600", response.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task Web_pages_can_read_the_404_of_an_unknown_user_pool_and_caches_do_not_keep_it()
    {
        using var response = await Http.GetAsync(new Uri(Cognito.BaseAddress, "eu-west-1_nowhere12/.well-known/jwks.json"));

        Assert.Equal("*", Read(response, "Access-Control-Allow-Origin"));
        Assert.Null(response.Headers.CacheControl);
    }

    private Task<HttpResponseMessage> AskAsync(string path, string? headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, new Uri(Cognito.BaseAddress, path));
        request.Headers.Add("Origin", "https://swagger.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        if (headers is not null)
            request.Headers.Add("Access-Control-Request-Headers", headers);
        return Http.SendAsync(request);
    }

    private static string? Read(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
