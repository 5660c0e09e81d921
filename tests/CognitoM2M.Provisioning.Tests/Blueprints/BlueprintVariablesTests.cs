namespace CognitoM2M.Provisioning.Tests.Blueprints;

public sealed class BlueprintVariablesTests
{
    private static readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal)
    {
        ["STAGE"] = "prod",
        ["PROTECTED"] = "true",
        ["VERSION"] = "2",
        ["LIFETIME"] = "30m",
        ["QUOTE"] = "a\"b",
        ["AGAIN"] = "${STAGE}",
        ["DB_PASSWORD"] = "hunter2",
    };

    [Fact]
    public void Variables_are_replaced_in_every_kind_of_value()
    {
        var blueprint = Parse("""
            {
              "userPool": { "name": "acme-${STAGE}", "deletionProtection": "${PROTECTED}", "tags": { "stage": "${STAGE}-${STAGE}" } },
              "domain": { "prefix": "acme-${STAGE}", "prefixManagedLoginVersion": "${VERSION}" },
              "resourceServers": [ { "identifier": "orders", "scopes": [ { "name": "read", "description": "${QUOTE} $${STAGE} ${AGAIN} $5" } ] } ],
              "appClients": [ { "name": "billing", "scopes": [ "orders/read" ], "tokenLifetime": "${LIFETIME}" } ]
            }
            """);

        Assert.Equal("acme-prod", blueprint.UserPool.Name);
        Assert.True(blueprint.UserPool.DeletionProtection);
        Assert.Equal("prod-prod", blueprint.UserPool.Tags["stage"]);
        Assert.Equal(2, blueprint.Domain!.PrefixManagedLoginVersion);
        Assert.Equal("a\"b ${STAGE} ${STAGE} $5", blueprint.ResourceServers[0].Scopes[0].Description);
        Assert.Equal(TimeSpan.FromMinutes(30), blueprint.AppClients[0].TokenLifetime);
    }

    [Theory]
    [InlineData("${MISSING}", "the variable 'MISSING' is not set; set it in the environment, or with --var MISSING=VALUE")]
    [InlineData("${DB_PASSWORD}", "the variable 'DB_PASSWORD' has the name of a secret, and the values of a blueprint are shown in plans; give secrets with secretVariable")]
    [InlineData("${AWS_SECRET_ACCESS_KEY}", "the variable 'AWS_SECRET_ACCESS_KEY' has the name of a secret, and the values of a blueprint are shown in plans; give secrets with secretVariable")]
    [InlineData("${AWS_SESSION_TOKEN}", "the variable 'AWS_SESSION_TOKEN' has the name of a secret, and the values of a blueprint are shown in plans; give secrets with secretVariable")]
    [InlineData("${", "'${' must be followed by the name of a variable and }: letters, digits and _, not beginning with a digit; write $${ for ${ itself")]
    [InlineData("${1A}", "'${' must be followed by the name of a variable and }: letters, digits and _, not beginning with a digit; write $${ for ${ itself")]
    public void Wrong_variable_is_reported_once_with_its_place_and_without_its_value(string text, string expected)
    {
        var refusal = Assert.Throws<BlueprintException>(() => Parse($$"""{ "userPool": { "name": "{{text}}" } }"""));

        Assert.Equal($"line 1, column 25, userPool.name: {expected}", refusal.Message);
    }

    [Fact]
    public void Value_of_a_variable_is_checked_like_any_other()
    {
        var refusal = Assert.Throws<BlueprintException>(() => Parse(
            """{ "userPool": { "name": "${QUOTE}", "deletionProtection": "${STAGE}", "tier": "${STAGE}" } }"""));

        Assert.Equal(
            ["userPool.name", "userPool.deletionProtection", "userPool.tier"],
            refusal.Mistakes.Select(mistake => mistake.Path));
    }

    [Fact]
    public void Text_in_quotes_is_no_flag_without_a_variable()
    {
        var refusal = Assert.Throws<BlueprintException>(() => Parse("""{ "userPool": { "name": "${STAGE}", "deletionProtection": "true" } }"""));

        Assert.Equal("must be true or false", Assert.Single(refusal.Mistakes).Message);
    }

    [Theory]
    [InlineData("costs ${STAGE}")]
    [InlineData("$${")]
    [InlineData("$$$${x}")]
    public void Text_with_the_sign_of_a_variable_survives_writing_and_reading(string text)
    {
        var blueprint = new Blueprint
        {
            UserPool = new() { Name = "acme" },
            ResourceServers = [new() { Identifier = "orders", Scopes = [new() { Name = "read", Description = text }] }],
        };

        Assert.Equal(text, Blueprint.Parse(blueprint.ToJson()).ResourceServers[0].Scopes[0].Description);
    }

    private static Blueprint Parse(string json) => Blueprint.Parse(json, _variables.GetValueOrDefault);
}
