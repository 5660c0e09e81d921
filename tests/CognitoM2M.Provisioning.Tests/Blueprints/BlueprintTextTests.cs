namespace CognitoM2M.Provisioning.Tests.Blueprints;

/// <summary>Mistakes in the text of a blueprint.</summary>
public sealed class BlueprintTextTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cognito-m2m-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("{\n\"userPool\": { \"name\": \"acme\",\n\"nmae\": 1 } }", "line 3, column 1, userPool.nmae: unknown property 'nmae'; did you mean 'name'?")]
    [InlineData("{\n\"userPool\": { \"name\": \"acme\" },\n\"userPool\": { \"name\": \"acme\" } }", "line 3, column 1, userPool: the property appears twice")]
    [InlineData("\n\n{ }", "line 3, column 1, userPool: is missing")]
    [InlineData("{\r\n\"userPool\": null }", "line 2, column 13, userPool: must not be null")]
    [InlineData("{\n\"userPool\": { \"name\": 7 } }", "line 2, column 23, userPool.name: must be text in quotes")]
    [InlineData("{ \"userPool\": { \"name\": {} } }", "line 1, column 25, userPool.name: must be text in quotes")]
    [InlineData("{ \"userPool\": { \"name\": \"\\ud800\" } }", "line 1, column 25, userPool.name: is not valid Unicode")]
    [InlineData("{ \"userPool\": { \"name\": \"acme\", \"deletionProtection\": 1 } }", "line 1, column 55, userPool.deletionProtection: must be true or false")]
    [InlineData("{ \"userPool\": { \"name\": \"acme\", \"tags\": { \"é\": null } } }", "line 1, column 48, userPool.tags.é: must not be null")]
    [InlineData("{ \"userPool\": { \"name\": \"acme\" }, \"appClients\": {} }", "line 1, column 49, appClients: must be a list in [ ]")]
    [InlineData("{ \"userPool\": [] }", "line 1, column 15, userPool: must be an object")]
    [InlineData("{\n\"userPool\": { \"name\": \"acme\", \"tier\": \"lite\" } }", "line 2, column 39, userPool.tier: must be one of \"Lite\", \"Essentials\", \"Plus\"")]
    [InlineData("{\n\"userPool\": { \"name\": \"acme\", \"tier\": 0 } }", "line 2, column 39, userPool.tier: must be one of \"Lite\", \"Essentials\", \"Plus\"")]
    [InlineData("null", "line 1, column 1, $: must be an object")]
    [InlineData("[]", "line 1, column 1, $: must be an object")]
    public void Mistake_is_reported_with_line_column_and_path(string json, string expected)
    {
        var refusal = Assert.Throws<BlueprintException>(() => Blueprint.Parse(json));

        Assert.Equal(expected, refusal.Message);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("{", 1)]
    [InlineData("{ \"userPool\": ", 1)]
    [InlineData("\u0000", 1)]
    [InlineData("{}\n{}", 2)]
    [InlineData("{\n\"userPool\": { \"\\ud800\": 1 } }", 2)]
    public void Text_that_is_not_JSON_is_a_mistake(string json, int line)
    {
        var mistake = Assert.Single(Assert.Throws<BlueprintException>(() => Blueprint.Parse(json)).Mistakes);

        Assert.Equal(line, mistake.Line);
        Assert.DoesNotContain("LineNumber", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_character_is_reported_with_its_column()
    {
        var refusal = Assert.Throws<BlueprintException>(() => Blueprint.Parse("{\n  \"userPool\": { \"name\": \"é\" x } }"));

        Assert.StartsWith("line 2, column 29, $: 'x' is invalid", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_of_the_text_and_against_the_rules_are_reported_at_once_in_their_order()
    {
        var refusal = Assert.Throws<BlueprintException>(() => Blueprint.Parse("""
            {
              "userPool": { "name": "a/b", "tier": "lite" },
              "domain": { "prefix": "my-cognito" },
              "resourceServers": [ { "identifier": "orders", "scopes": [ { "name": "read" } ] } ],
              "appClients": [
                { "name": "billing", "scopes": [ "orders/write", 7 ], "route": "oauth2" },
                { "name": "reports", "scpoes": [ "orders/read" ], "tokenLifetime": "1 hour" },
                { "name": "warehouse", "scopes": [ "orders/read" ], "tokenLifetime": "1m" },
                { "scopes": [ "orders/read" ] },
                null
              ]
            }
            """));

        Assert.Equal(
            [
                "line 2, column 25, userPool.name: must be 1 to 128 characters: letters, digits, spaces and _+=,.@-",
                "line 2, column 40, userPool.tier: must be one of \"Lite\", \"Essentials\", \"Plus\"",
                "line 3, column 25, domain.prefix: 'my-cognito' contains the reserved word 'cognito' between hyphens",
                "line 6, column 38, 'billing', appClients[0].scopes[0]: 'orders/write' is not a scope of a resource server in this blueprint",
                "line 6, column 54, 'billing', appClients[0].scopes[1]: must be text in quotes",
                "line 6, column 68, 'billing', appClients[0].route: must be one of \"OAuth2\", \"GetClientToken\", \"Both\", \"UserPassword\"",
                "line 7, column 5, 'reports', appClients[1].scopes: must be 1 to 50 scopes",
                "line 7, column 26, 'reports', appClients[1].scpoes: unknown property 'scpoes'; did you mean 'scopes'?",
                "line 7, column 72, 'reports', appClients[1].tokenLifetime: must be a whole number with one of the units s, m, h and d, such as \"30m\"",
                "line 8, column 74, 'warehouse', appClients[2].tokenLifetime: must be 5 minutes to 1 day, in whole seconds",
                "line 9, column 5, appClients[3].name: is missing",
                "line 10, column 5, appClients[4]: must not be null",
            ],
            refusal.Mistakes.Select(mistake => mistake.ToString()));
    }

    [Theory]
    [InlineData("domian", "domain")]
    [InlineData("resuorceServers", "resourceServers")]
    public void Misspelt_property_is_not_also_reported_as_a_missing_property(string name, string meant)
    {
        var json = """
            {
              "userPool": { "name": "acme" }, "domain": { "prefix": "acme" },
              "resourceServers": [ { "identifier": "orders", "scopes": [ { "name": "read" } ] } ],
              "appClients": [ { "name": "billing", "scopes": [ "orders/read" ] } ]
            }
            """;

        var refusal = Assert.Throws<BlueprintException>(() => Blueprint.Parse(
            json.Replace(meant, name, StringComparison.Ordinal)));

        Assert.Equal($"unknown property '{name}'; did you mean '{meant}'?", Assert.Single(refusal.Mistakes).Message);
    }

    [Fact]
    public void Message_lists_fifty_mistakes()
    {
        var clients = string.Join(",\n", Enumerable.Range(1, 100).Select(i => $$"""{ "name": "client-{{i}}", "scopes": [ 1 ], "x{{i}}": 1 }"""));

        var refusal = Assert.Throws<BlueprintException>(() => Blueprint.Parse($$"""{ "userPool": { "name": "acme" }, "appClients": [ {{clients}} ] }"""));

        var lines = refusal.Message.Split(Environment.NewLine);
        Assert.Equal(51, lines.Length);
        Assert.StartsWith("line 2, column", lines[5], StringComparison.Ordinal);
        Assert.Equal($"and {refusal.Mistakes.Count - 50} more", lines[50]);
        Assert.True(refusal.Mistakes.Count >= 200);
    }

    [Fact]
    public async Task File_of_more_than_ten_megabytes_is_refused_before_it_is_read()
    {
        var path = Path.Combine(_folder.FullName, "large.json");
        await using (var file = File.Create(path))
            file.SetLength(100_000_000_000);

        var refusal = await Assert.ThrowsAsync<BlueprintException>(() => Blueprint.LoadAsync(path));

        Assert.Equal("$: the file is longer than 10 MB, so it was not read; check that it is the right file", refusal.Message);
    }

    [Fact]
    public async Task File_of_ten_megabytes_is_read()
    {
        var path = Path.Combine(_folder.FullName, "large.json");
        var json = """{ "userPool": { "name": "acme" } }""";
        await File.WriteAllTextAsync(path, json + new string(' ', 10_000_000 - json.Length));

        Assert.Equal("acme", (await Blueprint.LoadAsync(path)).UserPool.Name);
    }
}
