using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CognitoM2M.Emulator.Tests.HostedLogin;

namespace CognitoM2M.Emulator.Tests.OAuth2;

public sealed class UserGrantTests : HostedLoginTest
{
    [Fact]
    public async Task Code_is_exchanged_for_tokens_of_the_user()
    {
        var signedInAt = Clock.GetUtcNow().ToUnixTimeSeconds();
        var code = await GetCodeAsync(("scope", "openid email orders/read"), ("nonce", "n-1"));
        Clock.Advance(TimeSpan.FromSeconds(10));

        using var response = await ExchangeAsync(code);

        var tokens = await ReadJsonAsync(response);
        Assert.Equal("access_token expires_in id_token refresh_token token_type", ListMembers(tokens));
        var access = JwtReader.ReadPayload(tokens["access_token"]!.GetValue<string>());
        Assert.Equal("openid email orders/read", access["scope"]!.GetValue<string>());
        Assert.Equal("ann", access["username"]!.GetValue<string>());
        var id = JwtReader.ReadPayload(tokens["id_token"]!.GetValue<string>());
        Assert.Equal("n-1", id["nonce"]!.GetValue<string>());
        Assert.Equal(Web.ClientId, id["aud"]!.GetValue<string>());
        Assert.Equal(Ann.Sub, id["sub"]!.GetValue<string>());
        Assert.Equal(signedInAt, id["auth_time"]!.GetValue<long>());
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(tokens["access_token"]!.GetValue<string>()));
        Assert.Equal(Base64Url.EncodeToString(hash.AsSpan(0, 16)), id["at_hash"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("openid", "ann@example.com", "annie")]
    [InlineData("openid email", "ann@example.com", null)]
    [InlineData("openid profile", null, "annie")]
    [InlineData("openid profile email", "ann@example.com", "annie")]
    public async Task Scopes_decide_which_attributes_the_ID_token_shows(string scope, string? email, string? nickname)
    {
        var id = JwtReader.ReadPayload((await GetTokensAsync(("scope", scope)))["id_token"]!.GetValue<string>());

        Assert.Equal(email, id["email"]?.GetValue<string>());
        Assert.Equal(nickname, id["nickname"]?.GetValue<string>());
    }

    [Fact]
    public async Task ID_token_needs_openid_and_a_missing_scope_parameter_grants_all_scopes()
    {
        Assert.Equal(
            "access_token expires_in refresh_token token_type", ListMembers(await GetTokensAsync(("scope", "orders/read"))));

        var access = JwtReader.ReadPayload((await GetTokensAsync())["access_token"]!.GetValue<string>());
        Assert.Equal("openid email profile orders/read", access["scope"]!.GetValue<string>());
    }

    [Fact]
    public async Task Code_is_accepted_once()
    {
        var code = await GetCodeAsync();
        using var first = await ExchangeAsync(code);
        Assert.Equal(200, (int)first.StatusCode);

        using var second = await ExchangeAsync(code);

        await AssertOAuthErrorAsync("invalid_grant", second);
    }

    [Fact]
    public async Task Code_is_accepted_for_five_minutes()
    {
        var (early, late) = (await GetCodeAsync(), await GetCodeAsync());
        Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        using var inTime = await ExchangeAsync(early);
        Assert.Equal(200, (int)inTime.StatusCode);
        Clock.Advance(TimeSpan.FromSeconds(1));

        using var response = await ExchangeAsync(late);

        await AssertOAuthErrorAsync("invalid_grant", response);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXX")]
    [InlineData("short")]
    public async Task Verifier_must_fit_the_challenge_and_a_failed_attempt_makes_the_code_invalid(string? verifier)
    {
        var code = await GetCodeAsync();

        using var wrong = await ExchangeAsync(code, verifier);
        await AssertOAuthErrorAsync("invalid_grant", wrong);

        using var right = await ExchangeAsync(code);
        await AssertOAuthErrorAsync("invalid_grant", right);
    }

    [Fact]
    public async Task Request_without_a_challenge_needs_no_verifier_and_accepts_none()
    {
        (string, string?)[] without = [("code_challenge", null), ("code_challenge_method", null)];
        var (first, second) = (await GetCodeAsync(without), await GetCodeAsync(without));

        using var response = await ExchangeAsync(first, verifier: null);
        Assert.Equal(200, (int)response.StatusCode);
        using var withVerifier = await ExchangeAsync(second);
        await AssertOAuthErrorAsync("invalid_grant", withVerifier);
    }

    [Fact]
    public async Task Code_is_bound_to_the_address_and_to_the_client()
    {
        var other = CreateWebClient("other", generateSecret: false);

        using var address = await ExchangeAsync(await GetCodeAsync(), redirectUri: "http://localhost:3000/other");
        await AssertOAuthErrorAsync("invalid_grant", address);
        using var client = await ExchangeAsync(await GetCodeAsync(), clientId: other.ClientId);
        await AssertOAuthErrorAsync("invalid_grant", client);
        using var missing = await PostFormAsync($"grant_type=authorization_code&client_id={Web.ClientId}&code={await GetCodeAsync()}");
        await AssertOAuthErrorAsync("invalid_request", missing);
    }

    [Fact]
    public async Task Client_with_a_secret_must_send_it_and_a_public_client_must_not()
    {
        var confidential = CreateWebClient("confidential", generateSecret: true);
        var form = $"grant_type=authorization_code&redirect_uri={Uri.EscapeDataString(Callback)}&code_verifier={Verifier}&code=";

        using var without = await PostFormAsync($"{form}{await GetCodeAsync(("client_id", confidential.ClientId))}&client_id={confidential.ClientId}");
        await AssertOAuthErrorAsync("invalid_client", without);
        using var with = await PostFormAsync(
            form + await GetCodeAsync(("client_id", confidential.ClientId)), $"{confidential.ClientId}:{confidential.ClientSecret}");
        Assert.Equal(200, (int)with.StatusCode);
        using var needless = await PostFormAsync(form + await GetCodeAsync(), $"{Web.ClientId}:{confidential.ClientSecret}");
        await AssertOAuthErrorAsync("invalid_client", needless);
    }

    [Fact]
    public async Task Refresh_token_keeps_the_scopes_of_the_sign_in()
    {
        var tokens = await GetTokensAsync(("scope", "openid orders/read"), ("nonce", "n-1"));

        using var response = await RefreshAsync(tokens["refresh_token"]!.GetValue<string>());

        var refreshed = await ReadJsonAsync(response);
        Assert.Equal("access_token expires_in id_token token_type", ListMembers(refreshed));
        Assert.Equal("openid orders/read", JwtReader.ReadPayload(refreshed["access_token"]!.GetValue<string>())["scope"]!.GetValue<string>());
        Assert.False(JwtReader.ReadPayload(refreshed["id_token"]!.GetValue<string>()).ContainsKey("nonce"));
    }

    [Fact]
    public async Task Refresh_token_is_replaced_if_the_client_rotates_them()
    {
        await UpdateWebAsync("RefreshTokenRotation", new { Feature = "ENABLED", RetryGracePeriodSeconds = 0 });
        var first = (await GetTokensAsync())["refresh_token"]!.GetValue<string>();

        using var response = await RefreshAsync(first);
        var second = (await ReadJsonAsync(response))["refresh_token"]!.GetValue<string>();

        using var reused = await RefreshAsync(first);
        await AssertOAuthErrorAsync("invalid_grant", reused);
        using var next = await RefreshAsync(second);
        Assert.Equal(200, (int)next.StatusCode);
    }

    [Fact]
    public async Task Revoked_and_made_up_refresh_tokens_are_refused()
    {
        var token = (await GetTokensAsync())["refresh_token"]!.GetValue<string>();

        using var revocation = await RevokeAsync($"client_id={Web.ClientId}&token={token}");
        Assert.Equal(200, (int)revocation.StatusCode);
        Assert.Empty(await revocation.Content.ReadAsStringAsync());

        foreach (var refused in new[] { token, "made-up" })
        {
            using var response = await RefreshAsync(refused);
            await AssertOAuthErrorAsync("invalid_grant", response);
        }

        using var missing = await PostFormAsync($"grant_type=refresh_token&client_id={Web.ClientId}");
        await AssertOAuthErrorAsync("invalid_request", missing);
    }

    [Fact]
    public async Task Revocation_needs_the_client_and_a_refresh_token()
    {
        var tokens = await GetTokensAsync();
        var refreshToken = tokens["refresh_token"]!.GetValue<string>();
        var other = CreateWebClient("other", generateSecret: false);

        await AssertRevocationRefusedAsync("invalid_request", $"client_id={Web.ClientId}");
        await AssertRevocationRefusedAsync("invalid_client", $"client_id=unknown&token={refreshToken}");
        await AssertRevocationRefusedAsync("invalid_client", $"client_id={Client.ClientId}&token={refreshToken}");
        await AssertRevocationRefusedAsync("invalid_grant", $"client_id={other.ClientId}&token={refreshToken}");
        await AssertRevocationRefusedAsync("unsupported_token_type", $"client_id={Web.ClientId}&token={tokens["access_token"]}");
    }

    private Task<HttpResponseMessage> RefreshAsync(string refreshToken) =>
        PostFormAsync($"grant_type=refresh_token&client_id={Web.ClientId}&refresh_token={refreshToken}");

    private Task<HttpResponseMessage> RevokeAsync(string form) =>
        PostFormAsync(form, user: null, request => request.RequestUri = new Uri(Cognito.BaseAddress, "oauth2/revoke"));

    private async Task AssertRevocationRefusedAsync(string error, string form)
    {
        using var response = await RevokeAsync(form);
        await AssertOAuthErrorAsync(error, response);
    }
}
