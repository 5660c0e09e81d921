using System.Net;
using CognitoM2M.AspNetCore.JwtBearer.Tests.Support;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CognitoM2M.AspNetCore.JwtBearer.Tests.Configuration;

/// <summary>Options of JwtBearer that an application binds to its configuration, and that change while the API runs.</summary>
public sealed class ReloadTests
{
    private static readonly SymmetricSecurityKey _ownKey = new(new byte[32]);

    [Fact]
    public async Task Changed_configuration_cannot_bypass_our_verifier_and_is_logged()
    {
        var configuration = new ConfigurationManager();
        await using var api = await BearerApi.StartAsync(
            bearer => bearer.TokenValidationParameters = new TokenValidationParameters { ValidIssuer = "own", ValidateAudience = false, IssuerSigningKey = _ownKey },
            services: services => services.Configure<JwtBearerOptions>(BearerApi.Scheme, configuration));

        configuration[nameof(JwtBearerOptions.UseSecurityTokenValidators)] = "true";
        ((IConfigurationRoot)configuration).Reload();
        using var own = await api.GetAsync("/any", CreateOwnToken());
        using var usual = await api.GetAsync("/any", Pool.Usual.Token());

        Assert.Equal(HttpStatusCode.Unauthorized, own.StatusCode);
        usual.Is(HttpStatusCode.OK);
        var line = Assert.Single(api.Log.Lines, line => line.StartsWith("Error 4 ", StringComparison.Ordinal));
        Assert.Contains("JwtBearerOptions.UseSecurityTokenValidators is true", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_settings_of_UseCognitoM2M_are_used_and_mistakes_are_ignored()
    {
        const string Section = "Authentication:Schemes:Bearer:";
        var configuration = new ConfigurationManager
        {
            [$"{Section}UserPoolId"] = Pool.Usual.Id,
            [$"{Section}ClientIds:0"] = Pool.Client,
            [$"{Section}Jwks"] = Pool.Usual.KeySet,
        };
        await using var api = await Api.StartWithAsync(
            services => services.AddSingleton<IConfiguration>(configuration).AddAuthentication().AddJwtBearer().UseCognitoM2M(), BearerApi.MapUsual);
        using var before = await api.GetAsync("/", Pool.Usual.Token());

        configuration[$"{Section}ClientIds:0"] = "another";
        ((IConfigurationRoot)configuration).Reload();
        using var former = await api.GetAsync("/", Pool.Usual.Token());
        using var another = await api.GetAsync("/", Pool.Usual.Token(change: payload => payload["client_id"] = "another"));
        configuration[$"{Section}UserPoolId"] = "no user pool";
        ((IConfigurationRoot)configuration).Reload();
        using var still = await api.GetAsync("/", Pool.Usual.Token(change: payload => payload["client_id"] = "another"));

        before.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, former.StatusCode);
        another.Is(HttpStatusCode.OK);
        still.Is(HttpStatusCode.OK);
        Assert.Contains("UserPoolId 'no user pool'", Assert.Single(api.Log.Lines, line => line.StartsWith("Error 4 ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_configuration_without_mistakes_is_used()
    {
        var configuration = new ConfigurationManager();
        await using var api = await BearerApi.StartAsync(services: services => services.Configure<JwtBearerOptions>(BearerApi.Scheme, configuration));

        configuration[nameof(JwtBearerOptions.Challenge)] = "Machines";
        ((IConfigurationRoot)configuration).Reload();
        using var response = await api.GetAsync("/any");

        response.Is(HttpStatusCode.Unauthorized, "Machines");
        Assert.DoesNotContain(api.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    private static string CreateOwnToken() => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = "own",
        SigningCredentials = new SigningCredentials(_ownKey, SecurityAlgorithms.HmacSha256),
    });
}
