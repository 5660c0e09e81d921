using System.Net;
using CognitoM2M.AspNetCore.JwtBearer.Tests.Support;
using CognitoM2M.AspNetCore.Tests.Support;
using CognitoM2M.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CognitoM2M.AspNetCore.JwtBearer.Tests.Configuration;

/// <summary>What tests of an application change after the application has registered its schemes.</summary>
public sealed class TestSetupTests
{
    private static readonly SymmetricSecurityKey _testKey = new(new byte[32]);

    [Fact]
    public async Task Token_handlers_that_a_test_sets_are_used()
    {
        await using var api = await BearerApi.StartAsync(services: services => services.PostConfigure<JwtBearerOptions>(BearerApi.Scheme, bearer =>
        {
            bearer.TokenHandlers.Clear();
            bearer.TokenHandlers.Add(new JsonWebTokenHandler());
            bearer.TokenValidationParameters = new TokenValidationParameters { ValidIssuer = "test", ValidAudience = "test", IssuerSigningKey = _testKey };
        }));

        using var response = await api.GetAsync("/any", CreateTestToken());

        response.Is(HttpStatusCode.OK);
        Assert.Contains(
            "(TokenHandlers contains Microsoft.IdentityModel.JsonWebTokens.JsonWebTokenHandler), so CognitoM2M does not decide which tokens this scheme accepts.",
            FindBypass(api),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_handler_beside_our_own_is_named_in_a_warning()
    {
        await using var api = await BearerApi.StartAsync(services: services => services.PostConfigure<JwtBearerOptions>(
            BearerApi.Scheme, bearer => bearer.TokenHandlers.Add(new JsonWebTokenHandler())));

        Assert.Contains("(TokenHandlers contains Microsoft.IdentityModel.JsonWebTokens.JsonWebTokenHandler)", FindBypass(api), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scheme_without_token_handlers_is_named_in_a_warning()
    {
        await using var api = await BearerApi.StartAsync(services: services => services.PostConfigure<JwtBearerOptions>(BearerApi.Scheme, bearer => bearer.TokenHandlers.Clear()));

        Assert.Contains("(TokenHandlers is empty)", FindBypass(api), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validators_that_a_test_switches_on_are_named_in_a_warning()
    {
        await using var api = await BearerApi.StartAsync(services: services => services.PostConfigure<JwtBearerOptions>(
            BearerApi.Scheme, bearer => bearer.UseSecurityTokenValidators = true));

        Assert.Contains("(UseSecurityTokenValidators is true)", FindBypass(api), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_of_a_test_in_TokenValidationParameters_is_not_trusted_and_a_warning_says_so()
    {
        await using var api = await BearerApi.StartAsync(services: services => services.PostConfigure<JwtBearerOptions>(BearerApi.Scheme, bearer =>
        {
            bearer.TokenValidationParameters.ValidIssuer = "test";
            bearer.TokenValidationParameters.IssuerSigningKey = _testKey;
        }));

        using var response = await api.GetAsync("/any", CreateTestToken());

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains(": ValidIssuer, IssuerSigningKey.", Assert.Single(api.Log.Lines, line => line.StartsWith("Warning 2 ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Keys_of_a_test_may_be_set_in_either_options(bool inOwnOptions)
    {
        await using var api = await BearerApi.StartAsync(
            options: options => options.Jwks = null,
            services: services =>
            {
                if (inOwnOptions)
                    services.PostConfigure<CognitoM2MJwtBearerOptions>(BearerApi.Scheme, options => options.Jwks = Pool.Usual.KeySet);
                else
                    services.PostConfigure<CognitoM2MAuthenticationOptions>(BearerApi.Scheme, options => options.Jwks = Pool.Usual.KeySet);
            });

        using var response = await api.GetAsync("/", Pool.Usual.Token());

        response.Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Handler_that_a_test_gives_the_scheme_is_used()
    {
        await using var api = await BearerApi.StartAsync(services: services => services.PostConfigure<AuthenticationOptions>(
            options => options.SchemeMap[BearerApi.Scheme].HandlerType = typeof(JwtBearerHandler)));

        using var response = await api.GetAsync("/any", "x");

        response.Is(HttpStatusCode.Unauthorized, "Bearer error=\"invalid_token\"");
    }

    [Fact]
    public async Task Clock_of_the_options_is_used()
    {
        var clock = new ManualClock();
        await using var api = await BearerApi.StartAsync(bearer => bearer.TimeProvider = clock);

        clock.Advance(TimeSpan.FromHours(1));
        using var expired = await api.GetAsync("/", Pool.Usual.Token());

        Assert.Equal(HttpStatusCode.Unauthorized, expired.StatusCode);
    }

    [Fact]
    public async Task UseCognito_lets_the_scheme_trust_the_emulated_user_pool()
    {
        await using var cognito = await CognitoFixture.StartAsync();
        await using var api = await BearerApi.StartAsync(
            options: options => options.Jwks = null,
            services: services => services.UseCognito(cognito).AddSingleton(TimeProvider.System));

        using var accepted = await api.GetAsync("/any", cognito.Token("orders/read"));
        using var rejected = await api.GetAsync("/any", Pool.Usual.Token());

        accepted.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, rejected.StatusCode);
    }

    private static string FindBypass(Api api) => Assert.Single(api.Log.Lines, line => line.StartsWith("Warning 3 ", StringComparison.Ordinal));

    private static string CreateTestToken() => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = "test",
        Audience = "test",
        SigningCredentials = new SigningCredentials(_testKey, SecurityAlgorithms.HmacSha256),
    });
}
