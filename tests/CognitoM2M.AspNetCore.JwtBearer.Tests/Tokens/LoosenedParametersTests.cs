using CognitoM2M.AspNetCore.JwtBearer.Tests.Support;
using CognitoM2M.AspNetCore.JwtBearer.Tokens;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CognitoM2M.AspNetCore.JwtBearer.Tests.Tokens;

/// <summary>The second verification alone, without our verifier before it: no setting of the application makes it less strict.</summary>
public sealed class LoosenedParametersTests
{
    private const long Start = 1_767_225_600;

    public static TheoryData<string, string> Bad => new()
    {
        { "signature", Pool.Usual.Token()[..^10] + "AAAAAAAAAA" },
        { "algorithm", Pool.Usual.Token(changeHeader: header => header["alg"] = "none") },
        { "unknown key", Pool.Usual.Token(changeHeader: header => header["kid"] = "unknown") },
        { "another issuer", Pool.Usual.Token(change: payload => payload["iss"] = "https://stranger.example") },
        { "no issuer", Pool.Usual.Token(change: payload => payload.Remove("iss")) },
        { "expired", Pool.Usual.Token(change: payload => payload["exp"] = Start) },
        { "without an end", Pool.Usual.Token(change: payload => payload.Remove("exp")) },
        { "not yet valid", Pool.Usual.Token(change: payload => payload["nbf"] = Start + 1) },
    };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public async Task Bad_token_is_rejected_by_the_second_verification_alone(string name, string token)
    {
        await using var api = await BearerApi.StartAsync();

        Assert.True((await VerifyAsync(api, Pool.Usual.Token())).IsValid);
        Assert.False((await VerifyAsync(api, token)).IsValid, name);
    }

    private static Task<TokenValidationResult> VerifyAsync(Api api, string token)
    {
        var loose = new TokenValidationParameters
        {
            ValidateIssuer = false,
            ValidIssuer = "https://stranger.example",
            ValidIssuers = ["https://stranger.example"],
            ValidateAudience = false,
            ValidateLifetime = false,
            RequireSignedTokens = false,
            RequireExpirationTime = false,
            TryAllIssuerSigningKeys = true,
            ClockSkew = TimeSpan.FromDays(365),
            LifetimeValidator = (_, _, _, _) => true,
            IssuerSigningKey = new SymmetricSecurityKey(new byte[32]),
            SignatureValidator = (text, _) => new JsonWebToken(text),
            TokenReader = (text, _) => new JsonWebToken(text),
            TransformBeforeSignatureValidation = (_, _) => new JsonWebToken(Pool.Usual.Token()),
        };
        var parameters = SecondVerification.CreateParameters(loose, Pool.Usual.Issuer, new SchemeVerifier(BearerApi.Scheme, api.Services, api.Clock));
        return SecondVerification.VerifyAsync(new JsonWebToken(token), parameters);
    }
}
