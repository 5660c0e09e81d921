using System.Text.Json.Nodes;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace CognitoM2M.AspNetCore.Tests.OpenApi;

/// <summary>The scopes of operations in an OpenAPI document.</summary>
public sealed class DocumentTests
{
    [Theory]
    [InlineData("/all", "a/1+b/2")]
    [InlineData("/any", "a/1|b/2")]
    [InlineData("/group/more", "a/1+b/2")]
    [InlineData("/group/any", "a/1+b/2|a/1+c/3")]
    [InlineData("/group/same", "a/1")]
    [InlineData("/named", "a/1")]
    [InlineData("/attribute", "a/1")]
    [InlineData("/mixed", "a/1")]
    public async Task Operation_names_the_scopes_that_it_requires(string path, string expected)
    {
        var operation = (await DocumentAsync())["paths"]![path]!["get"]!;

        Assert.Equal(expected, string.Join('|', operation["security"]!.AsArray().Select(one => string.Join('+', one!["CognitoM2M"]!.AsArray().Select(scope => (string)scope!)))));
        Assert.Equal(["200", "400", "401", "403", "503"], operation["responses"]!.AsObject().Select(response => response.Key).Order());
        Assert.Contains("a/1", (string)operation["responses"]!["403"]!["description"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/group/open")]
    [InlineData("/plain")]
    [InlineData("/unknown")]
    public async Task Operation_without_authorization_is_not_changed(string path)
    {
        var operation = (await DocumentAsync())["paths"]![path]!["get"]!;

        Assert.Null(operation["security"]);
        Assert.Null(operation["responses"]!["401"]);
        Assert.Null(operation["responses"]!["403"]);
    }

    [Fact]
    public async Task Responses_that_the_application_describes_are_kept()
    {
        var operation = (await DocumentAsync())["paths"]!["/described"]!["get"]!;

        Assert.Equal("Forbidden", (string)operation["responses"]!["403"]!["description"]!);
        Assert.NotNull(operation["security"]);
    }

    [Fact]
    public async Task Security_scheme_is_a_bearer_token()
    {
        var scheme = (await DocumentAsync())["components"]!["securitySchemes"]!["CognitoM2M"]!;

        Assert.Equal(("http", "bearer", "JWT"), ((string)scheme["type"]!, (string)scheme["scheme"]!, (string)scheme["bearerFormat"]!));
    }

    [Fact]
    public async Task Security_scheme_is_the_client_credentials_flow_with_all_scopes_if_the_token_endpoint_is_set()
    {
        var document = await DocumentAsync(options => options.AddCognitoM2MScopes(settings =>
        {
            settings.SecuritySchemeName = "cognito";
            settings.TokenEndpoint = new Uri("https://acme.auth.eu-west-1.amazoncognito.com/oauth2/token");
        }));

        var scheme = document["components"]!["securitySchemes"]!["cognito"]!;
        var flow = scheme["flows"]!["clientCredentials"]!;
        Assert.Equal("oauth2", (string)scheme["type"]!);
        Assert.Equal("https://acme.auth.eu-west-1.amazoncognito.com/oauth2/token", (string)flow["tokenUrl"]!);
        Assert.Equal(["a/1", "b/2", "c/3"], flow["scopes"]!.AsObject().Select(scope => scope.Key));
        Assert.Equal("a/1", (string)document["paths"]!["/named"]!["get"]!["security"]![0]!["cognito"]![0]!);
    }

    [Theory]
    [InlineData(OpenApiSpecVersion.OpenApi3_0, false, "{\"CognitoM2M\":[]}")]
    [InlineData(OpenApiSpecVersion.OpenApi3_0, true, "{\"CognitoM2M\":[\"a/1\"]};{\"CognitoM2M\":[\"b/2\"]}")]
    [InlineData(OpenApiSpecVersion.OpenApi3_1, false, "{\"CognitoM2M\":[\"a/1\"]};{\"CognitoM2M\":[\"b/2\"]}")]
    public async Task Scopes_are_named_only_if_the_version_of_the_document_allows_it(OpenApiSpecVersion version, bool hasTokenEndpoint, string expected)
    {
        var document = await DocumentAsync(options =>
        {
            // The version is set after the scopes, and still counts.
            options.AddCognitoM2MScopes(settings => settings.TokenEndpoint = hasTokenEndpoint ? new Uri("https://example.com/oauth2/token") : null);
            options.OpenApiVersion = version;
        });

        Assert.Equal(expected, string.Join(';', document["paths"]!["/any"]!["get"]!["security"]!.AsArray().Select(one => one!.ToJsonString())));
    }

    [Fact]
    public async Task Document_of_an_application_without_endpoints_and_authorization_is_written()
    {
        await using var api = await Api.StartWithAsync(
            services => services.AddOpenApi(options => options.AddCognitoM2MScopes(settings => settings.TokenEndpoint = new Uri("https://example.com/oauth2/token"))),
            app => app.MapOpenApi());

        using var response = await api.GetAsync("/openapi/v1.json");

        Assert.Contains("clientCredentials", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_settings_are_reported_together()
    {
        var options = new OpenApiOptions();

        Assert.Throws<OptionsValidationException>(() => options.AddCognitoM2MScopes(settings => settings.SecuritySchemeName = null!));
        var thrown = Assert.Throws<OptionsValidationException>(() => options.AddCognitoM2MScopes(settings =>
        {
            settings.SecuritySchemeName = "a b";
            settings.TokenEndpoint = new Uri("/oauth2/token", UriKind.Relative);
        }));

        Assert.Equal(
            ["SecuritySchemeName must consist of letters, digits, '.', '-' and '_'.",
                "TokenEndpoint must be an absolute address, such as https://acme.auth.eu-west-1.amazoncognito.com/oauth2/token."],
            thrown.Failures);
    }

    private static async Task<JsonNode> DocumentAsync(Action<OpenApiOptions>? configure = null)
    {
        await using var api = await Api.StartAsync(
            app =>
            {
                app.MapOpenApi();
                app.MapGet("/all", () => "in").RequireCognitoScope("a/1", "b/2");
                app.MapGet("/any", () => "in").RequireAnyCognitoScope("a/1", "b/2");
                var group = app.MapGroup("/group").RequireCognitoScope("a/1");
                group.MapGet("/more", () => "in").RequireCognitoScope("b/2");
                group.MapGet("/any", () => "in").RequireAnyCognitoScope("b/2", "c/3");
                group.MapGet("/same", () => "in").RequireCognitoScope("a/1");
                group.MapGet("/open", () => "in").AllowAnonymous();
                app.MapGet("/named", () => "in").RequireAuthorization("reader");
                app.MapGet("/attribute", [RequireCognitoScope("a/1")] () => "in");
                app.MapGet("/mixed", () => "in").RequireAuthorization("other").RequireCognitoScope("a/1");
                app.MapGet("/plain", () => "in");
                app.MapGet("/unknown", () => "in").RequireAuthorization("does not exist");
                app.MapGet("/described", () => "in").RequireCognitoScope("a/1").Produces(StatusCodes.Status403Forbidden);
            },
            services: services =>
            {
                services.AddOpenApi(configure ?? (options => options.AddCognitoM2MScopes()));
                services.AddAuthorization(options =>
                {
                    options.AddPolicy("reader", policy => policy.RequireCognitoScope("a/1"));
                    options.AddPolicy("other", policy => policy.RequireAuthenticatedUser());
                });
            });

        using var response = await api.GetAsync("/openapi/v1.json");
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
