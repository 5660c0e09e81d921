using System.Security.Claims;
using CognitoM2M.AspNetCore;
using CognitoM2M.Benchmarks.Speed;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace CognitoM2M.Benchmarks.Requests;

/// <summary>One way of protecting an API whose callers need the scope <c>orders/read</c>.</summary>
/// <param name="Name">The name in the results.</param>
/// <param name="AddServices">Registers the authentication.</param>
/// <param name="Protect">Requires the scope.</param>
internal sealed record ApiProtection(string Name, Action<IServiceCollection> AddServices, Action<IEndpointConventionBuilder> Protect)
{
    public const string Path = "/orders";

    private const string Scope = "orders/read";

    // Smaller than the number of different tokens, so that a token is not in the cache any more when its turn comes again.
    private const int SmallCache = 500;

    /// <summary>Everybody may call.</summary>
    public static ApiProtection None { get; } = new("none", _ => { }, _ => { });

    /// <summary>A scheme that accepts every request. A policy names the scheme, because the policies of this library name their schemes, too.</summary>
    public static ApiProtection Accepting { get; } = new("accepting", AddAccepting, endpoint => endpoint.RequireAuthorization(
        policy => policy.AddAuthenticationSchemes(AcceptingHandler.SchemeName).RequireAuthenticatedUser()));

    /// <summary>AddJwtBearer with fixed keys, and a policy that a team writes by hand.</summary>
    public static ApiProtection Stock { get; } = new("stock", AddStock, endpoint => endpoint.RequireAuthorization(RequireByHand));

    /// <summary>AddJwtBearer with <c>UseCognitoM2M</c>.</summary>
    public static ApiProtection Bridge { get; } = CreateBridge("bridge", cacheSize: 10_000);

    /// <summary>The scheme of <c>AddCognitoM2M</c>.</summary>
    public static ApiProtection Ours { get; } = CreateOurs("ours", _ => { });

    /// <summary>The scheme of <c>AddCognitoM2M</c>, which does not keep the token for <c>GetTokenAsync</c>.</summary>
    public static ApiProtection OursWithoutSaving { get; } = CreateOurs("ours.unsaved", options => options.SaveToken = false);

    /// <summary>For tokens that were never seen before.</summary>
    public static ApiProtection BridgeForNewTokens { get; } = CreateBridge("bridge", SmallCache);

    /// <summary>For tokens that were never seen before.</summary>
    public static ApiProtection OursForNewTokens { get; } = CreateOurs("ours", options => options.Verification.VerifiedTokenCacheSize = SmallCache);

    /// <summary>Adds the endpoint of the API.</summary>
    public void Map(WebApplication app) => Protect(app.MapGet(Path, () => "[]"));

    private static ApiProtection CreateBridge(string name, int cacheSize) => new(
        name,
        services => services.AddAuthentication().AddJwtBearer().UseCognitoM2M(options =>
        {
            options.UserPools = [CreateUserPool()];
            options.Verification.VerifiedTokenCacheSize = cacheSize;
        }),
        endpoint => endpoint.RequireCognitoScope(Scope));

    private static ApiProtection CreateOurs(string name, Action<CognitoM2MAuthenticationOptions> configure) => new(
        name,
        services => services.AddAuthentication().AddCognitoM2M(options =>
        {
            options.UserPools = [CreateUserPool()];
            configure(options);
        }),
        endpoint => endpoint.RequireCognitoScope(Scope));

    private static TrustedUserPool CreateUserPool() =>
        new() { UserPoolId = SampleToken.UserPoolId, ClientIds = [SampleToken.ClientId], Jwks = SampleToken.KeySet };

    private static void AddAccepting(IServiceCollection services)
    {
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, AcceptingHandler>(AcceptingHandler.SchemeName, configureOptions: null);
        services.AddAuthorization();
    }

    private static void AddStock(IServiceCollection services)
    {
        services.AddAuthentication().AddJwtBearer(options =>
        {
            options.MapInboundClaims = false;
            options.TokenValidationParameters = new TokenValidationParameters
            {
                ValidIssuer = $"https://cognito-idp.eu-west-1.amazonaws.com/{SampleToken.UserPoolId}",
                ValidateAudience = false,
                ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
                IssuerSigningKeys = new JsonWebKeySet(SampleToken.KeySet).GetSigningKeys(),
            };
        });
        services.AddAuthorization();
    }

    private static void RequireByHand(AuthorizationPolicyBuilder policy) => policy
        .AddAuthenticationSchemes(JwtBearerDefaults.AuthenticationScheme)
        .RequireClaim("client_id", SampleToken.ClientId)
        .RequireAssertion(context => context.User.FindFirstValue("scope")?.Split(' ').Contains(Scope, StringComparer.Ordinal) == true);
}
