using System.Text.Json.Nodes;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.Tests.Authentication;

/// <summary>The metadata of an API behind a proxy that ends TLS, and whose <c>Resource</c> is a path.</summary>
public sealed class ForwardedResourceTests
{
    private const string Path = "/.well-known/oauth-protected-resource/mcp";

    [Fact]
    public async Task Metadata_and_challenge_name_the_address_that_callers_use()
    {
        await using var api = await StartAsync(Trust);

        Assert.Equal(("https://api.example.com/mcp", $"https://api.example.com{Path}"), await ReadAsync(api));
    }

    [Fact]
    public async Task Address_in_the_headers_of_a_caller_does_not_count_without_forwarded_headers()
    {
        await using var api = await StartAsync(_ => { });

        Assert.Equal(("http://localhost/mcp", $"http://localhost{Path}"), await ReadAsync(api));
    }

    [Fact]
    public async Task Forwarded_host_that_is_not_allowed_does_not_count()
    {
        await using var api = await StartAsync(options =>
        {
            Trust(options);
            options.AllowedHosts = ["orders.example.com"];
        });

        Assert.Equal(("https://localhost/mcp", $"https://localhost{Path}"), await ReadAsync(api));
    }

    [Fact]
    public async Task Headers_that_a_startup_filter_has_used_are_not_used_again()
    {
        await using var api = await StartAsync(Trust, services => services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, EarlyForwarding>()));

        Assert.Equal(("https://api.example.com/mcp", $"https://api.example.com{Path}"), await ReadAsync(api, "stranger.example.com, api.example.com"));
    }

    private static void Trust(ForwardedHeadersOptions options)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
    }

    private static Task<Api> StartAsync(Action<ForwardedHeadersOptions> forwarded, Action<IServiceCollection>? change = null) => Api.StartAsync(
        app =>
        {
            // If the test adds a startup filter, the filter calls UseForwardedHeaders.
            if (change is null)
                app.UseForwardedHeaders();
            app.UseAuthentication();
            app.UseAuthorization();
            app.MapGet("/mcp", () => "in").RequireCognitoScope("orders/read");
        },
        options => options.Resource = "/mcp",
        services =>
        {
            services.Configure(forwarded);
            change?.Invoke(services);
        });

    /// <summary>Reads the address of the resource from the metadata, and the address of the metadata from a challenge.</summary>
    private static async Task<(string Resource, string Metadata)> ReadAsync(Api api, string host = "api.example.com")
    {
        api.Http.DefaultRequestHeaders.Add("X-Forwarded-Proto", host.Contains(',', StringComparison.Ordinal) ? "http, https" : "https");
        api.Http.DefaultRequestHeaders.Add("X-Forwarded-Host", host);
        using var challenge = await api.GetAsync("/mcp");
        var metadata = JsonNode.Parse(await api.Http.GetStringAsync(Path))!;
        return ((string)metadata["resource"]!, challenge.Challenges().Single().Split("resource_metadata=\"")[1].TrimEnd('"'));
    }

    /// <summary>What ASPNETCORE_FORWARDEDHEADERS_ENABLED adds to an application.</summary>
    private sealed class EarlyForwarding : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseForwardedHeaders();
            next(app);
        };
    }
}
