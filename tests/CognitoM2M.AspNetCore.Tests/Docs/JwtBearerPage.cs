using System.Net.Http.Headers;
using System.Security.Claims;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.Tests.Docs;

/// <summary>The code of docs/verification.md about AddJwtBearer with Cognito, so that the compiler checks it and a test runs it.</summary>
internal static class JwtBearerPage
{
    public static void UseCognito(WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication().AddJwtBearer().UseCognitoM2M();
    }

    public static void AddUsersAndMachines(WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication("Any")
            .AddJwtBearer("Users", options =>
            {
                options.Authority = "https://login.example.com";
                options.Audience = "orders";
                options.MapInboundClaims = false; // claims keep their names
                options.TokenValidationParameters.NameClaimType = "sub"; // otherwise users may have no name
            })
            .AddJwtBearer("Machines").UseCognitoM2M("Machines")
            .AddPolicyScheme("Any", displayName: null, options => options.ForwardDefaultSelector = SelectScheme);
        builder.Services.AddProblemDetails();
    }

    public static void MapUsersAndMachines(WebApplication app)
    {
        app.UseStatusCodePages(); // answers of the scheme Users get a body, too
        app.UseAuthentication(); // otherwise these two would run before the status code pages
        app.UseAuthorization();

        app.MapGet("/me", (ClaimsPrincipal caller) => $"{caller.Identity!.Name}").RequireAuthorization(); // users and machines
        app.MapGet("/orders", () => "[]").RequireCognitoScope("orders/read"); // machines
    }

    public static string Select(HttpContext context) => SelectScheme(context);

    private static string SelectScheme(HttpContext context) =>
        AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var header)
        && CognitoTokenVerifier.ReadUnverifiedIssuer(header.Parameter) == "https://login.example.com" ? "Users" : "Machines";
}
