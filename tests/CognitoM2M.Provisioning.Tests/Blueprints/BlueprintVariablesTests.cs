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
        ["SETTINGS"] = "postgres://user:hunter2@db.example.com/orders",
        ["BILLING"] = "GivenSecretGivenSecretGiven1",
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
    [InlineData("${DB_PASSWORD}", "the variable 'DB_PASSWORD' is named like a secret, and the values of a blueprint are shown in plans; give secrets with secretVariable, or rename the variable if it holds no secret")]
    [InlineData("${AWS_SECRET_ACCESS_KEY}", "the variable 'AWS_SECRET_ACCESS_KEY' is named like a secret, and the values of a blueprint are shown in plans; give secrets with secretVariable, or rename the variable if it holds no secret")]
    [InlineData("${AWS_SESSION_TOKEN}", "the variable 'AWS_SESSION_TOKEN' is named like a secret, and the values of a blueprint are shown in plans; give secrets with secretVariable, or rename the variable if it holds no secret")]
    [InlineData("${", "'${' must be followed by the name of a variable and }: letters, digits and _, not beginning with a digit; write $${ for ${ itself")]
    [InlineData("${1A}", "'${' must be followed by the name of a variable and }: letters, digits and _, not beginning with a digit; write $${ for ${ itself")]
    public void Wrong_variable_is_reported_once_with_its_place_and_without_its_value(string text, string expected)
    {
        var refusal = Assert.Throws<BlueprintException>(() => Parse($$"""{ "userPool": { "name": "{{text}}" } }"""));

        Assert.Equal($"line 1, column 25, userPool.name: {expected}", refusal.Message);
    }

    [Theory]
    [InlineData("DB_PASS")]
    [InlineData("DB_PASS_PROD")]
    [InlineData("dbPass")]
    [InlineData("PGPASSWORD")]
    [InlineData("MYSQL_PWD")]
    [InlineData("MYSQLPWD")]
    [InlineData("DATABASE_URL")]
    [InlineData("ORDERS_DB_URI")]
    [InlineData("REDIS_URL")]
    [InlineData("RABBITMQURL")]
    [InlineData("CONNECTION_STRING")]
    [InlineData("ConnectionStrings__Orders")]
    [InlineData("STRIPE_KEY")]
    [InlineData("stripeKey")]
    [InlineData("API_KEY_PROD")]
    [InlineData("APIKEY")]
    [InlineData("AWS_ACCESS_KEY_ID")]
    [InlineData("GOOGLE_APPLICATION_CREDENTIALS")]
    [InlineData("AZURE_CREDS")]
    [InlineData("GITHUB_TOKEN")]
    [InlineData("NPMTOKEN")]
    [InlineData("GITHUB_PAT")]
    [InlineData("SENTRY_DSN")]
    [InlineData("SLACK_WEBHOOK_URL")]
    [InlineData("REDIS_AUTH")]
    [InlineData("CLIENT_SECRET")]
    public void Variable_with_the_name_of_a_secret_is_never_read(string name)
    {
        var refusal = Assert.Throws<BlueprintException>(() => Blueprint.Parse(
            $$$"""{ "userPool": { "name": "${{{{name}}}}" } }""", _ => throw new InvalidOperationException("The variable was read.")));

        Assert.Contains($"the variable '{name}' is named like a secret", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("STAGE")]
    [InlineData("AWS_REGION")]
    [InlineData("KMS_KEY_ARN")]
    [InlineData("KEY_PREFIX")]
    [InlineData("TOKEN_LIFETIME")]
    [InlineData("ACCESS_TOKEN_LIFETIME")]
    [InlineData("accessTokenValidity")]
    [InlineData("AUTH_DOMAIN")]
    [InlineData("CALLBACK_URL")]
    [InlineData("COMPASS_STAGE")]
    [InlineData("KEYCLOAK_HOST")]
    [InlineData("CERTIFICATE_ARN")]
    [InlineData("PASSENGER_API")]
    public void Variable_with_another_name_is_read(string name) =>
        Assert.Equal("acme", Blueprint.Parse($$$"""{ "userPool": { "name": "${{{{name}}}}" } }""", asked => asked == name ? "acme" : null).UserPool.Name);

    [Fact]
    public void Address_with_a_password_is_refused_whatever_the_variable_is_named()
    {
        var refusal = Assert.Throws<BlueprintException>(() => Parse("""{ "userPool": { "name": "acme", "tags": { "db": "${SETTINGS}" } } }"""));

        Assert.Equal(
            "line 1, column 49, userPool.tags.db: the value of the variable 'SETTINGS' is an address with a password in it, and the values of a blueprint are shown in plans",
            refusal.Message);
    }

    [Theory]
    [InlineData("BILLING")]
    [InlineData("BILL${SUFFIX}")]
    public void Variable_with_the_secret_of_an_app_client_is_refused_in_other_places(string variable)
    {
        var json = $$$"""
            {
              "userPool": { "name": "acme", "tags": { "note": "${BILLING}" } },
              "domain": { "prefix": "${BILLING}" },
              "resourceServers": [ { "identifier": "orders", "scopes": [ { "name": "read" } ] } ],
              "appClients": [ { "name": "billing", "scopes": [ "orders/read" ], "secretVariable": "{{{variable}}}" } ]
            }
            """;

        var refusal = Assert.Throws<BlueprintException>(() => Blueprint.Parse(json, name => name == "SUFFIX" ? "ING" : _variables.GetValueOrDefault(name)));

        Assert.Equal(["userPool.tags.note", "domain.prefix"], refusal.Mistakes.Select(mistake => mistake.Path));
        Assert.All(refusal.Mistakes, mistake => Assert.Contains("'BILLING' holds the secret of an app client", mistake.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("GivenSecret", refusal.ToString(), StringComparison.Ordinal);
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
    public void Text_in_quotes_is_read_as_a_flag_only_if_it_has_a_variable()
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
