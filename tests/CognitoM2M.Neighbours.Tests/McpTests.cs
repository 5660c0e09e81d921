using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Web;
using CognitoM2M.Neighbours.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Authentication;
using ModelContextProtocol.Client;
using ModelContextProtocol.Server;

namespace CognitoM2M.Neighbours.Tests;

/// <summary>The C# SDK of the Model Context Protocol, as server behind the scheme and as its client.</summary>
public sealed class McpTests
{
    [Fact]
    public async Task Machine_with_an_app_client_calls_a_tool()
    {
        await using var server = await StartAsync(authorizationServer: null);
        var token = (string)JsonNode.Parse(await server.RequestTokenAsync())!["access_token"]!;
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };

        await using var client = await McpClient.CreateAsync(new HttpClientTransport(new HttpClientTransportOptions { Endpoint = new Uri(server.Address, "mcp") }, http));
        var tools = await client.ListToolsAsync();

        Assert.Equal("count_orders", Assert.Single(tools).Name);
    }

    [Fact]
    public async Task Client_finds_the_authorization_server_and_the_scope_by_the_metadata_and_the_challenge()
    {
        ProtectedServer? protectedServer = null;
        List<string> requested = [];
        await using var login = await StartLoginAsync(requested, () => protectedServer!.RequestTokenAsync());
        await using var server = protectedServer = await StartAsync(login.Urls.First());
        var options = new HttpClientTransportOptions
        {
            Endpoint = new Uri(server.Address, "mcp"),
            OAuth = new ClientOAuthOptions
            {
                ClientId = "person",
                RedirectUri = new Uri("http://localhost:1179/callback"),
                AuthorizationCallbackHandler = (context, _) =>
                {
                    var query = HttpUtility.ParseQueryString(context.AuthorizationUri.Query);
                    requested.Add($"{query["scope"]} {query["resource"]}");
                    return Task.FromResult<AuthorizationResult?>(new AuthorizationResult { Code = "code", State = query["state"] });
                },
            },
        };

        await using var client = await McpClient.CreateAsync(new HttpClientTransport(options));
        var tools = await client.ListToolsAsync();

        Assert.Single(tools);
        Assert.Equal([$"orders/read {new Uri(server.Address, "mcp")}", "authorization_code"], requested);
    }

    private static Task<ProtectedServer> StartAsync(string? authorizationServer) => ProtectedServer.StartAsync(
        (services, _) => services.AddMcpServer().WithHttpTransport().WithTools<Tools>(),
        (app, _) => app.MapMcp("/mcp").RequireCognitoScope("orders/read"),
        options =>
        {
            options.Resource = "/mcp";
            options.AuthorizationServers = authorizationServer is null ? [] : [authorizationServer];
        });

    /// <summary>An authorization server whose metadata names what MCP clients require. The emulator issues its tokens.</summary>
    private static async Task<WebApplication> StartLoginAsync(List<string> requested, Func<Task<string>> requestToken)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapGet("/.well-known/oauth-authorization-server", (HttpRequest request) =>
        {
            var issuer = $"{request.Scheme}://{request.Host}";
            var metadata = new JsonObject
            {
                ["issuer"] = issuer,
                ["authorization_endpoint"] = $"{issuer}/authorize",
                ["token_endpoint"] = $"{issuer}/token",
                ["response_types_supported"] = new JsonArray("code"),
                ["code_challenge_methods_supported"] = new JsonArray("S256"),
                ["token_endpoint_auth_methods_supported"] = new JsonArray("none"),
            };
            return Results.Text(metadata.ToJsonString(), "application/json");
        });
        app.MapPost("/token", async (HttpRequest request) =>
        {
            requested.Add((await request.ReadFormAsync())["grant_type"].ToString());
            return Results.Text(await requestToken(), "application/json");
        });
        await app.StartAsync();
        return app;
    }

    [McpServerToolType]
    internal sealed class Tools
    {
        [McpServerTool(Name = "count_orders")]
        public static int CountOrders() => 2;
    }
}
