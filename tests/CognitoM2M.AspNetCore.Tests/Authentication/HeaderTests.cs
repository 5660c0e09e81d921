using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.AspNetCore.Tests.Authentication;

/// <summary>The ways in which callers write the header Authorization.</summary>
public sealed class HeaderTests
{
    private const string NoToken = "Bearer realm=\"CognitoM2M\", scope=\"orders/read\"";

    [Theory]
    [InlineData("Bearer {0}")]
    [InlineData("bearer {0}")]
    [InlineData("BEARER {0}")]
    [InlineData("Bearer    {0}")]
    [InlineData("Bearer {0}  ")]
    public async Task Token_in_the_header_is_found(string header)
    {
        await using var api = await StartAsync();

        var response = await SendAsync(api, header);

        Assert.Equal(200, response.StatusCode);
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer    ")]
    [InlineData("Basic b3JkZXJzOnNlY3JldA==")]
    [InlineData("{0}")]
    [InlineData("BearerX {0}")]
    [InlineData("Bearer\t{0}")]
    [InlineData("Bearer={0}")]
    [InlineData("Basic x, Bearer {0}")]
    [InlineData("")]
    public async Task Header_without_a_bearer_token_counts_as_no_token(string header)
    {
        await using var api = await StartAsync();

        var response = await SendAsync(api, header);

        Assert.Equal(401, response.StatusCode);
        Assert.Equal(NoToken, response.Headers.WWWAuthenticate);
    }

    [Theory]
    [InlineData("Bearer {0}", "Bearer {0}")]
    [InlineData("Basic x", "Bearer {0}")]
    [InlineData("Bearer {0}", "Basic x")]
    [InlineData("bearer {0}", "bearer other")]
    public async Task Several_headers_with_a_token_in_one_of_them_are_a_bad_request(string first, string second)
    {
        await using var api = await StartAsync();

        var response = await SendAsync(api, first, second);

        Assert.Equal(400, response.StatusCode);
        Assert.Equal(
            "Bearer realm=\"CognitoM2M\", error=\"invalid_request\", error_description=\"The request has several Authorization headers.\"",
            response.Headers.WWWAuthenticate);
    }

    [Fact]
    public async Task Several_headers_without_a_token_count_as_no_token()
    {
        await using var api = await StartAsync();

        var response = await SendAsync(api, "Basic x", "Digest y");

        Assert.Equal(401, response.StatusCode);
        Assert.Equal(NoToken, response.Headers.WWWAuthenticate);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000)]
    [InlineData(20_000)]
    [InlineData(2_000_000)]
    public async Task Random_header_is_rejected_without_an_exception(int length)
    {
        await using var api = await StartAsync();
        var letters = "aZ9-_.. =,\"\\\t\u00e9\ud83d\u0001".ToCharArray();
        var random = new Random(length);

        for (var i = 0; i < (length > 100_000 ? 1 : 50); i++)
        {
            var response = await SendAsync(api, $"Bearer {new string(random.GetItems(letters, length))}");

            Assert.Equal(401, response.StatusCode);
        }
    }

    // The request is not sent with an HttpClient, which would normalize the headers.
    private static async Task<HttpResponse> SendAsync(Api api, params string[] authorization) => (await api.Server.SendAsync(context =>
    {
        context.Request.Path = "/orders";
        context.Request.Headers.Authorization = authorization.Select(value => value.Replace("{0}", Pool.Usual.Token(), StringComparison.Ordinal)).ToArray();
    })).Response;

    private static Task<Api> StartAsync() =>
        Api.StartAsync(app => app.MapGet("/orders", () => "orders").RequireCognitoScope("orders/read"));
}
