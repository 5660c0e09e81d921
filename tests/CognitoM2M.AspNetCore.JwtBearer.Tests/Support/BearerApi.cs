using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.JwtBearer.Tests.Support;

/// <summary>Starts APIs whose scheme <c>Bearer</c> is JwtBearer with <c>UseCognitoM2M</c>.</summary>
internal static class BearerApi
{
    public const string Scheme = JwtBearerDefaults.AuthenticationScheme;

    /// <summary>Accepts the tokens of the usual user pool, without a network.</summary>
    public static Action<CognitoM2MJwtBearerOptions> Usual { get; } = options =>
    {
        options.UserPoolId = Pool.Usual.Id;
        options.ClientIds = [Pool.Client];
        options.Jwks = Pool.Usual.KeySet;
    };

    /// <summary>Starts an API with an endpoint <c>/</c> that requires the scope <c>orders/read</c>, and an endpoint <c>/any</c> that requires any token.</summary>
    public static Task<Api> StartAsync(
        Action<JwtBearerOptions>? bearer = null, Action<CognitoM2MJwtBearerOptions>? options = null, Action<IServiceCollection>? services = null) =>
        StartAsync(MapUsual, bearer, options, services);

    public static Task<Api> StartAsync(
        Action<WebApplication> endpoints,
        Action<JwtBearerOptions>? bearer = null,
        Action<CognitoM2MJwtBearerOptions>? options = null,
        Action<IServiceCollection>? services = null) =>
        Api.StartWithAsync(
            s =>
            {
                s.AddAuthentication().AddJwtBearer(bearer ?? (_ => { })).UseCognitoM2M(Usual + options);
                services?.Invoke(s);
            },
            endpoints);

    public static void MapUsual(WebApplication app)
    {
        app.MapGet("/", () => "in").RequireCognitoScope("orders/read");
        app.MapGet("/any", SeenUser.Describe).RequireAuthorization();
    }

    /// <summary>Downloads keys from a stub.</summary>
    public static Action<CognitoM2MJwtBearerOptions> DownloadFrom(KeyServer keys) => options =>
    {
        options.Jwks = null;
        options.CreateKeySetHttpClient = keys.Client;
    };
}
