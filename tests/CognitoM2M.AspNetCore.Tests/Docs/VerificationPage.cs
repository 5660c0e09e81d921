using CognitoM2M.Verification;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Scalar.AspNetCore;

namespace CognitoM2M.AspNetCore.Tests.Docs;

/// <summary>The code of docs/verification.md, so that the compiler checks it. A test compares both.</summary>
internal static class VerificationPage
{
    private static readonly CognitoAccessTokenVerifier _verifier = new("eu-west-1_AbCdEf123", ["1example23456789abcdefghij"]);
    private static readonly CognitoIdTokenVerifier _idTokens = new("eu-west-1_AbCdEf123", ["2example23456789abcdefghij"]);

    internal interface IBlockedClients
    {
        Task<bool> ContainsAsync(string clientId);
    }

    internal interface ITenants
    {
        Task<Tenant?> FindAsync(string issuer, string clientId, CancellationToken cancellationToken);
    }

    public static void FollowTenants(WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication().AddCognitoM2M();
        builder.Services.AddOptions<CognitoM2MAuthenticationOptions>("CognitoM2M").Configure<IServiceScopeFactory>((options, scopes) =>
            options.Verification.FindTenant = async (issuer, clientId, cancellationToken) =>
            {
                await using var scope = scopes.CreateAsyncScope();
                var tenants = scope.ServiceProvider.GetRequiredService<ITenants>();
                var tenant = await tenants.FindAsync(issuer, clientId, cancellationToken);
                return tenant is null ? null : new TrustedUserPool { UserPoolId = tenant.UserPoolId, ClientIds = [tenant.ClientId] };
            });
    }

    public static async Task<string> AuthorizeAsync(string? token)
    {
        var result = await _verifier.VerifyAsync(token);
        return result.IsValid ? $"allow {result.Claims.ClientId}" : $"deny: {result.Rejection.Reason}";
    }

    public static void Protect(WebApplicationBuilder builder, WebApplication app)
    {
        builder.Services.AddAuthentication().AddCognitoM2M();

        app.MapGet("/orders", () => "[]").RequireCognitoScope("orders/read");
        app.MapPost("/orders", () => Results.NoContent()).RequireCognitoScope("orders/write");

        builder.Services.AddHealthChecks().AddCognitoM2MKeys();
    }

    public static void RequireGroups(WebApplication app)
    {
        app.MapGet("/reports", () => "[]").RequireCognitoGroup("admins");
        app.MapDelete("/orders", () => Results.NoContent()).RequireAnyCognitoGroup("admins", "owners");
    }

    public static async Task<string> SignInAsync(string idToken, string accessToken, string nonce)
    {
        var result = await _idTokens.VerifyAsync(idToken, new IdTokenBinding { Nonce = nonce, AccessToken = accessToken });
        return result.IsValid ? $"{result.Claims.Username} <{result.Claims.Email}>" : $"nobody: {result.Rejection.Reason}";
    }

    public static void AddChecksAndEvents(WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication().AddCognitoM2M(options =>
        {
            options.Verification.Checks.Add(claims => claims.Payload.TryGetProperty("tenant", out _) ? null : "no tenant");
            options.Events.OnTokenVerified = async context =>
            {
                var clients = context.HttpContext.RequestServices.GetRequiredService<IBlockedClients>();
                if (await clients.ContainsAsync(context.Claims.ClientId))
                    context.Fail("The app client is blocked.");
            };
        });
    }

    public static void DescribeScopes(WebApplicationBuilder builder)
    {
        builder.Services.AddOpenApi(options => options.AddCognitoM2MScopes(scopes =>
            scopes.TokenEndpoint = new Uri("https://acme-m2m.auth.eu-west-1.amazoncognito.com/oauth2/token")));
    }

    public static void ShowPages(WebApplication app)
    {
        if (app.Environment.IsDevelopment())
        {
            app.MapOpenApi();
            app.UseSwaggerUI(options =>
            {
                options.SwaggerEndpoint("/openapi/v1.json", "v1");
                options.OAuthClientId("1example23456789abcdefghij");
            });
            app.MapScalarApiReference(options => options.AddClientCredentialsFlow("CognitoM2M", flow => flow.ClientId = "1example23456789abcdefghij"));
        }
    }

    public static (VerificationResult<CognitoAccessTokenClaims> Accepted, VerificationResult<CognitoAccessTokenClaims> Rejected) CreateResults()
    {
        var claims = new CognitoAccessTokenClaims
        {
            Issuer = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123",
            ClientId = "reports",
            Scopes = ["orders/read"],
            ExpiresAt = DateTimeOffset.MaxValue,
        };
        var accepted = new VerificationResult<CognitoAccessTokenClaims>(claims);
        var rejected = new VerificationResult<CognitoAccessTokenClaims>(new TokenRejection(TokenRejectionReason.Expired, "a later exp", "an old one"));
        return (accepted, rejected);
    }

    public static void UseEmulator(CognitoM2MAuthenticationOptions options, (string Id, Uri JwksUri) pool, (string ClientId, string Name) appClient)
    {
        options.UserPoolId = pool.Id;
        options.ClientIds = [appClient.ClientId];
        options.JwksUri = pool.JwksUri;
    }

    public static void Monitor(WebApplicationBuilder builder)
    {
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(CognitoVerificationDiagnostics.MeterName));
    }

    public static void KeepJwtBearer(WebApplicationBuilder builder, HashSet<string> allowedClientIds)
    {
        builder.Services.AddAuthentication().AddJwtBearer(options =>
        {
            options.Authority = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123";
            options.MapInboundClaims = false;
            options.RefreshInterval = TimeSpan.FromSeconds(10); // otherwise a new key may be unknown for five minutes
            options.TokenValidationParameters.ValidateAudience = false; // these tokens have no aud; client_id is checked below
            options.TokenValidationParameters.ValidAlgorithms = ["RS256"];
            options.TokenValidationParameters.TryAllIssuerSigningKeys = false;
            options.TokenValidationParameters.ClockSkew = TimeSpan.Zero; // five minutes otherwise
            options.TokenValidationParameters.NameClaimType = "client_id";
            options.Events = new JwtBearerEvents
            {
                OnTokenValidated = context =>
                {
                    // FindFirst("token_use") would ignore upper and lower case, and also find a claim Token_Use.
                    if (context.Principal!.FindFirst(claim => claim.Type == "token_use")?.Value != "access")
                        context.Fail("The token is not an access token.");
                    if (!allowedClientIds.Contains(context.Principal!.FindFirst(claim => claim.Type == "client_id")?.Value ?? ""))
                        context.Fail("The app client is not accepted.");
                    return Task.CompletedTask;
                },
            };
        });
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy("read", policy => policy.AddRequirements(CognitoScopeRequirement.AllOf("orders/read")));
    }

    internal sealed record Tenant(string UserPoolId, string ClientId);
}
