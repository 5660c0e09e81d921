using System.Text.Json.Nodes;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.Tests.OpenApi;

/// <summary>Operations that are protected by a scheme of AddJwtBearer.</summary>
public sealed class JwtBearerPadlockTests
{
    [Theory]
    [InlineData("/machines", "[{\"CognitoM2M\":[]}]")]
    [InlineData("/scope", "[{\"CognitoM2M\":[\"a/1\"]}]")]
    [InlineData("/any", "[{\"CognitoM2M\":[]}]")]
    [InlineData("/users", null)]
    public async Task Operation_has_a_padlock_if_the_scheme_uses_Cognito(string path, string? expected)
    {
        await using var api = await Api.StartWithAsync(
            services =>
            {
                services.AddAuthentication("Any")
                    .AddJwtBearer("Users", _ => { })
                    .AddJwtBearer("Machines", _ => { }).UseCognitoM2M("Machines", options => (options.UserPoolId, options.AllowAnyClient, options.Jwks) = (Pool.Usual.Id, true, Pool.Usual.KeySet))
                    .AddPolicyScheme("Any", displayName: null, options => options.ForwardDefaultSelector = _ => "Machines");
                services.AddOpenApi(options => options.AddCognitoM2MScopes());
            },
            app =>
            {
                app.MapOpenApi().AllowAnonymous();
                app.MapGet("/machines", () => "in").RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = "Machines" });
                app.MapGet("/scope", () => "in").RequireCognitoScope("a/1");
                app.MapGet("/any", () => "in").RequireAuthorization();
                app.MapGet("/users", () => "in").RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = "Users" });
            });

        using var response = await api.GetAsync("/openapi/v1.json");
        var document = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        Assert.Equal(expected, document["paths"]![path]!["get"]!["security"]?.ToJsonString());
    }
}
