using System.Net;
using CognitoM2M.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.Tests.Authentication;

/// <summary>Settings of the protected resource metadata are checked, and their changes are followed.</summary>
public sealed class ResourceMetadataSettingsTests
{
    private const string Path = "/.well-known/oauth-protected-resource";

    [Theory]
    [InlineData("api.example.com/mcp")]
    [InlineData("http://api.example.com/mcp")]
    [InlineData("https://api.example.com/mcp?x=1")]
    [InlineData("https://api.example.com/mcp#a")]
    [InlineData("https://user:secret@api.example.com/mcp")]
    [InlineData("ftp://api.example.com/mcp")]
    [InlineData("//api.example.com/mcp")]
    [InlineData("/mcp?x=1")]
    [InlineData("/a b")]
    [InlineData("/a\"b")]
    [InlineData("mcp")]
    [InlineData("")]
    public async Task Resource_that_is_no_address_and_no_path_is_a_mistake(string resource)
    {
        var thrown = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(options => options.Resource = resource));

        Assert.StartsWith("Authentication scheme 'CognitoM2M': Resource must ", Assert.Single(thrown.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_settings_of_the_metadata_are_checked()
    {
        var thrown = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(options =>
        {
            options.AuthorizationServers = ["login", "http://login.example.com"];
            options.ScopesSupported = ["a b"];
        }));

        string[] expected =
        [
            "AuthorizationServers: each entry must be an absolute address", "AuthorizationServers: an entry must use https",
            "ScopesSupported: an entry is not a scope", "Resource is missing",
        ];
        Assert.Equal(expected.Length, thrown.Failures.Count());
        Assert.All(thrown.Failures.Zip(expected), pair => Assert.StartsWith($"Authentication scheme 'CognitoM2M': {pair.Second}", pair.First, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metadata_needs_one_setting_and_follows_a_change_of_this_setting()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Authentication:Schemes:CognitoM2M:UserPoolId"] = Pool.Usual.Id,
            ["Authentication:Schemes:CognitoM2M:AllowAnyClient"] = "true",
            ["Authentication:Schemes:CognitoM2M:Resource"] = "/mcp",
        }).Build();
        await using var api = await Api.StartWithAsync(
            services =>
            {
                services.AddSingleton<IConfiguration>(configuration);
                services.AddAuthentication().AddCognitoM2M();
                services.PostConfigureAll<CognitoM2MAuthenticationOptions>(options => options.CreateKeySetHttpClient = new KeyServer().Client);
            },
            app => app.MapGet("/", () => "in").RequireAuthorization());

        using var before = await api.GetAsync($"{Path}/mcp");
        configuration["Authentication:Schemes:CognitoM2M:Resource"] = "/other";
        configuration.Reload();
        using var former = await api.GetAsync($"{Path}/mcp");
        using var changed = await api.GetAsync($"{Path}/other");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.OK), (before.StatusCode, former.StatusCode, changed.StatusCode));
    }

    private static Task<Api> StartAsync(Action<CognitoM2MAuthenticationOptions>? options = null, Action<IServiceCollection>? services = null) =>
        Api.StartAsync(app => app.MapGet("/orders", () => "orders").RequireCognitoScope("orders/read"), options, services);
}
