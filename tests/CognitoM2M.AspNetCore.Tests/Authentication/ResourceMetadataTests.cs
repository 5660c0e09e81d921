using System.Net;
using System.Text.Json.Nodes;
using CognitoM2M.AspNetCore.Tests.Support;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.Tests.Authentication;

/// <summary>Metadata of a protected resource (RFC 9728), and its address in challenges.</summary>
public sealed class ResourceMetadataTests
{
    private const string Path = "/.well-known/oauth-protected-resource";

    [Fact]
    public async Task Metadata_names_the_resource_and_the_issuer_of_the_user_pool()
    {
        await using var api = await StartAsync(options => options.Resource = "https://api.example.com/mcp");

        using var response = await api.GetAsync($"{Path}/mcp");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(
            $$"""{"resource":"https://api.example.com/mcp","authorization_servers":["{{Pool.Usual.Issuer}}"],"bearer_methods_supported":["header"]}""",
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Metadata_has_the_values_that_the_options_add()
    {
        await using var api = await StartAsync(options =>
        {
            options.Resource = "https://api.example.com";
            options.ResourceName = "Orders \"and\" more";
            options.ScopesSupported = ["orders/read", "orders/write"];
            options.AuthorizationServers = ["https://login.example.com"];
        });

        var metadata = JsonNode.Parse(await api.Http.GetStringAsync(Path))!;

        Assert.Equal(("https://api.example.com", "Orders \"and\" more"), ((string)metadata["resource"]!, (string)metadata["resource_name"]!));
        Assert.Equal(["orders/read", "orders/write"], metadata["scopes_supported"]!.AsArray().Select(scope => (string)scope!));
        Assert.Equal(["https://login.example.com"], metadata["authorization_servers"]!.AsArray().Select(server => (string)server!));
    }

    [Theory]
    [InlineData("https://api.example.com", Path, "https://api.example.com" + Path)]
    [InlineData("https://api.example.com/", Path, "https://api.example.com" + Path)]
    [InlineData("https://api.example.com:8443/a/b", Path + "/a/b", "https://api.example.com:8443" + Path + "/a/b")]
    [InlineData("https://api.example.com/a/", Path + "/a", "https://api.example.com" + Path + "/a")]
    [InlineData("http://localhost:5000/mcp", Path + "/mcp", "http://localhost:5000" + Path + "/mcp")]
    [InlineData("/mcp", Path + "/mcp", "http://localhost" + Path + "/mcp")]
    [InlineData("/", Path, "http://localhost" + Path)]
    public async Task Metadata_is_served_at_the_address_that_the_challenge_names(string resource, string path, string address)
    {
        await using var api = await StartAsync(options => options.Resource = resource);

        using var challenge = await api.GetAsync("/orders");
        using var metadata = await api.GetAsync(path);

        challenge.Is(HttpStatusCode.Unauthorized, $"Bearer realm=\"CognitoM2M\", scope=\"orders/read\", resource_metadata=\"{address}\"");
        var written = (string)JsonNode.Parse(await metadata.Content.ReadAsStringAsync())!["resource"]!;
        Assert.Equal(resource.StartsWith('/') ? "http://localhost" + resource : resource, written);
    }

    [Fact]
    public async Task Answers_403_and_400_name_the_metadata_too()
    {
        await using var api = await StartAsync(options => options.Resource = "/mcp");

        using var forbidden = await api.GetAsync("/orders", Pool.Usual.Token("x/y"));
        using var ambiguous = await api.SendAsync("/orders", "Bearer x", "Bearer y");

        Assert.All([forbidden, ambiguous], response => Assert.EndsWith($", resource_metadata=\"http://localhost{Path}/mcp\"", response.Challenges().Single(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_metadata_is_served_without_a_resource()
    {
        await using var api = await StartAsync();

        using var metadata = await api.GetAsync(Path);
        using var challenge = await api.GetAsync("/orders");

        Assert.Equal(HttpStatusCode.NotFound, metadata.StatusCode);
        challenge.Is(HttpStatusCode.Unauthorized, "Bearer realm=\"CognitoM2M\", scope=\"orders/read\"");
    }

    [Theory]
    [InlineData(Path)]
    [InlineData(Path + "/other")]
    [InlineData(Path + "/mcp/more")]
    [InlineData(Path + "mcp")]
    public async Task Metadata_of_other_resources_is_not_served(string path)
    {
        await using var api = await StartAsync(options => options.Resource = "https://api.example.com/mcp");

        using var response = await api.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Metadata_needs_no_token_although_every_endpoint_does()
    {
        await using var api = await StartAsync(
            options => options.Resource = "/mcp",
            services => services.AddAuthorizationBuilder().SetFallbackPolicy(new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()));

        using var response = await api.GetAsync($"{Path}/mcp");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Pages_of_other_origins_may_read_the_metadata()
    {
        await using var api = await StartAsync(options => options.Resource = "/mcp");
        using var preflight = new HttpRequestMessage(HttpMethod.Options, $"{Path}/mcp");
        preflight.Headers.Add("Origin", "https://inspector.example");
        preflight.Headers.Add("Access-Control-Request-Method", "GET");
        preflight.Headers.Add("Access-Control-Request-Headers", "mcp-protocol-version");

        using var allowed = await api.Http.SendAsync(preflight);
        using var metadata = await api.GetAsync($"{Path}/mcp");

        Assert.Equal(HttpStatusCode.NoContent, allowed.StatusCode);
        Assert.Equal("*", allowed.Headers.GetValues("Access-Control-Allow-Headers").Single());
        Assert.All([allowed, metadata], response => Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single()));
    }

    [Fact]
    public async Task Metadata_is_served_to_GET_and_HEAD_only()
    {
        await using var api = await StartAsync(options => options.Resource = "/mcp");
        using var head = new HttpRequestMessage(HttpMethod.Head, $"{Path}/mcp");

        using var written = await api.Http.PostAsync($"{Path}/mcp", content: null);
        using var looked = await api.Http.SendAsync(head);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, written.StatusCode);
        Assert.Equal(HttpStatusCode.OK, looked.StatusCode);
        Assert.Empty(await looked.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Metadata_names_the_form_of_issuer_for_which_keys_were_found()
    {
        var keys = new KeyServer { Publishes = address => address.Contains("//issuer-cognito-idp.", StringComparison.Ordinal) };
        await using var api = await StartAsync(options =>
        {
            options.Resource = "/mcp";
            options.Jwks = null;
            options.CreateKeySetHttpClient = keys.Client;
        });
        const string Updated = "https://issuer-cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123";
        using var accepted = await api.GetAsync("/orders", Pool.Usual.Token(change: payload => payload["iss"] = Updated));

        var metadata = JsonNode.Parse(await api.Http.GetStringAsync($"{Path}/mcp"))!;

        accepted.Is(HttpStatusCode.OK);
        Assert.Equal(Updated, (string)metadata["authorization_servers"]![0]!);
    }

    [Fact]
    public async Task Every_trusted_user_pool_is_an_authorization_server()
    {
        await using var api = await StartAsync(options =>
        {
            options.Resource = "/mcp";
            options.UserPools = [new TrustedUserPool { Issuer = "https://login.example.com/a", AllowAnyClient = true, Jwks = Pool.Usual.KeySet }];
        });

        var metadata = JsonNode.Parse(await api.Http.GetStringAsync($"{Path}/mcp"))!;

        Assert.Equal(["https://login.example.com/a", Pool.Usual.Issuer], metadata["authorization_servers"]!.AsArray().Select(server => (string)server!));
    }

    [Fact]
    public async Task Each_of_several_schemes_has_its_own_resource()
    {
        await using var api = await Api.StartWithAsync(
            services => services.AddAuthentication().AddCognitoM2M("One", options => Use(options, "/one")).AddCognitoM2M("Two", options => Use(options, "/two")),
            app => app.MapGet("/two", () => "in").RequireAuthorization(policy => policy.AddAuthenticationSchemes("Two").RequireAuthenticatedUser()));

        var metadata = JsonNode.Parse(await api.Http.GetStringAsync($"{Path}/two"))!;
        using var challenge = await api.GetAsync("/two");

        Assert.Equal("http://localhost/two", (string)metadata["resource"]!);
        challenge.Is(HttpStatusCode.Unauthorized, $"Bearer realm=\"Two\", resource_metadata=\"http://localhost{Path}/two\"");

        static void Use(CognitoM2MAuthenticationOptions options, string resource)
        {
            Api.Usual(options);
            options.Resource = resource;
        }
    }

    private static Task<Api> StartAsync(Action<CognitoM2MAuthenticationOptions>? options = null, Action<IServiceCollection>? services = null) =>
        Api.StartAsync(app => app.MapGet("/orders", () => "orders").RequireCognitoScope("orders/read"), options, services);
}
