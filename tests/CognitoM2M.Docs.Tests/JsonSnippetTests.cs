using System.Text;
using System.Text.Json;
using CognitoM2M.AspNetCore;
using CognitoM2M.Provisioning;
using CognitoM2M.UserSessions;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Docs.Tests;

/// <summary>Every block of JSON on the pages can be read: settings are bound and valid, and blueprints are valid.</summary>
public sealed class JsonSnippetTests
{
    private static readonly CodeBlock[] _blocks = [.. MarkdownPage.All.SelectMany(page => page.FindBlocks("json"))];

    public static TheoryData<string> Blocks => [.. _blocks.Where(block => block.NotCompiledBecause is null).Select(block => block.ToString())];

    [Theory]
    [MemberData(nameof(Blocks), DisableDiscoveryEnumeration = true)]
    public void Json_on_a_page_is_valid(string place) => Check(_blocks.Single(block => block.ToString() == place).Code);

    [Fact]
    public void Pages_have_settings_and_blueprints()
    {
        Assert.Contains(_blocks, block => block.Code.Contains("\"Clients\"", StringComparison.Ordinal));
        Assert.Contains(_blocks, block => block.Code.Contains("\"Schemes\"", StringComparison.Ordinal));
        Assert.Contains(_blocks, block => block.Code.Contains("\"userPool\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "a": """)]
    [InlineData("""{ "userPool": { "naem": "acme" } }""")]
    [InlineData("""{ "CognitoM2M": { "Clients": { "orders": { "Domain": "acme-m2m", "ClientId": "1example" } } } }""")]
    [InlineData("""{ "CognitoM2M": { "Clients": { "orders": { "Domain": "acme-m2m", "Region": "eu-west-1", "ClientId": "1example", "Scoops": [ "a/b" ] } } } }""")]
    [InlineData("""{ "Authentication": { "Schemes": { "CognitoM2M": { "UserPoolId": "eu-west-1_AbCdEf123" } } } }""")]
    public void Wrong_json_is_found(string json) => Assert.ThrowsAny<Exception>(() => Check(json));

    private static void Check(string json)
    {
        // A part of an object, such as the line of one property.
        if (!json.TrimStart().StartsWith('{') && !json.TrimStart().StartsWith('['))
            json = $"{{{json}}}";
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            return;
        if (document.RootElement.TryGetProperty("userPool", out _))
            Blueprint.Parse(json, name => name.EndsWith("POOL_ID", StringComparison.Ordinal) ? "eu-west-1_AbCdEf123" : "a-value-of-the-environment");
        else
            CheckSettings(json);
    }

    private static void CheckSettings(string json)
    {
        // What readers put in: "..." in place of an id, "<...>" in place of a secret.
        json = json.Replace("\"...\"", "\"1example23456789abcdefghij\"", StringComparison.Ordinal).Replace("\"<from your secret store>\"", $"\"{Convert.ToBase64String(new byte[32])}\"", StringComparison.Ordinal);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        var configuration = new ConfigurationBuilder().AddJsonStream(stream).Build();
        CheckClients(configuration);
        CheckSchemes(configuration);
        if (configuration.GetSection("CognitoM2M:UserSessions").Exists())
        {
            using var provider = new ServiceCollection().AddCognitoUserSessions(configuration.GetSection("CognitoM2M:UserSessions")).BuildServiceProvider();
            _ = provider.GetRequiredService<IOptions<CognitoUserSessionsOptions>>().Value;
        }
    }

    private static void CheckClients(IConfigurationRoot configuration)
    {
        var clients = configuration.GetSection("CognitoM2M:Clients").GetChildren().ToList();
        if (clients.Count == 0)
            return;
        // Secrets and passwords come from other sources. Other settings do so, too, if a file only replaces settings of another file.
        foreach (var client in clients)
        {
            if (Lacks(client, "ClientId", "Domain", "TokenEndpoint", "Route"))
                (client["ClientId"], client["Domain"], client["Region"]) = ("1example23456789abcdefghij", "acme-m2m", "eu-west-1");
            client["ClientSecret"] ??= client["ClientSecretFile"] is null && client["Username"] is null ? "secret" : null;
            client["Password"] ??= client["PasswordFile"] is null && client["Username"] is not null ? "password" : null;
        }

        using var provider = new ServiceCollection().AddCognitoM2MClients(configuration).BuildServiceProvider();
        foreach (var client in clients)
            _ = provider.GetRequiredService<IOptionsMonitor<CognitoM2MClientOptions>>().Get(client.Key);
    }

    private static bool Lacks(IConfigurationSection section, params IEnumerable<string> settings) => settings.All(setting => !section.GetSection(setting).Exists());

    private static void CheckSchemes(IConfiguration configuration)
    {
        foreach (var scheme in configuration.GetSection("Authentication:Schemes").GetChildren())
        {
            if (Lacks(scheme, "UserPoolId", "UserPools", "Issuer"))
                scheme["UserPoolId"] = "eu-west-1_AbCdEf123";
            var services = new ServiceCollection();
            services.AddLogging();
            services.AddSingleton(configuration);
            if (scheme.Key == JwtBearerDefaults.AuthenticationScheme)
                services.AddAuthentication().AddJwtBearer().UseCognitoM2M();
            else
                services.AddAuthentication().AddCognitoM2M(scheme.Key);

            using var provider = services.BuildServiceProvider();
            if (scheme.Key == JwtBearerDefaults.AuthenticationScheme)
                _ = provider.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>().Get(scheme.Key);
            else
                _ = provider.GetRequiredService<IOptionsMonitor<CognitoM2MAuthenticationOptions>>().Get(scheme.Key);
        }
    }
}
