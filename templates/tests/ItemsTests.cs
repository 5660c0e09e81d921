using System.Net;
using CognitoM2M.Testing;
#if (hasApiProject)
using Microsoft.AspNetCore.Mvc.Testing;
#endif
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Company.Api.Tests;

public sealed class ItemsTests(CognitoFixture cognito) : IClassFixture<CognitoFixture>
{
    [Fact]
    public async Task Items_need_the_scope() =>
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (await GetAsync(cognito.Token("orders/read")), await GetAsync(cognito.Token())));

    [Fact]
    public async Task Items_need_a_token() => Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(token: null));

    [Fact]
    public async Task Bad_tokens_are_rejected()
    {
        foreach (var (name, token) in cognito.BadTokens.All("orders/read"))
            Assert.Equal((name, HttpStatusCode.Unauthorized), (name, await GetAsync(token)));
    }

    private async Task<HttpStatusCode> GetAsync(string? token)
    {
        // UseCognito makes the API trust the fixture in place of its user pool.
#if (hasApiProject)
        await using var factory = new WebApplicationFactory<Program>();
        await using var api = factory.WithWebHostBuilder(host => host.ConfigureTestServices(services => services.UseCognito(cognito)));
        using var http = api.CreateClient();
#else
        await using var api = await ExampleApi.StartAsync(services => services.UseCognito(cognito));
        using var http = api.GetTestClient();
#endif
        if (token is not null)
            http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var response = await http.GetAsync(new Uri("items", UriKind.Relative));
        return response.StatusCode;
    }
}
