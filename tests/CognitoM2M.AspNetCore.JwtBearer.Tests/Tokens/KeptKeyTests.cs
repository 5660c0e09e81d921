using System.Buffers.Text;
using System.Security.Cryptography;
using CognitoM2M.AspNetCore.JwtBearer.Tests.Support;
using CognitoM2M.AspNetCore.JwtBearer.Tokens;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CognitoM2M.AspNetCore.JwtBearer.Tests.Tokens;

/// <summary>The second verification keeps keys in the form that OpenSSL uses. It must use only keys that the verifier holds.</summary>
public sealed class KeptKeyTests
{
    [Fact]
    public async Task Key_that_was_replaced_under_its_id_is_not_used()
    {
        using var key = RSA.Create(2048);
        var replaced = $$"""{"keys":[{"kid":"key-1","alg":"RS256","kty":"RSA","use":"sig","n":"{{Base64Url.EncodeToString(key.ExportParameters(includePrivateParameters: false).Modulus)}}","e":"AQAB"}]}""";
        await using var before = await BearerApi.StartAsync();
        await using var after = await BearerApi.StartAsync(options: options => options.Jwks = replaced);
        var token = new JsonWebToken(Pool.Usual.Token());

        Assert.True((await VerifyAsync(before, token)).IsValid);
        Assert.IsType<SecurityTokenInvalidSignatureException>((await VerifyAsync(after, token)).Exception);
        Assert.True((await VerifyAsync(before, token)).IsValid);
    }

    [Fact]
    public async Task Key_that_was_withdrawn_is_not_used()
    {
        await using var before = await BearerApi.StartAsync();
        await using var after = await BearerApi.StartAsync(options: options => options.Jwks = new Pool(keyId: "key-2").KeySet);
        var token = new JsonWebToken(Pool.Usual.Token());

        Assert.True((await VerifyAsync(before, token)).IsValid);
        Assert.IsType<SecurityTokenSignatureKeyNotFoundException>((await VerifyAsync(after, token)).Exception);
    }

    private static Task<TokenValidationResult> VerifyAsync(Api api, JsonWebToken token) => SecondVerification.VerifyAsync(
        token, SecondVerification.CreateParameters(new TokenValidationParameters(), Pool.Usual.Issuer, new SchemeVerifier(BearerApi.Scheme, api.Services, api.Clock)));
}
