using System.IdentityModel.Tokens.Jwt;
using Microsoft.IdentityModel.Tokens;

namespace CognitoM2M.Emulator.Tests.Issuance;

public sealed class AccessTokenTests : EmulatorTest
{
    [Fact]
    public async Task Token_has_exactly_the_claims_of_a_Cognito_token()
    {
        var token = await GetAccessTokenAsync();

        Assert.Equal("alg kid", ListMembers(JwtReader.ReadHeader(token)));
        Assert.Equal("RS256", JwtReader.ReadHeader(token)["alg"]!.GetValue<string>());
        var claims = JwtReader.ReadPayload(token);
        Assert.Equal("auth_time client_id exp iat iss jti scope sub token_use version", ListMembers(claims));
        Assert.Equal(Client.ClientId, claims["sub"]!.GetValue<string>());
        Assert.Equal(Client.ClientId, claims["client_id"]!.GetValue<string>());
        Assert.Equal("access", claims["token_use"]!.GetValue<string>());
        Assert.Equal(Pool.Issuer, claims["iss"]!.GetValue<string>());
        Assert.Equal(2, claims["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task Times_in_the_token_come_from_the_time_provider()
    {
        Clock.Advance(TimeSpan.FromDays(3));
        var now = Clock.GetUtcNow().ToUnixTimeSeconds();

        var claims = JwtReader.ReadPayload(await GetAccessTokenAsync());

        Assert.Equal(now, claims["iat"]!.GetValue<long>());
        Assert.Equal(now, claims["auth_time"]!.GetValue<long>());
        Assert.Equal(now + 3600, claims["exp"]!.GetValue<long>());
    }

    [Fact]
    public async Task Every_token_has_its_own_id()
    {
        var (first, second) = (JwtReader.ReadPayload(await GetAccessTokenAsync()), JwtReader.ReadPayload(await GetAccessTokenAsync()));

        Assert.NotEqual(first["jti"]!.GetValue<string>(), second["jti"]!.GetValue<string>(), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Token_verifies_only_with_the_key_set_of_its_own_pool()
    {
        var token = await GetAccessTokenAsync();

        Verify(token, await GetKeySetAsync(Pool));

        var other = await GetKeySetAsync(Cognito.CreateUserPool("other"));
        Assert.Throws<SecurityTokenSignatureKeyNotFoundException>(() => Verify(token, other));
    }

    [Fact]
    public async Task Tampered_token_does_not_verify()
    {
        var (token, other) = ((await GetAccessTokenAsync()).Split('.'), (await GetAccessTokenAsync()).Split('.'));
        var keys = await GetKeySetAsync(Pool);

        Assert.Throws<SecurityTokenInvalidSignatureException>(() => Verify($"{token[0]}.{token[1]}.{other[2]}", keys));
    }

    [Fact]
    public async Task After_rotation_the_new_key_signs_and_the_old_key_stays_published()
    {
        var before = await GetAccessTokenAsync();

        Pool.RotateSigningKey(withdrawOldKeys: false);

        var after = await GetAccessTokenAsync();
        Assert.NotEqual($"{JwtReader.ReadHeader(before)["kid"]}", $"{JwtReader.ReadHeader(after)["kid"]}", StringComparer.Ordinal);
        var keys = await GetKeySetAsync(Pool);
        Verify(before, keys);
        Verify(after, keys);
        Assert.Equal(3, keys.Keys.Count);
    }

    [Fact]
    public async Task Withdrawn_key_leaves_the_key_set()
    {
        var before = await GetAccessTokenAsync();

        Pool.RotateSigningKey(withdrawOldKeys: true);

        var after = await GetAccessTokenAsync();
        var keys = await GetKeySetAsync(Pool);
        Verify(after, keys);
        Assert.Throws<SecurityTokenSignatureKeyNotFoundException>(() => Verify(before, keys));
        Assert.Equal(2, keys.Keys.Count);
    }

    private async Task<JsonWebKeySet> GetKeySetAsync(EmulatedUserPool pool) => new(await Http.GetStringAsync(pool.JwksUri));

    private void Verify(string token, JsonWebKeySet keys) => new JwtSecurityTokenHandler().ValidateToken(
        token,
        new TokenValidationParameters
        {
            ValidIssuer = Pool.Issuer,
            ValidateAudience = false,
            RequireSignedTokens = true,
            IssuerSigningKeys = keys.GetSigningKeys(),
            LifetimeValidator = (_, expires, _, _) => expires > Clock.GetUtcNow().UtcDateTime,
        },
        out _);
}
