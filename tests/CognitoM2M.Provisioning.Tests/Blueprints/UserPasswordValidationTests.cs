namespace CognitoM2M.Provisioning.Tests.Blueprints;

public sealed class UserPasswordValidationTests
{
    private const string Complete = """
        {
          "userPool": {
            "name": "acme", "usernameAttributes": [ "email" ], "adminCreateUserOnly": true,
            "passwordPolicy": { "minimumLength": 16, "requireSymbols": false, "passwordHistorySize": 3, "temporaryPasswordValidityDays": 1 }
          },
          "appClients": [ { "name": "robots", "route": "UserPassword", "generateSecret": true } ],
          "users": [ { "email": "ann@example.com" } ]
        }
        """;

    [Fact]
    public void Settings_survive_writing_and_reading()
    {
        var blueprint = Blueprint.Parse(Blueprint.Parse(Complete).ToJson());

        Assert.Equal(("email", true), (Assert.Single(blueprint.UserPool.UsernameAttributes!), blueprint.UserPool.AdminCreateUserOnly));
        Assert.Equal(
            new PasswordPolicyBlueprint { MinimumLength = 16, RequireSymbols = false, PasswordHistorySize = 3, TemporaryPasswordValidityDays = 1 },
            blueprint.UserPool.PasswordPolicy);
        var client = Assert.Single(blueprint.AppClients);
        Assert.Equal((AppClientRoute.UserPassword, true, 0), (client.Route, client.GenerateSecret, client.Scopes.Count));
    }

    [Theory]
    [InlineData("[ \"email\" ]", "[]", "userPool.usernameAttributes: must have email, phone_number, or both")]
    [InlineData("[ \"email\" ]", "[ \"email\", \"name\" ]", "userPool.usernameAttributes[1]: must be email or phone_number")]
    [InlineData("[ \"email\" ]", "[ \"email\", \"email\" ]", "userPool.usernameAttributes[1]: 'email' appears twice")]
    [InlineData("16", "5", "userPool.passwordPolicy.minimumLength: must be 6 to 99")]
    [InlineData("16", "100", "userPool.passwordPolicy.minimumLength: must be 6 to 99")]
    [InlineData("16", "\"long\"", "userPool.passwordPolicy.minimumLength: must be a whole number")]
    [InlineData("\"passwordHistorySize\": 3", "\"passwordHistorySize\": 25", "userPool.passwordPolicy.passwordHistorySize: must be 0 to 24")]
    [InlineData("\"name\": \"acme\"", "\"name\": \"acme\", \"tier\": \"Lite\"", "userPool.passwordPolicy.passwordHistorySize: needs the tier Essentials or Plus")]
    [InlineData("Days\": 1", "Days\": 366", "userPool.passwordPolicy.temporaryPasswordValidityDays: must be 0 to 365")]
    [InlineData("\"generateSecret\": true", "\"scopes\": [ \"orders/read\" ]", "appClients[0].scopes: tokens of the route UserPassword carry no scopes of resource servers; leave scopes out")]
    [InlineData("\"generateSecret\": true", "\"explicitAuthFlows\": [ \"ALLOW_REFRESH_TOKEN_AUTH\" ]", "appClients[0].explicitAuthFlows: the route UserPassword needs ALLOW_USER_PASSWORD_AUTH")]
    [InlineData("\"generateSecret\": true", "\"generateSecret\": false, \"secretVariable\": \"ROBOTS\"", "appClients[0].generateSecret: is false, but the blueprint gives the app client a secret")]
    [InlineData("\"UserPassword\", \"generateSecret\": true", "\"GetClientToken\", \"generateSecret\": false", "appClients[0].generateSecret: an app client with the route GetClientToken needs a secret")]
    [InlineData("\"email\": \"ann@", "\"name\": \"ann\", \"email\": \"ann@", "users[0].name: users of this user pool sign in with their address")]
    public void Mistake_is_reported_with_its_place(string before, string after, string expected)
    {
        var error = Assert.Throws<BlueprintException>(() => Blueprint.Parse(Complete.Replace(before, after, StringComparison.Ordinal)));

        var mistake = Assert.Single(error.Mistakes, mistake => $"{mistake.Path}: {mistake.Message}".StartsWith(expected, StringComparison.Ordinal));
        Assert.True(mistake.Line > 1, mistake.ToString());
    }

    [Theory]
    [InlineData("16", "6")]
    [InlineData("16", "99")]
    [InlineData("\"passwordHistorySize\": 3", "\"passwordHistorySize\": 24")]
    [InlineData("Days\": 1", "Days\": 365")]
    [InlineData("Days\": 1", "Days\": 0")]
    [InlineData("[ \"email\" ]", "[ \"email\", \"phone_number\" ]")]
    [InlineData("\"generateSecret\": true", "\"explicitAuthFlows\": [ \"ALLOW_USER_PASSWORD_AUTH\", \"ALLOW_USER_SRP_AUTH\" ]")]
    public void Value_at_a_limit_is_accepted(string before, string after) =>
        Assert.Single(Blueprint.Parse(Complete.Replace(before, after, StringComparison.Ordinal)).AppClients);

    [Fact]
    public void Settings_for_users_are_refused_for_an_external_user_pool()
    {
        var error = Assert.Throws<BlueprintException>(() => Blueprint.Parse(Complete.Replace("\"name\": \"acme\"", "\"name\": \"acme\", \"external\": true", StringComparison.Ordinal)));

        Assert.Equal(
            ["userPool.adminCreateUserOnly", "userPool.passwordPolicy", "userPool.usernameAttributes", "users"],
            error.Mistakes.Select(mistake => mistake.Path).Order(StringComparer.Ordinal));
    }
}
