using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using CognitoM2M.Provisioning.Blueprints;
using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Blueprints;

public sealed class BlueprintTests
{
    private const string Complete = """
        {
          "$schema": "cognito-m2m.schema.json",
          // Comments are allowed, and trailing commas.
          "userPool": { "name": "acme", "deletionProtection": true, "tier": "Lite", "tags": { "team": "core" } },
          "domain": { "prefix": "acme-m2m" },
          "resourceServers": [ { "identifier": "https://orders", "scopes": [ { "name": "read", "description": "Read" }, { "name": "write" } ] } ],
          "appClients": [ { "name": "billing", "scopes": [ "https://orders/read" ], "route": "Both", "tokenLifetime": "30m" }, ]
        }
        """;

    [Fact]
    public void Blueprint_survives_writing_and_reading()
    {
        var blueprint = Blueprint.Parse(Blueprint.Parse(Complete).ToJson());

        Assert.Equal("acme", blueprint.UserPool.Name);
        Assert.True(blueprint.UserPool.DeletionProtection);
        Assert.Equal(UserPoolTier.Lite, blueprint.UserPool.Tier);
        Assert.Equal("core", blueprint.UserPool.Tags["team"]);
        Assert.Equal("acme-m2m", blueprint.Domain!.Prefix);
        Assert.Equal("Read", blueprint.ResourceServers[0].Scopes[0].Description);
        Assert.Equal(AppClientRoute.Both, blueprint.AppClients[0].Route);
        Assert.Equal(TimeSpan.FromMinutes(30), blueprint.AppClients[0].TokenLifetime);
    }

    [Fact]
    public void Property_that_is_left_out_is_empty_or_null()
    {
        var blueprint = Blueprint.Parse("""{ "userPool": { "name": "acme" } }""");

        Assert.Empty(blueprint.ResourceServers);
        Assert.Empty(blueprint.AppClients);
        Assert.Empty(blueprint.UserPool.Tags);
        Assert.Null(blueprint.UserPool.Tier);
    }

    [Fact]
    public void All_mistakes_are_reported_at_once()
    {
        var blueprint = new Blueprint
        {
            UserPool = new() { Name = "acme/m2m", Id = "acme", Tags = new Dictionary<string, string> { ["aws:x"] = "", [OwnershipTag.Key] = "" } },
            Domain = new() { Prefix = "my-cognito", Custom = new() { Name = "https://x", CertificateArn = "arn:aws:acm:eu-west-1:123456789012:certificate/a" } },
            ResourceServers =
            [
                new() { Identifier = "orders", Name = "<x>", Scopes = [new() { Name = "a/b" }, new() { Name = "read", Description = "" }, new() { Name = "read" }] },
                new() { Identifier = "orders" },
                new() { Identifier = "aws.cognito" },
                new() { Identifier = new string('x', 250), Scopes = [new() { Name = "too-long" }] },
            ],
            AppClients =
            [
                new() { Name = "billing", Scopes = [] },
                new() { Name = "Billing", Scopes = ["orders/read", "orders/read", "orders/gone", "openid"], TokenLifetime = TimeSpan.FromMinutes(4) },
            ],
        };

        var paths = blueprint.Validate().Select(mistake => mistake.Path);

        Assert.Equal(
            [
                "userPool.name", "userPool.id", "userPool.tags.aws:x", $"userPool.tags.{OwnershipTag.Key}",
                "domain.prefix", "domain.custom.name", "domain.custom.certificateArn",
                "resourceServers[1]", "resourceServers[0].name", "resourceServers[0].scopes[2]", "resourceServers[0].scopes[0].name",
                "resourceServers[0].scopes[1].description", "resourceServers[2].identifier", "resourceServers[3].scopes[0].name",
                "appClients[1]", "appClients[0].scopes", "appClients[1].tokenLifetime", "appClients[1].scopes[1]",
                "appClients[1].scopes[2]", "appClients[1].scopes[3]",
            ],
            paths);
    }

    [Fact]
    public void Token_endpoint_needs_a_domain()
    {
        var blueprint = new Blueprint
        {
            UserPool = new() { Name = "acme" },
            ResourceServers = [new() { Identifier = "orders", Scopes = [new() { Name = "read" }] }],
            AppClients =
            [
                new() { Name = "a", Scopes = ["orders/read"] },
                new() { Name = "b", Scopes = ["orders/read"], Route = AppClientRoute.Both },
                new() { Name = "c", Scopes = ["orders/read"], Route = AppClientRoute.GetClientToken },
            ],
        };

        Assert.Equal(["appClients[0].route", "appClients[1].route"], blueprint.Validate().Select(mistake => mistake.Path));
    }

    [Fact]
    public void Null_items_are_mistakes()
    {
        var blueprint = new Blueprint { UserPool = new() { Name = "acme" }, ResourceServers = [null!], AppClients = [null!] };

        Assert.Equal(["resourceServers[0]", "appClients[0]"], blueprint.Validate().Select(mistake => mistake.Path));
    }

    [Fact]
    public void Schema_has_the_same_properties_as_the_records()
    {
        var schema = JsonNode.Parse(Blueprint.JsonSchema)!;

        Compare(schema, schema, BlueprintJson.Default.Blueprint, "$");
    }

    private static void Compare(JsonNode root, JsonNode schema, JsonTypeInfo type, string path)
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference)
            schema = root["$defs"]![reference.Split('/')[^1]]!;

        var properties = schema["properties"]!.AsObject();
        Assert.False(schema["additionalProperties"]!.GetValue<bool>(), path);
        Assert.Equal(type.Properties.Select(p => p.Name).Order(StringComparer.Ordinal), properties.Select(p => p.Key).Order(StringComparer.Ordinal));
        Assert.Equal(
            type.Properties.Where(p => p.IsRequired).Select(p => p.Name).Order(StringComparer.Ordinal),
            (schema["required"]?.AsArray() ?? []).Select(name => name!.GetValue<string>()).Order(StringComparer.Ordinal));

        foreach (var property in type.Properties)
        {
            var node = properties[property.Name]!;
            var enumType = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (enumType.IsEnum)
                Assert.Equal(Enum.GetNames(enumType), node["enum"]!.AsArray().Select(name => name!.GetValue<string>()));

            var info = BlueprintJson.Default.Options.GetTypeInfo(property.PropertyType);
            var (itemType, itemNode) = info.Kind == JsonTypeInfoKind.Enumerable ? (info.ElementType!, node["items"]!) : (property.PropertyType, node);
            var itemInfo = BlueprintJson.Default.Options.GetTypeInfo(itemType);
            if (itemInfo.Kind == JsonTypeInfoKind.Object)
                Compare(root, itemNode, itemInfo, $"{path}.{property.Name}");
        }
    }

    [Theory]
    [InlineData("aws")]
    [InlineData("my-aws")]
    [InlineData("amazon-orders")]
    [InlineData("my-cognito-orders")]
    public void Reserved_word_between_hyphens_is_a_mistake(string prefix) =>
        Assert.Equal("domain.prefix", Assert.Single(new Blueprint { UserPool = new() { Name = "acme" }, Domain = new() { Prefix = prefix } }.Validate()).Path);

    [Theory]
    [InlineData("lawsuit", "aws")]
    [InlineData("awesome-cognitoid", "cognito")]
    [InlineData("orders", null)]
    public async Task Reserved_word_inside_a_word_is_a_warning_of_the_plan(string prefix, string? word)
    {
        var account = new FakeAccount();

        var plan = await account.PlanAsync(new Blueprint { UserPool = new() { Name = "acme" }, Domain = new() { Prefix = prefix } });

        var step = plan.Steps.Single(step => step.Kind == PlannedKind.Domain);
        Assert.Equal(word is null ? null : $"Cognito may refuse the prefix, because it contains '{word}'", step.Warning);
        Assert.Equal(DestructiveChanges.None, plan.DestructiveChanges);
        Assert.DoesNotContain("must be allowed", plan.ToString(), StringComparison.Ordinal);
    }
}
