using System.Text.Json.Nodes;
using CognitoM2M.Settings;
using CognitoM2M.Testing;
using CognitoM2M.Testing.Schemas;
using Microsoft.Extensions.Configuration;

namespace CognitoM2M.Tests.Settings;

/// <summary>The schema that completes <c>appsettings.json</c> in editors says what the reader of the section accepts.</summary>
public sealed class ConfigurationSchemaTests
{
    private const string SchemaPath = "src/CognitoM2M/ConfigurationSchema.json";

    private static readonly string[] _setInCodeAlone =
    [
        nameof(CognitoM2MClientOptions.ClientSecretSource), nameof(CognitoM2MClientOptions.DistributedCache), nameof(CognitoM2MClientOptions.PasswordSource),
    ];

    [Fact]
    public void Schema_has_every_option_with_its_type_its_default_and_its_description()
    {
        var docs = new XmlDocs(typeof(CognitoM2MClientOptions).Assembly);
        var client = new SettingsSchema(docs)
            .Add(new CognitoM2MClientOptions(), typeof(CognitoM2MClientOptions).GetProperties().Where(property => !_setInCodeAlone.Contains(property.Name)))
            .ToJson(docs.Describe(typeof(CognitoM2MClientOptions)));
        var clients = new JsonObject
        {
            ["type"] = "object",
            ["description"] = "The app clients, each under a name of your choice.",
            ["additionalProperties"] = client,
        };

        SchemaFile.AssertEqual(SchemaPath, SchemaFile.Wrap(clients, "CognitoM2M", "Clients"));
    }

    [Fact]
    public void Reader_accepts_every_value_of_the_schema()
    {
        var values = ReadSchema().SelectMany(setting => SettingsSchema.CreateValues($"client:{setting.Key}", setting.Value!));

        Assert.All(values, value => Assert.Empty(FindErrors(value)));
    }

    [Fact]
    public void Reader_refuses_options_that_are_not_in_the_schema()
    {
        var missing = typeof(CognitoM2MClientOptions).GetProperties().Select(property => property.Name).Except(ReadSchema().Select(setting => setting.Key));

        Assert.All(missing, name => Assert.Contains("is not a setting", Assert.Single(FindErrors([new($"client:{name}", "text")])), StringComparison.Ordinal));
    }

    private static JsonObject ReadSchema() =>
        JsonNode.Parse(Checkout.Read(SchemaPath))!["properties"]!["CognitoM2M"]!["properties"]!["Clients"]!["additionalProperties"]!["properties"]!.AsObject();

    private static List<string> FindErrors(IEnumerable<KeyValuePair<string, string?>> values)
    {
        var options = new CognitoM2MClientOptions();
        var section = new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection("client");
        new ClientOptionsSection("orders", section).Configure("orders", options);
        return options.ConfigurationErrors;
    }
}
