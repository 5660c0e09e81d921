using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using CognitoM2M.Neighbours.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Scalar.AspNetCore;

namespace CognitoM2M.Neighbours.Tests;

/// <summary>Swagger UI and Scalar get tokens from the emulator, as docs/verification.md says.</summary>
public sealed class OpenApiPageTests
{
    [Theory]
    [InlineData("swagger/index.html")]
    [InlineData("scalar/v1")]
    public async Task Page_is_served_and_a_browser_may_do_what_its_document_says(string page)
    {
        await using var server = await StartAsync();
        using var http = new HttpClient { BaseAddress = server.Address };

        var html = await http.GetStringAsync(new Uri(page, UriKind.Relative));
        var document = JsonNode.Parse(await http.GetStringAsync(new Uri("openapi/v1.json", UriKind.Relative)))!;
        var flow = document["components"]!["securitySchemes"]!["CognitoM2M"]!["flows"]!["clientCredentials"]!;
        Assert.Contains("<html", html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(server.Cognito.TokenEndpoint.AbsoluteUri, (string)flow["tokenUrl"]!);
        Assert.Equal("orders/read", flow["scopes"]!.AsObject().Single().Key);

        // The page is of another origin than the emulator. A browser asks first, because of the header Authorization.
        var origin = server.Address.GetLeftPart(UriPartial.Authority);
        using var preflight = new HttpRequestMessage(HttpMethod.Options, (string)flow["tokenUrl"]!);
        preflight.Headers.Add("Origin", origin);
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization,x-requested-with");
        using var allowed = await http.SendAsync(preflight);
        using var issued = await server.SendTokenRequestAsync(request => request.Headers.Add("Origin", origin));
        Assert.True(allowed.IsSuccessStatusCode);
        Assert.All([allowed, issued], response => Assert.Contains(response.Headers.GetValues("Access-Control-Allow-Origin").Single(), (string[])["*", origin]));

        var token = (string)JsonNode.Parse(await issued.Content.ReadAsStringAsync())!["access_token"]!;
        using var call = new HttpRequestMessage(HttpMethod.Get, "orders") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var answer = await http.SendAsync(call);
        Assert.Equal("[]", await answer.Content.ReadAsStringAsync());
    }

    private static Task<ProtectedServer> StartAsync() => ProtectedServer.StartAsync(
        (services, cognito) => services.AddOpenApi(options => options.AddCognitoM2MScopes(scopes => scopes.TokenEndpoint = cognito.TokenEndpoint)),
        (app, client) =>
        {
            app.MapOpenApi();
            app.UseSwaggerUI(options =>
            {
                options.SwaggerEndpoint("/openapi/v1.json", "v1");
                options.OAuthClientId(client.ClientId);
            });
            app.MapScalarApiReference(options => options.AddClientCredentialsFlow("CognitoM2M", flow => flow.ClientId = client.ClientId));
            app.MapGet("/orders", () => "[]").RequireCognitoScope("orders/read");
        });
}
