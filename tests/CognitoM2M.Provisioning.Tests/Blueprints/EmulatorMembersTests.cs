using System.Text.Json.Nodes;

namespace CognitoM2M.Provisioning.Tests.Blueprints;

/// <summary>Members of a blueprint that are for an emulator alone: claims, groups and users.</summary>
public sealed class EmulatorMembersTests
{
    private const string Complete = """
        {
          "userPool": { "name": "acme" },
          "domain": { "prefix": "acme-m2m" },
          "resourceServers": [ { "identifier": "orders", "scopes": [ { "name": "read" } ] } ],
          "appClients": [
            { "name": "billing", "id": "billing", "scopes": [ "orders/read" ],
              "claims": { "tenant": "acme-${STAGE}", "limits": { "daily": 12.5, "none": null }, "roles": [ "a", 1, true ], "https://acme.example/plan": "free", "aud": "billing" } },
            { "name": "reports", "scopes": [ "orders/read" ], "claims": {} }
          ],
          "groups": [ { "name": "admins", "description": "Admins", "precedence": 1, "roleArn": "arn:aws:iam::123456789012:role/Admins" }, { "name": "all" } ],
          "users": [
            { "name": "ann", "email": "ann@example.com", "password": "${ANN_PASSWORD}", "attributes": { "given_name": "Ann", "custom:tenant": "acme" }, "groups": [ "admins", "all" ] },
            { "email": "bob@example.com", "password": "a$${b}", "mustChangePassword": true }
          ]
        }
        """;

    private static readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal)
    {
        ["STAGE"] = "test",
        ["ANN_PASSWORD"] = "Passw0rd!",
        ["PLAIN"] = "Secret1!",
        ["ADDRESS"] = "https://user:pass@example.com",
    };

    [Fact]
    public void Claims_groups_and_users_survive_writing_and_reading()
    {
        var blueprint = Blueprint.Parse(Parse(Complete).ToJson());

        var claims = blueprint.AppClients[0].Claims!;
        Assert.Equal("acme-test", claims["tenant"].GetValue<string>());
        Assert.Equal("""{"daily":12.5,"none":null}""", claims["limits"].ToJsonString());
        Assert.Equal("""["a",1,true]""", claims["roles"].ToJsonString());
        Assert.Equal("free", claims["https://acme.example/plan"].GetValue<string>());
        Assert.Empty(blueprint.AppClients[1].Claims!);
        Assert.Equal(("admins", "Admins", 1, "arn:aws:iam::123456789012:role/Admins"), (blueprint.Groups[0].Name, blueprint.Groups[0].Description, blueprint.Groups[0].Precedence, blueprint.Groups[0].RoleArn));
        Assert.Equal(("ann", "ann@example.com", "Passw0rd!", false), (blueprint.Users[0].Name, blueprint.Users[0].Email, blueprint.Users[0].Password, blueprint.Users[0].MustChangePassword));
        Assert.Equal("acme", blueprint.Users[0].Attributes["custom:tenant"]);
        Assert.Equal(["admins", "all"], blueprint.Users[0].Groups);
        Assert.Equal(("a${b}", true), (blueprint.Users[1].Password, blueprint.Users[1].MustChangePassword));
    }

    [Fact]
    public void Text_of_a_user_does_not_show_the_password()
    {
        var user = Parse(Complete).Users[0];

        Assert.Equal("ann", user.ToString());
        Assert.DoesNotContain("Passw0rd!", $"{Parse(Complete)}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"tenant\": \"acme-${STAGE}\"", "\"sub\": \"x\"", "line 7, column 26, 'billing', appClients[0].claims.sub: the claim 'sub' cannot be changed: Cognito sets it alone")]
    [InlineData("\"tenant\": \"acme-${STAGE}\"", "\"cognito:x\": 1", "line 7, column 32, 'billing', appClients[0].claims.cognito:x: the claim 'cognito:x' cannot be changed: Cognito sets it alone")]
    [InlineData("\"tenant\": \"acme-${STAGE}\"", "\"scope\": \"x\"", "line 7, column 28, 'billing', appClients[0].claims.scope: the claim 'scope' is changed by adding or suppressing scopes")]
    [InlineData("\"tenant\": \"acme-${STAGE}\"", "\"\": \"x\"", "line 7, column 23, 'billing', appClients[0].claims.: the claim '' cannot be changed: Cognito sets it alone")]
    [InlineData("\"tenant\": \"acme-${STAGE}\"", "\"tenant\": null", "line 7, column 29, 'billing', appClients[0].claims.tenant: must not be null")]
    [InlineData("\"tenant\": \"acme-${STAGE}\"", "\"roles\": 1", "line 7, column 74, 'billing', appClients[0].claims.roles: the property appears twice")]
    [InlineData("\"tenant\": \"acme-${STAGE}\"", "\"tenant\": { \"a\": 1, \"a\": 2 }", "line 7, column 39, 'billing', appClients[0].claims.tenant.a: the property appears twice")]
    [InlineData("\"tenant\": \"acme-${STAGE}\"", "\"tenant\": [ \"\\ud800\" ]", "line 7, column 31, 'billing', appClients[0].claims.tenant[0]: is not valid Unicode")]
    [InlineData("\"aud\": \"billing\"", "\"aud\": \"other\"", "'billing', appClients[0].claims.aud: the claim 'aud' can only be the client id")]
    [InlineData("\"claims\": {}", "\"claims\": { \"aud\": \"reports\" }", "'reports', appClients[1].claims.aud: the claim 'aud' can only be the client id; choose the client id with id")]
    [InlineData("\"claims\": {}", "\"claims\": []", "'reports', appClients[1].claims: must be an object")]
    public void Wrong_claim_is_reported_with_its_place(string before, string after, string expected) => AssertMistake(before, after, expected);

    [Theory]
    [InlineData("{ \"name\": \"all\" }", "{ \"name\": \"admins\" }", "'admins', groups[1].name: there are two groups 'admins'")]
    [InlineData("{ \"name\": \"all\" }", "{ \"name\": \"with space\" }", "'with space', groups[1].name: must be 1 to 128 characters without white space")]
    [InlineData("\"precedence\": 1", "\"precedence\": -1", "'admins', groups[0].precedence: must not be negative")]
    [InlineData("arn:aws:iam::123456789012:role/Admins", "Admins", "'admins', groups[0].roleArn: must be the ARN of an IAM role")]
    [InlineData("\"name\": \"ann\", \"email\": \"ann@example.com\", ", "", "users[0]: must have a name, an email, or both")]
    [InlineData("\"name\": \"ann\"", "\"name\": \"bob@example.com\"", "'bob@example.com', users[1].email: there are two users 'bob@example.com'")]
    [InlineData("\"name\": \"ann\"", "\"name\": \"\"", "users[0].name: must be 1 to 128 characters without white space")]
    [InlineData("\"email\": \"bob@example.com\"", "\"email\": \"bob\"", "'bob', users[1].email: must be an email address such as ann@example.com")]
    [InlineData("\"password\": \"a$${b}\"", "\"password\": \"with space\"", "'bob@example.com', users[1].password: must be 1 to 256 characters without white space")]
    [InlineData("\"password\": \"a$${b}\", ", "", "'bob@example.com', users[1].mustChangePassword: there is no password to change; add one")]
    [InlineData("\"given_name\": \"Ann\"", "\"sub\": \"x\"", "'ann', users[0].attributes.sub: cannot be set: the emulator chooses it")]
    [InlineData("\"given_name\": \"Ann\"", "\"email\": \"x@y\"", "'ann', users[0].attributes.email: there is also an email; leave one of the two out")]
    [InlineData("\"given_name\": \"Ann\"", "\"given_name\": 1", "'ann', users[0].attributes.given_name: must be text in quotes")]
    [InlineData("[ \"admins\", \"all\" ]", "[ \"admins\", \"nobody\" ]", "'ann', users[0].groups[1]: 'nobody' is not a group of this blueprint")]
    [InlineData("[ \"admins\", \"all\" ]", "[ \"all\", \"all\" ]", "'ann', users[0].groups[1]: 'all' appears twice")]
    [InlineData("\"mustChangePassword\": true", "\"mustChange\": true", "'bob@example.com', users[1].mustChange: unknown property 'mustChange'; did you mean 'mustChangePassword'?")]
    [InlineData("\"userPool\": { \"name\": \"acme\" }", "\"userPool\": { \"name\": \"acme\", \"external\": true }", "users: userPool.external is true, and an external user pool is never changed; leave users out")]
    public void Wrong_group_or_user_is_reported_with_its_place(string before, string after, string expected) => AssertMistake(before, after, expected);

    [Fact]
    public void Null_items_are_mistakes()
    {
        var blueprint = new Blueprint { UserPool = new() { Name = "acme" }, Users = [null!], Groups = [null!] };

        Assert.Equal(["groups[0]", "users[0]"], blueprint.Validate().Select(mistake => mistake.Path));
    }

    [Fact]
    public void More_than_5000_claims_are_refused()
    {
        var claims = Enumerable.Range(0, 5001).ToDictionary(i => $"c{i}", i => (JsonNode)i, StringComparer.Ordinal);
        var blueprint = Parse(Complete);

        var mistake = Assert.Single((blueprint with { AppClients = [blueprint.AppClients[0] with { Claims = claims }] }).Validate());

        Assert.Equal("5001 claims are too many; at most 5000 are allowed", mistake.Message);
    }

    [Theory]
    [InlineData("${ADDRESS}", "https://user:pass@example.com")]
    [InlineData("${ANN_PASSWORD}${PLAIN}", "Passw0rd!Secret1!")]
    public void Password_may_be_a_variable_with_a_secret(string password, string expected) =>
        Assert.Equal(expected, Parse(Complete.Replace("a$${b}", password, StringComparison.Ordinal)).Users[1].Password);

    [Fact]
    public void Variable_of_a_password_is_not_shown_elsewhere() => AssertMistake(
        "a$${b}\"", "${STAGE}\"", "'billing', appClients[0].claims.tenant: the variable 'STAGE' holds the password of a user, and the values of a blueprint are shown in plans; use another variable");

    [Theory]
    [InlineData("${MISSING}", "'bob@example.com', users[1].password: the variable 'MISSING' is not set; set it in the environment, or with --var MISSING=VALUE")]
    [InlineData("${", "'bob@example.com', users[1].password: '${' must be followed by the name of a variable and }")]
    public void Wrong_variable_in_a_password_is_reported(string password, string expected) => AssertMistake("a$${b}", password, expected);

    private static void AssertMistake(string before, string after, string expected)
    {
        Assert.Contains(before, Complete, StringComparison.Ordinal);

        var refusal = Assert.Throws<BlueprintException>(() => Parse(Complete.Replace(before, after, StringComparison.Ordinal)));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Passw0rd!", refusal.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("with space\"", refusal.ToString(), StringComparison.Ordinal);
    }

    private static Blueprint Parse(string json) => Blueprint.Parse(json, _variables.GetValueOrDefault);
}
