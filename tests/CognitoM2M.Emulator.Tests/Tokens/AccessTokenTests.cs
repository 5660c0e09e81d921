using System.IdentityModel.Tokens.Jwt;
using Microsoft.IdentityModel.Tokens;

namespace CognitoM2M.Emulator.Tests.Tokens;

public sealed class AccessTokenTests : EmulatorTest
{
    [Fact]
    public async Task Claims_are_those_of_Cognito_and_no_others()
    {
        var token = await AccessTokenAsync();

        Assert.Equal("alg kid", MembersOf(Jwt.Header(token)));
        Assert.Equal("RS256", Jwt.Header(token)["alg"]!.GetValue<string>());
        var claims = Jwt.Payload(token);
        Assert.Equal("auth_time client_id exp iat iss jti scope sub token_use version", MembersOf(claims));
        Assert.Equal(Client.ClientId, claims["sub"]!.GetValue<string>());
        Assert.Equal(Client.ClientId, claims["client_id"]!.GetValue<string>());
        Assert.Equal("access", claims["token_use"]!.GetValue<string>());
        Assert.Equal(Pool.Issuer, claims["iss"]!.GetValue<string>());
        Assert.Equal(2, claims["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task Times_come_from_the_clock_of_the_emulator()
    {
        Clock.Advance(TimeSpan.FromDays(3));
        var now = Clock.GetUtcNow().ToUnixTimeSeconds();

        var claims = Jwt.Payload(await AccessTokenAsync());

        Assert.Equal(now, claims["iat"]!.GetValue<long>());
        Assert.Equal(now, claims["auth_time"]!.GetValue<long>());
        Assert.Equal(now + 3600, claims["exp"]!.GetValue<long>());
    }

    [Fact]
    public async Task Every_token_has_its_own_id()
    {
        var (first, second) = (Jwt.Payload(await AccessTokenAsync()), Jwt.Payload(await AccessTokenAsync()));

        Assert.NotEqual(first["jti"]!.GetValue<string>(), second["jti"]!.GetValue<string>(), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Token_verifies_with_the_key_set_of_its_pool_alone()
    {
        var token = await AccessTokenAsync();

        Verify(token, await KeySetAsync(Pool));

        var other = await KeySetAsync(Cognito.CreateUserPool("other"));
        Assert.Throws<SecurityTokenSignatureKeyNotFoundException>(() => Verify(token, other));
    }

    [Fact]
    public async Task Tampered_token_does_not_verify()
    {
        var (token, other) = ((await AccessTokenAsync()).Split('.'), (await AccessTokenAsync()).Split('.'));
        var keys = await KeySetAsync(Pool);

        Assert.Throws<SecurityTokenInvalidSignatureException>(() => Verify($"{token[0]}.{token[1]}.{other[2]}", keys));
    }

    [Fact]
    public async Task Rotated_key_signs_from_now_on_and_the_old_one_stays_published()
    {
        var before = await AccessTokenAsync();

        Pool.RotateSigningKey(withdrawOldKeys: false);

        var after = await AccessTokenAsync();
        Assert.NotEqual($"{Jwt.Header(before)["kid"]}", $"{Jwt.Header(after)["kid"]}", StringComparer.Ordinal);
        var keys = await KeySetAsync(Pool);
        Verify(before, keys);
        Verify(after, keys);
        Assert.Equal(3, keys.Keys.Count);
    }

    [Fact]
    public async Task Withdrawn_key_leaves_the_key_set()
    {
        var before = await AccessTokenAsync();

        Pool.RotateSigningKey(withdrawOldKeys: true);

        var after = await AccessTokenAsync();
        var keys = await KeySetAsync(Pool);
        Verify(after, keys);
        Assert.Throws<SecurityTokenSignatureKeyNotFoundException>(() => Verify(before, keys));
        Assert.Equal(2, keys.Keys.Count);
    }

    private async Task<JsonWebKeySet> KeySetAsync(EmulatedUserPool pool) => new(await Http.GetStringAsync(pool.JwksUri));

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
