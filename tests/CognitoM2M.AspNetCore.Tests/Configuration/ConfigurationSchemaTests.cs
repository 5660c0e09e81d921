using System.Reflection;
using System.Text.Json.Nodes;
using CognitoM2M.AspNetCore.Configuration;
using CognitoM2M.Testing;
using CognitoM2M.Testing.Schemas;
using CognitoM2M.Verification;
using Microsoft.Extensions.Configuration;

namespace CognitoM2M.AspNetCore.Tests.Configuration;

/// <summary>The schema that completes <c>appsettings.json</c> in editors says what the reader of the section accepts.</summary>
public sealed class ConfigurationSchemaTests
{
    private const string SchemaPath = "src/CognitoM2M.AspNetCore/ConfigurationSchema.json";

    private static readonly string[] _setInCodeAlone =
    [
        nameof(CognitoM2MAuthenticationOptions.CreateKeySetHttpClient), nameof(CognitoM2MAuthenticationOptions.Events),
        nameof(CognitoM2MAuthenticationOptions.IdTokenChecks), nameof(CognitoM2MAuthenticationOptions.Verification),
        nameof(CognitoAccessTokenVerifierOptions.Checks), nameof(CognitoTokenVerifierOptions.FindTenant), nameof(CognitoTokenVerifierOptions.TenantLifetime),
        nameof(CognitoTokenVerifierOptions.UnknownTenantLifetime), nameof(CognitoTokenVerifierOptions.MaxTenants),
    ];

    /// <summary>The section has the settings of the scheme and of its verifier side by side.</summary>
    private static IEnumerable<PropertyInfo> SchemeProperties =>
        typeof(CognitoM2MAuthenticationOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);

    private static IEnumerable<PropertyInfo> VerifierProperties =>
        typeof(CognitoAccessTokenVerifierOptions).GetProperties().Where(property => property.Name != nameof(CognitoTokenVerifierOptions.UserPools));

    [Fact]
    public void Schema_has_every_option_with_its_type_its_default_and_its_description()
    {
        var docs = new XmlDocs(typeof(CognitoM2MAuthenticationOptions).Assembly, typeof(TrustedUserPool).Assembly);
        var userPools = SchemeProperties.Single(property => property.Name == nameof(CognitoM2MAuthenticationOptions.UserPools));
        var userPool = new SettingsSchema(docs).Add(new TrustedUserPool(), typeof(TrustedUserPool).GetProperties()).ToJson(docs.Describe(typeof(TrustedUserPool)));
        var scheme = new SettingsSchema(docs)
            .Add(new CognitoM2MAuthenticationOptions(), SchemeProperties.Where(property => property != userPools && !_setInCodeAlone.Contains(property.Name)))
            .Add(new CognitoAccessTokenVerifierOptions(), VerifierProperties.Where(property => !_setInCodeAlone.Contains(property.Name)))
            .AddList(userPools, userPool)
            .ToJson(docs.Describe(typeof(CognitoM2MAuthenticationOptions)));

        SchemaFile.AssertEqual(SchemaPath, SchemaFile.Wrap(scheme, "Authentication", "Schemes", CognitoM2MAuthenticationDefaults.AuthenticationScheme));
    }

    [Fact]
    public void Reader_accepts_every_value_of_the_schema()
    {
        var values = ReadSchema().SelectMany(setting => SettingsSchema.CreateValues($"scheme:{setting.Key}", setting.Value!));

        Assert.All(values, value => Assert.Empty(FindErrors(value)));
    }

    [Fact]
    public void Reader_refuses_options_that_are_not_in_the_schema()
    {
        var missing = SchemeProperties.Concat(VerifierProperties).Select(property => property.Name).Except(ReadSchema().Select(setting => setting.Key));

        Assert.All(missing, name => Assert.Contains("is not a setting", Assert.Single(FindErrors([new($"scheme:{name}", "text")])), StringComparison.Ordinal));
    }

    private static JsonObject ReadSchema() =>
        JsonNode.Parse(Checkout.Read(SchemaPath))!["properties"]!["Authentication"]!["properties"]!["Schemes"]!["properties"]!["CognitoM2M"]!["properties"]!.AsObject();

    private static List<string> FindErrors(IEnumerable<KeyValuePair<string, string?>> values)
    {
        var options = new CognitoM2MAuthenticationOptions();
        AuthenticationSection.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection("scheme"), options);
        return options.ConfigurationErrors;
    }
}
