using System.Net;
using System.Text.Json;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.Tests.Problems;

/// <summary>The body of an answer to a caller whom another scheme has accepted.</summary>
public sealed class SeveralSchemesBodyTests
{
    [Theory]
    [InlineData("/scope", null)]
    [InlineData("/group", "The caller is not in a required group.")]
    public async Task Body_of_a_403_mentions_a_group_only_if_a_group_is_missing(string path, string? detail)
    {
        await using var api = await Api.StartWithAsync(
            services =>
            {
                services.AddProblemDetails();
                services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, UserScheme>(UserScheme.Name, _ => { }).AddCognitoM2M(Api.Usual);
            },
            app =>
            {
                app.MapGet("/scope", () => "in").RequireAuthorization(policy => policy
                    .AddAuthenticationSchemes(UserScheme.Name, "CognitoM2M").AddRequirements(CognitoScopeRequirement.AllOf("orders/read")));
                app.MapGet("/group", () => "in").RequireAuthorization(policy => policy
                    .AddAuthenticationSchemes(UserScheme.Name, "CognitoM2M").RequireCognitoGroup("admins"));
            });

        using var response = await api.GetAsync(path, UserScheme.Token);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(detail, body.RootElement.TryGetProperty("detail", out var found) ? found.GetString() : null);
    }
}
