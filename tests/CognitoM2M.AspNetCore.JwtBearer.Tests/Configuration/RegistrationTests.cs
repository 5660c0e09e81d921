using System.IdentityModel.Tokens.Jwt;
using System.Net;
using CognitoM2M.AspNetCore.JwtBearer.Tests.Support;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CognitoM2M.AspNetCore.JwtBearer.Tests.Configuration;

/// <summary>A scheme that <c>UseCognitoM2M</c> cannot protect keeps the host from starting.</summary>
public sealed class RegistrationTests
{
    [Fact]
    public async Task Scheme_that_AddJwtBearer_has_not_registered_is_a_mistake()
    {
        var message = await FindMistakeAsync(builder => builder.AddJwtBearer("Users", _ => { }).AddJwtBearer("Machines", _ => { }).UseCognitoM2M("Machine", BearerApi.Usual));

        Assert.Equal(
            "Authentication scheme 'Machine': AddJwtBearer has not registered this scheme, so UseCognitoM2M cannot protect it. AddJwtBearer registered 'Users', 'Machines'. "
            + "Pass UseCognitoM2M the name that AddJwtBearer was given.",
            message);
    }

    [Fact]
    public async Task Call_without_a_name_means_the_scheme_Bearer()
    {
        var message = await FindMistakeAsync(builder => builder.AddJwtBearer("Machines", _ => { }).UseCognitoM2M(BearerApi.Usual));

        Assert.Contains("UseCognitoM2M without the name of a scheme means 'Bearer'.", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_without_AddJwtBearer_is_a_mistake()
    {
        var message = await FindMistakeAsync(builder => builder.UseCognitoM2M(BearerApi.Usual));

        Assert.Contains("No scheme of AddJwtBearer is registered.", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scheme_with_another_handler_is_a_mistake()
    {
        var message = await FindMistakeAsync(builder => builder.AddCookie("Bearer").UseCognitoM2M(BearerApi.Usual));

        Assert.Contains("its handler is Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationHandler", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Second_call_for_one_scheme_is_refused()
    {
        var builder = new ServiceCollection().AddAuthentication().AddJwtBearer().UseCognitoM2M(BearerApi.Usual);

        var error = Assert.Throws<InvalidOperationException>(() => builder.UseCognitoM2M("Bearer"));

        Assert.Contains("'Bearer'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Null_and_empty_arguments_are_refused()
    {
        var builder = new ServiceCollection().AddAuthentication();

        Assert.Throws<ArgumentNullException>(() => ((AuthenticationBuilder)null!).UseCognitoM2M(BearerApi.Usual));
        Assert.Throws<ArgumentNullException>(() => builder.UseCognitoM2M((Action<CognitoM2MJwtBearerOptions>)null!));
        Assert.Throws<ArgumentNullException>(() => builder.UseCognitoM2M((Microsoft.Extensions.Configuration.IConfigurationSection)null!));
        Assert.Throws<ArgumentException>(() => builder.UseCognitoM2M("", BearerApi.Usual));
    }

    [Fact]
    public async Task Order_of_the_calls_does_not_matter()
    {
        using var backchannel = new KeyServer();
        await using var api = await Api.StartWithAsync(
            services => services.AddAuthentication().UseCognitoM2M(BearerApi.Usual).AddJwtBearer(bearer =>
            {
                bearer.Authority = Pool.Usual.Issuer;
                bearer.BackchannelHttpHandler = backchannel;
            }),
            BearerApi.MapUsual);

        using var accepted = await api.GetAsync("/", Pool.Usual.Token());
        using var unknown = await api.GetAsync("/", new Pool(keyId: "unknown").Token());

        accepted.Is(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        Assert.Empty(backchannel.Requests);
    }

    [Fact]
    public async Task UseSecurityTokenValidators_is_a_mistake()
    {
        var message = await FindMistakeAsync(builder => builder.AddJwtBearer(bearer => bearer.UseSecurityTokenValidators = true).UseCognitoM2M(BearerApi.Usual));

        Assert.Contains("UseSecurityTokenValidators", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_handler_of_the_application_is_a_mistake()
    {
        var message = await FindMistakeAsync(builder => builder.AddJwtBearer(bearer => bearer.TokenHandlers.Add(new OwnTokenHandler())).UseCognitoM2M(BearerApi.Usual));

        Assert.Contains(nameof(OwnTokenHandler), message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JwtSecurityTokenHandler_is_a_mistake()
    {
        var message = await FindMistakeAsync(builder => builder.UseCognitoM2M(BearerApi.Usual).AddJwtBearer(bearer => bearer.TokenHandlers.Add(new JwtSecurityTokenHandler())));

        Assert.Equal(
            "Authentication scheme 'Bearer': JwtBearerOptions.TokenHandlers contains System.IdentityModel.Tokens.Jwt.JwtSecurityTokenHandler, but UseCognitoM2M replaces all token handlers. "
            + "Remove it, use it in a scheme of its own, or add it in a PostConfigure after UseCognitoM2M.",
            message);
    }

    [Fact]
    public async Task Token_handler_that_derives_from_the_usual_handler_is_a_mistake()
    {
        var message = await FindMistakeAsync(builder => builder.AddJwtBearer(bearer => bearer.TokenHandlers[0] = new LenientTokenHandler()).UseCognitoM2M(BearerApi.Usual));

        Assert.Contains(nameof(LenientTokenHandler), message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usual_token_handler_is_replaced()
    {
        await using var api = await BearerApi.StartAsync(bearer =>
        {
            bearer.TokenHandlers.Clear();
            bearer.TokenHandlers.Add(new JsonWebTokenHandler { MapInboundClaims = false });
        });

        using var response = await api.GetAsync("/", Pool.Usual.Token(change: payload => payload["client_id"] = "another"));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Settings_without_effect_are_named_in_a_warning()
    {
        await using var api = await BearerApi.StartAsync(bearer =>
        {
            bearer.Authority = "https://login.example.com/";
            bearer.TokenValidationParameters.ValidIssuer = "https://login.example.com/";
            bearer.TokenValidationParameters.IssuerSigningKey = new SymmetricSecurityKey(new byte[32]);
        });

        var warning = Assert.Single(api.Log.Lines, line => line.StartsWith("Warning 2 ", StringComparison.Ordinal));
        Assert.Contains("'Bearer'".Trim('\''), warning, StringComparison.Ordinal);
        Assert.Contains(": Authority, ValidIssuer, IssuerSigningKey.", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usual_settings_cause_no_warning()
    {
        await using var api = await BearerApi.StartAsync(bearer =>
        {
            bearer.Authority = Pool.Usual.Issuer;
            bearer.TokenValidationParameters.ValidateAudience = false;
            bearer.TokenValidationParameters.NameClaimType = "sub";
        });

        Assert.DoesNotContain(api.Log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal));
    }

    private static async Task<string> FindMistakeAsync(Action<AuthenticationBuilder> register)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => Api.StartWithAsync(services => register(services.AddAuthentication()), _ => { }));
        return Assert.Single(error.Failures);
    }

    private sealed class OwnTokenHandler : TokenHandler;

    private sealed class LenientTokenHandler : JsonWebTokenHandler;
}
