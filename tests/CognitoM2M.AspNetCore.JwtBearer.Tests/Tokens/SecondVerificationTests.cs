using System.Net;
using CognitoM2M.AspNetCore.JwtBearer.Tests.Support;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CognitoM2M.AspNetCore.JwtBearer.Tests.Tokens;

/// <summary>The verification by JsonWebTokenHandler, after our verifier has accepted a token.</summary>
public sealed class SecondVerificationTests
{
    private readonly CountedParameters _parameters = new();

    /// <summary>Each of these delegates takes part in a verification, and rejects every token.</summary>
    public static TheoryData<string> Delegates { get; } =
    [
        nameof(TokenValidationParameters.LifetimeValidator), nameof(TokenValidationParameters.AudienceValidator), nameof(TokenValidationParameters.IssuerValidator),
        nameof(TokenValidationParameters.IssuerValidatorUsingConfiguration), nameof(TokenValidationParameters.IssuerSigningKeyValidator),
        nameof(TokenValidationParameters.AlgorithmValidator), nameof(TokenValidationParameters.TypeValidator), nameof(TokenValidationParameters.TokenReplayValidator),
    ];

    [Fact]
    public async Task Token_is_verified_twice_at_its_first_use_only()
    {
        await using var api = await BearerApi.StartAsync(bearer => bearer.TokenValidationParameters = _parameters);
        var (one, other) = (TokenFor("orders-api"), TokenFor("orders-api", "e5d9f1f1"));

        foreach (var token in (string[])[one, one, other, one, other])
        {
            using var response = await api.GetAsync("/", token);
            response.Is(HttpStatusCode.OK);
        }

        Assert.Equal(2, _parameters.Verifications);
    }

    [Fact]
    public async Task Token_that_only_our_verifier_accepts_is_rejected_at_every_use()
    {
        await using var api = await BearerApi.StartAsync(bearer => bearer.TokenValidationParameters = _parameters);
        var token = TokenFor("other-api");

        using var first = await api.GetAsync("/any", token);
        using var second = await api.GetAsync("/any", token);

        Assert.All([first, second], response =>
        {
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.StartsWith("Bearer error=\"invalid_token\", error_description=\"The audience ", Assert.Single(response.Challenges()), StringComparison.Ordinal);
        });
        Assert.Equal(2, _parameters.Verifications);
        Assert.Contains(api.Log.Lines, line => line.StartsWith("Information 1 ", StringComparison.Ordinal) && line.Contains("SecurityTokenInvalidAudienceException", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Token_that_our_verifier_rejects_is_not_verified_again()
    {
        await using var api = await BearerApi.StartAsync(bearer => bearer.TokenValidationParameters = _parameters);

        using var response = await api.GetAsync("/", Pool.Usual.Token(change: payload => (payload["aud"], payload["client_id"]) = ("orders-api", "another")));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(0, _parameters.Verifications);
    }

    [Fact]
    public async Task Second_verification_can_be_switched_off()
    {
        await using var api = await BearerApi.StartAsync(
            bearer => bearer.TokenValidationParameters = _parameters, options => options.VerifyWithJsonWebTokenHandler = false);

        using var response = await api.GetAsync("/", TokenFor("other-api"));
        using var rejected = await api.GetAsync("/", Pool.Usual.Token(change: payload => payload["client_id"] = "another"));

        response.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, rejected.StatusCode);
        Assert.Equal(0, _parameters.Verifications);
    }

    [Fact]
    public async Task Every_use_is_verified_twice_without_the_cache_of_verified_tokens()
    {
        await using var api = await BearerApi.StartAsync(
            bearer => bearer.TokenValidationParameters = _parameters, options => options.Verification.VerifiedTokenCacheSize = 0);

        using var first = await api.GetAsync("/", TokenFor("orders-api"));
        using var second = await api.GetAsync("/", TokenFor("orders-api"));

        second.Is(HttpStatusCode.OK);
        Assert.Equal(2, _parameters.Verifications);
    }

    [Fact]
    public async Task Token_is_verified_twice_again_after_the_keys_have_changed()
    {
        var keys = new KeyServer();
        await using var api = await BearerApi.StartAsync(
            bearer => bearer.TokenValidationParameters = _parameters, BearerApi.DownloadFrom(keys));
        var token = TokenFor("orders-api");
        using var before = await api.GetAsync("/", token);

        keys.KeySet = Pool.Usual.KeySet.Replace("\"keys\":[", "\"keys\":[" + new Pool(keyId: "key-2").KeySet["{\"keys\":[".Length..^2] + ",", StringComparison.Ordinal);
        api.Clock.Advance(TimeSpan.FromSeconds(10));
        using var unknown = await api.GetAsync("/", new Pool(keyId: "key-3").Token());
        using var after = await api.GetAsync("/", token);
        using var again = await api.GetAsync("/", token);

        after.Is(HttpStatusCode.OK);
        again.Is(HttpStatusCode.OK);
        Assert.Equal(2, _parameters.Verifications);
    }

    [Fact]
    public async Task Token_expires_at_its_next_use_by_the_clock_of_the_application()
    {
        await using var api = await BearerApi.StartAsync(options: options => options.Verification.ClockTolerance = TimeSpan.FromMinutes(2));
        var token = Pool.Usual.Token();

        using var before = await api.GetAsync("/", token);
        api.Clock.Advance(TimeSpan.FromMinutes(61));
        using var within = await api.GetAsync("/", token);
        using var firstUseWithin = await api.GetAsync("/", Pool.Usual.Token(change: payload => payload["jti"] = "another"));
        api.Clock.Advance(TimeSpan.FromMinutes(1));
        using var after = await api.GetAsync("/", token);

        before.Is(HttpStatusCode.OK);
        within.Is(HttpStatusCode.OK);
        firstUseWithin.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Delegates))]
    public async Task Delegate_that_validates_is_asked_at_every_use(string name)
    {
        var (accepts, calls) = (true, 0);
        await using var api = await BearerApi.StartAsync(bearer => SetDelegate(bearer.TokenValidationParameters, name, () =>
        {
            calls++;
            return accepts;
        }));
        var token = Pool.Usual.Token();

        using var first = await api.GetAsync("/", token);
        using var second = await api.GetAsync("/", token);
        accepts = false;
        using var third = await api.GetAsync("/", token);

        first.Is(HttpStatusCode.OK);
        second.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, third.StatusCode);
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task No_setting_of_the_application_makes_a_verification_less_strict()
    {
        await using var api = await BearerApi.StartAsync(bearer => bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
            RequireSignedTokens = false,
            RequireExpirationTime = false,
            ClockSkew = TimeSpan.FromDays(365),
            IssuerSigningKey = new SymmetricSecurityKey(new byte[32]),
            IssuerSigningKeyResolver = (_, _, _, _) => [],
            SignatureValidator = (token, _) => new JsonWebToken(token),
            TokenReader = (token, _) => new JsonWebToken(token),
            TransformBeforeSignatureValidation = (_, _) => new JsonWebToken(Pool.Usual.Token()),
        });
        string[] bad =
        [
            Pool.Usual.Token()[..^10] + "AAAAAAAAAA",
            Pool.Usual.Token(change: payload => payload["exp"] = 1_767_225_600),
            Pool.Usual.Token(change: payload => payload["iss"] = "https://stranger.example"),
            Pool.Usual.Token(changeHeader: header => header["alg"] = "none"),
            Pool.Usual.Token(changeHeader: header => header["kid"] = "unknown"),
        ];

        foreach (var token in bad)
        {
            using var rejected = await api.GetAsync("/", token);
            Assert.Equal(HttpStatusCode.Unauthorized, rejected.StatusCode);
        }

        using var accepted = await api.GetAsync("/", Pool.Usual.Token());
        accepted.Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Valid_types_and_algorithms_of_the_application_stay_in_force()
    {
        await using var typed = await BearerApi.StartAsync(bearer => bearer.TokenValidationParameters.ValidTypes = ["at+jwt"]);
        await using var signed = await BearerApi.StartAsync(bearer => bearer.TokenValidationParameters.ValidAlgorithms = ["ES256"]);

        using var ofType = await typed.GetAsync("/", Pool.Usual.Token(changeHeader: header => header["typ"] = "at+jwt"));
        using var ofOtherType = await typed.GetAsync("/", Pool.Usual.Token());
        using var ofOtherAlgorithm = await signed.GetAsync("/", Pool.Usual.Token());

        ofType.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, ofOtherType.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, ofOtherAlgorithm.StatusCode);
    }

    private static string TokenFor(string audience, string id = "e5d9f1f0") =>
        Pool.Usual.Token(change: payload => (payload["aud"], payload["jti"]) = (audience, id));

    private static void SetDelegate(TokenValidationParameters parameters, string name, Func<bool> accepts)
    {
        string AcceptIssuer(string issuer) => accepts() ? issuer : throw new SecurityTokenInvalidIssuerException("no");
        string AcceptType(string? type) => accepts() ? type ?? "JWT" : throw new SecurityTokenInvalidTypeException("no");

        switch (name)
        {
            case nameof(parameters.LifetimeValidator): parameters.LifetimeValidator = (_, _, _, _) => accepts(); break;
            case nameof(parameters.AudienceValidator): parameters.AudienceValidator = (_, _, _) => accepts(); break;
            case nameof(parameters.IssuerValidator): parameters.IssuerValidator = (issuer, _, _) => AcceptIssuer(issuer); break;
            case nameof(parameters.IssuerValidatorUsingConfiguration): parameters.IssuerValidatorUsingConfiguration = (issuer, _, _, _) => AcceptIssuer(issuer); break;
            case nameof(parameters.IssuerSigningKeyValidator):
                (parameters.ValidateIssuerSigningKey, parameters.IssuerSigningKeyValidator) = (true, (_, _, _) => accepts());
                break;
            case nameof(parameters.AlgorithmValidator): parameters.AlgorithmValidator = (_, _, _, _) => accepts(); break;
            case nameof(parameters.TypeValidator): parameters.TypeValidator = (type, _, _) => AcceptType(type); break;
            case nameof(parameters.TokenReplayValidator):
                (parameters.ValidateTokenReplay, parameters.TokenReplayValidator) = (true, (_, _, _) => accepts());
                break;
            default: throw new ArgumentException(name, nameof(name));
        }
    }
}
