using System.Net;
using System.Text.Json.Nodes;
using CognitoM2M.AspNetCore.ResourceMetadata;
using CognitoM2M.AspNetCore.Tests.Support;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.Tests.Authentication;

/// <summary>Metadata of a protected resource behind a proxy, without user pools, and during a change of the settings.</summary>
public sealed class ResourceMetadataEdgeTests
{
    private const string Path = "/.well-known/oauth-protected-resource/mcp";

    [Fact]
    public async Task Behind_a_proxy_the_document_names_the_same_address_as_the_challenge()
    {
        await using var api = await Api.StartAsync(
            app =>
            {
                app.UseForwardedHeaders();
                app.UseAuthentication();
                app.UseAuthorization();
                app.MapGet("/mcp", () => "in").RequireCognitoScope("orders/read");
            },
            options => options.Resource = "/mcp",
            services => services.Configure<ForwardedHeadersOptions>(forwarded =>
            {
                forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
                forwarded.KnownProxies.Clear();
                forwarded.KnownIPNetworks.Clear();
            }));

        using var challenge = await SendThroughProxyAsync(api, "/mcp");
        using var metadata = await SendThroughProxyAsync(api, Path);

        challenge.Is(HttpStatusCode.Unauthorized, $"Bearer realm=\"CognitoM2M\", scope=\"orders/read\", resource_metadata=\"https://api.example.com{Path}\"");
        Assert.Equal("https://api.example.com/mcp", (string)JsonNode.Parse(await metadata.Content.ReadAsStringAsync())!["resource"]!);
    }

    [Fact]
    public async Task Headers_of_a_proxy_do_not_count_unless_the_application_reads_them()
    {
        await using var api = await Api.StartAsync(app => app.MapGet("/mcp", () => "in").RequireCognitoScope("orders/read"), options => options.Resource = "/mcp");

        using var metadata = await SendThroughProxyAsync(api, Path);

        Assert.Equal("http://localhost/mcp", (string)JsonNode.Parse(await metadata.Content.ReadAsStringAsync())!["resource"]!);
    }

    [Fact]
    public async Task Metadata_names_no_authorization_servers_without_user_pools()
    {
        await using var api = await Api.StartWithAsync(
            services => services.AddAuthentication().AddCognitoM2M(options =>
            {
                options.Resource = "/mcp";
                options.Verification.FindTenant = (_, _, _) => Task.FromResult<TrustedUserPool?>(null);
            }),
            app => app.MapGet("/mcp", () => "in").RequireCognitoScope("orders/read"));

        Assert.Equal("""{"resource":"http://localhost/mcp","bearer_methods_supported":["header"]}""", await api.Http.GetStringAsync(Path));
    }

    [Fact]
    public void User_pool_that_the_verifier_no_longer_follows_has_its_usual_issuer()
    {
        var options = new CognitoM2MAuthenticationOptions { UserPoolId = Pool.Usual.Id, AllowAnyClient = true };

        Assert.Equal([Pool.Usual.Issuer], MetadataDocument.FindIssuers(options, keySets: []));
    }

    private static async Task<HttpResponseMessage> SendThroughProxyAsync(Api api, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "api.example.com");
        return await api.Http.SendAsync(request);
    }
}
