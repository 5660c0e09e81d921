using System.Net;
using System.Text;

namespace CognitoM2M.Emulator.Tests.OAuth2;

public sealed class ClientAuthenticationTests : EmulatorTest
{
    private const string Grant = "grant_type=client_credentials";

    [Fact]
    public async Task Secret_is_accepted_in_the_header_and_in_the_body()
    {
        using var basic = await PostFormAsync(Grant, $"{Client.ClientId}:{Client.ClientSecret}");
        using var post = await PostFormAsync($"{Grant}&client_id={Client.ClientId}&client_secret={Client.ClientSecret}");

        Assert.Equal(HttpStatusCode.OK, basic.StatusCode);
        Assert.Equal(HttpStatusCode.OK, post.StatusCode);
    }

    [Theory]
    [InlineData("secret+with+pluses+in+its+value")]
    [InlineData("secret%2Bwith%2Bpluses%2Bin%2Bits%2Bvalue")]
    public async Task Authorization_header_is_accepted_with_and_without_form_encoding(string sentSecret)
    {
        Pool.CreateAppClient("plus", new EmulatedAppClientOptions
        {
            ClientId = "plus_client",
            ClientSecret = "secret+with+pluses+in+its+value",
            AllowedOAuthScopes = ["orders/read"],
        });

        using var response = await PostFormAsync(Grant, $"plus_client:{sentSecret}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Client_id_in_the_body_must_equal_the_client_id_in_the_header()
    {
        var user = $"{Client.ClientId}:{Client.ClientSecret}";

        using var repeated = await PostFormAsync($"{Grant}&client_id={Client.ClientId}", user);
        using var contradicted = await PostFormAsync($"{Grant}&client_id=somebodyelse", user);

        Assert.Equal(HttpStatusCode.OK, repeated.StatusCode);
        await AssertOAuthErrorAsync("invalid_client", contradicted);
    }

    [Fact]
    public async Task Secret_in_the_header_and_in_the_body_gets_invalid_request()
    {
        var user = $"{Client.ClientId}:{Client.ClientSecret}";

        using var response = await PostFormAsync($"{Grant}&client_secret={Client.ClientSecret}", user);

        await AssertOAuthErrorAsync("invalid_request", response);
    }

    [Fact]
    public async Task Missing_or_wrong_credentials_get_invalid_client()
    {
        var (id, secret) = (Client.ClientId, Client.ClientSecret);
        string[] insufficient =
        [
            "",
            $"&client_id={id}",
            $"&client_secret={secret}",
            $"&client_id={id}&client_secret=wrong",
            $"&client_id={id.ToUpperInvariant()}&client_secret={secret}",
        ];

        foreach (var credentials in insufficient)
        {
            using var response = await PostFormAsync(Grant + credentials);
            await AssertOAuthErrorAsync("invalid_client", response);
        }
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic not-base64!")]
    [InlineData("Basic bm9jb2xvbg==")]
    [InlineData("Bearer some-token")]
    public async Task Unreadable_authorization_header_gets_invalid_client(string header)
    {
        using var response = await PostFormAsync(
            $"{Grant}&client_id={Client.ClientId}&client_secret={Client.ClientSecret}",
            change: request => request.Headers.TryAddWithoutValidation("Authorization", header));

        await AssertOAuthErrorAsync("invalid_client", response);
    }

    [Fact]
    public async Task Authentication_scheme_is_not_case_sensitive()
    {
        var credentials = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Client.ClientId}:{Client.ClientSecret}"));

        using var response = await PostFormAsync(
            Grant, change: request => request.Headers.TryAddWithoutValidation("Authorization", $"basic {credentials}"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Both_secrets_are_valid_until_one_is_deleted()
    {
        var (oldSecret, newSecret) = (Client.ClientSecret!, Client.AddSecret());
        foreach (var secret in new[] { oldSecret, newSecret })
        {
            using var valid = await PostFormAsync(Grant, $"{Client.ClientId}:{secret}");
            Assert.Equal(HttpStatusCode.OK, valid.StatusCode);
        }

        Client.DeleteSecret(oldSecret);

        using var stale = await PostFormAsync(Grant, $"{Client.ClientId}:{oldSecret}");
        await AssertOAuthErrorAsync("invalid_client", stale);
        Assert.Equal(newSecret, Client.ClientSecret);
    }

    [Fact]
    public async Task Public_client_gets_no_token()
    {
        var publicClient = Pool.CreateAppClient("public", new EmulatedAppClientOptions
        {
            GenerateSecret = false,
            AllowedOAuthFlows = ["code"],
            AllowedOAuthScopes = ["openid"],
        });

        using var response = await PostFormAsync($"{Grant}&client_id={publicClient.ClientId}");

        await AssertOAuthErrorAsync("invalid_client", response);
    }
}
