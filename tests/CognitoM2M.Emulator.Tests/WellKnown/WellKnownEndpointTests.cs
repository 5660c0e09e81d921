using System.Net;
using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.WellKnown;

public sealed class WellKnownEndpointTests : EmulatorTest
{
    [Fact]
    public async Task Key_set_has_a_key_for_access_tokens_and_another_key_for_ID_tokens()
    {
        using var response = await Http.GetAsync(Pool.JwksUri);

        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        var keys = (await ReadJsonAsync(response))["keys"]!.AsArray().Select(key => key!.AsObject()).ToList();
        Assert.Equal(2, keys.Count);
        Assert.All(keys, key =>
        {
            Assert.Equal("alg e kid kty n use", ListMembers(key));
            Assert.Equal("RS256", key["alg"]!.GetValue<string>());
            Assert.Equal("AQAB", key["e"]!.GetValue<string>());
            Assert.Equal("RSA", key["kty"]!.GetValue<string>());
            Assert.Equal("sig", key["use"]!.GetValue<string>());
            Assert.Equal(342, key["n"]!.GetValue<string>().Length);
        });
        var signedWith = JwtReader.ReadHeader(await GetAccessTokenAsync())["kid"]!.GetValue<string>();
        Assert.Single(keys, key => key["kid"]!.GetValue<string>() == signedWith);
    }

    [Fact]
    public async Task Key_set_does_not_change_between_requests()
    {
        Assert.Equal(await Http.GetStringAsync(Pool.JwksUri), await Http.GetStringAsync(Pool.JwksUri));
    }

    [Fact]
    public async Task Discovery_document_names_the_endpoints_of_the_emulator()
    {
        var document = await GetDiscoveryDocumentAsync(Cognito, Pool);

        Assert.Equal($"https://cognito-idp.eu-west-1.amazonaws.com/{Pool.Id}", document["issuer"]!.GetValue<string>());
        Assert.Equal(Pool.JwksUri.AbsoluteUri, document["jwks_uri"]!.GetValue<string>());
        Assert.Equal(Cognito.TokenEndpoint.AbsoluteUri, document["token_endpoint"]!.GetValue<string>());
        Assert.Equal("""["client_secret_basic","client_secret_post"]""", document["token_endpoint_auth_methods_supported"]!.ToJsonString());
    }

    [Theory]
    [InlineData(EmulatedIssuer.Original, "https://cognito-idp.us-gov-west-1.amazonaws.com/{0}")]
    [InlineData(EmulatedIssuer.Updated, "https://issuer-cognito-idp.us-gov-west-1.amazonaws.com/{0}")]
    [InlineData(EmulatedIssuer.Loopback, "{1}{0}")]
    public async Task Issuer_has_the_form_of_the_option(EmulatedIssuer form, string expected)
    {
        await using var cognito = await CognitoEmulator.StartAsync(new CognitoEmulatorOptions { Region = "us-gov-west-1", Issuer = form });
        var pool = cognito.CreateUserPool("shop");

        var document = await GetDiscoveryDocumentAsync(cognito, pool);

        Assert.Equal(string.Format(null, expected, pool.Id, cognito.BaseAddress), pool.Issuer);
        Assert.Equal(pool.Issuer, document["issuer"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("jwks.json")]
    [InlineData("openid-configuration")]
    public async Task Unknown_pool_gets_404_with_a_message(string document)
    {
        using var response = await Http.GetAsync(new Uri(Cognito.BaseAddress, $"eu-west-1_nowhere12/.well-known/{document}"));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("""{"message":"User pool eu-west-1_nowhere12 does not exist."}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Other_methods_than_GET_and_HEAD_are_not_allowed()
    {
        using var response = await Http.PostAsync(Pool.JwksUri, content: null);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal("GET, HEAD", string.Join(", ", response.Content.Headers.Allow));
    }

    private async Task<JsonNode> GetDiscoveryDocumentAsync(CognitoEmulator cognito, EmulatedUserPool pool)
    {
        var address = new Uri(cognito.BaseAddress, $"{pool.Id}/.well-known/openid-configuration");
        return JsonNode.Parse(await Http.GetStringAsync(address))!;
    }
}
