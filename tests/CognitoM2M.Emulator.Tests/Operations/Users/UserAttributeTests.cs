using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.Operations.Users;

/// <summary>The rules of a pool's schema for the attributes of its users.</summary>
public sealed class UserAttributeTests : EmulatorTest
{
    private const string Invalid = "InvalidParameterException";
    private const string NotAuthorized = "NotAuthorizedException";
    private const string Temporary = "Temp0rary!";
    private const string Permanent = "Permanent1!";

    private string _poolId = "";
    private string _login = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        object[] schema =
        [
            new { Name = "tenant", AttributeDataType = "String", Mutable = false, StringAttributeConstraints = new { MinLength = "3", MaxLength = "5" } },
            new { Name = "age", AttributeDataType = "Number", NumberAttributeConstraints = new { MinValue = "-1", MaxValue = "120" } },
            new { Name = "member", AttributeDataType = "Boolean" },
            new { Name = "since", AttributeDataType = "DateTime" },
            new { Name = "given_name", Required = true },
            new { Name = "email", Required = true },
        ];
        _poolId = (await CallAsync("CreateUserPool", new { PoolName = "schema", Schema = schema }))["UserPool"]!["Id"]!.GetValue<string>();
        _login = await CreateLoginAsync(new { });
    }

    [Theory]
    [InlineData("custom:tenant", "acme")]
    [InlineData("custom:age", "-1")]
    [InlineData("custom:age", "119.5")]
    [InlineData("custom:member", "false")]
    [InlineData("custom:since", "2026-11-29T10:00:00Z")]
    [InlineData("birthdate", "1970-01-01")]
    [InlineData("email", "ann@example.com")]
    [InlineData("phone_number", "+4930123456")]
    public async Task Value_that_fits_the_schema_is_kept(string name, string value)
    {
        var user = await CreateAsync((name, value));

        Assert.Contains(user["Attributes"]!.AsArray(), attribute => attribute!["Name"]!.GetValue<string>() == name && attribute["Value"]!.GetValue<string>() == value);
    }

    [Theory]
    [InlineData("custom:tenant", "ab", "custom:tenant: The text must have at least 3 characters.")]
    [InlineData("custom:tenant", "abcdef", "custom:tenant: The text must have at most 5 characters.")]
    [InlineData("custom:age", "-2", "custom:age: The number must be at least -1.")]
    [InlineData("custom:age", "121", "custom:age: The number must be at most 120.")]
    [InlineData("custom:age", "old", "custom:age: The value must be a number.")]
    [InlineData("custom:age", "0x10", "custom:age: The value must be a number.")]
    [InlineData("custom:member", "True", "custom:member: The value must be true or false.")]
    [InlineData("custom:since", "yesterday", "custom:since: The value must be a date in ISO 8601.")]
    [InlineData("custom:other", "x", "custom:other: Attribute does not exist in the schema.")]
    [InlineData("tenant", "acme", "tenant: Attribute does not exist in the schema.")]
    [InlineData("birthdate", "1970", "birthdate: The text must have at least 10 characters.")]
    [InlineData("email_verified", "yes", "email_verified: The value must be true or false.")]
    public async Task Value_that_does_not_fit_the_schema_is_refused(string name, string value, string mistake)
    {
        var message = await RefuseAsync(Invalid, (name, value));

        Assert.Equal($"Attributes did not conform to the schema: {mistake}\n", message);
        Assert.Empty(Cognito.UserPools[^1].Users);
    }

    [Fact]
    public async Task All_mistakes_are_reported_together() => Assert.Equal(
        "Attributes did not conform to the schema: custom:tenant: The text must have at least 3 characters.\ncustom:no: Attribute does not exist in the schema.\n",
        await RefuseAsync(Invalid, ("custom:tenant", "a"), ("email", "a@b"), ("custom:no", "x")));

    [Theory]
    [InlineData("email", "no address", "Invalid email address format.")]
    [InlineData("phone_number", "030 123456", "Invalid phone number format.")]
    [InlineData("sub", "chosen", "Cannot set the attribute sub: Cognito chooses it.")]
    public async Task Address_number_and_id_have_rules_of_their_own(string name, string value, string expected) =>
        Assert.Equal(expected, await RefuseAsync(Invalid, (name, value)));

    [Fact]
    public async Task Attribute_that_is_given_twice_is_refused() =>
        Assert.Equal("The attribute nickname is given twice.", await RefuseAsync(Invalid, ("nickname", "a"), ("nickname", "b")));

    [Fact]
    public async Task User_gives_missing_required_attributes_with_the_new_password()
    {
        await CreateAsync(("email", "ann@example.com"));
        var challenge = await CallAsync("InitiateAuth", SignIn(Temporary));
        Assert.Equal("""["userAttributes.given_name"]""", challenge["ChallengeParameters"]!["requiredAttributes"]!.GetValue<string>());

        Assert.Equal("Invalid attributes given, given_name is missing", await AssertRefusedAsync(Invalid, "RespondToAuthChallenge", Answer(challenge)));
        Assert.StartsWith(
            "Attributes did not conform to the schema: custom:age:",
            await AssertRefusedAsync(Invalid, "RespondToAuthChallenge", Answer(challenge, ("given_name", "Ann"), ("custom:age", "1000"))),
            StringComparison.Ordinal);
        var tokens = await CallAsync("RespondToAuthChallenge", Answer(challenge, ("given_name", "Ann"), ("custom:age", "40")));

        var id = JwtReader.ReadPayload(tokens["AuthenticationResult"]!["IdToken"]!.GetValue<string>());
        Assert.Equal("Ann", id["given_name"]!.GetValue<string>());
        Assert.Equal("40", id["custom:age"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("email", "other@example.com", "Cannot modify an already provided email")]
    [InlineData("email", "ann@example.com", "Cannot modify an already provided email")]
    [InlineData("custom:tenant", "other", "Cannot modify an already provided custom:tenant")]
    [InlineData("email_verified", "true", "A client attempted to write unauthorized attribute")]
    [InlineData("sub", "x", "A client attempted to write unauthorized attribute")]
    public async Task User_cannot_change_with_the_new_password_what_is_fixed(string name, string value, string expected)
    {
        await CreateAsync(("email", "ann@example.com"), ("custom:tenant", "acme"));
        var challenge = await CallAsync("InitiateAuth", SignIn(Temporary));

        Assert.Equal(expected, await AssertRefusedAsync(NotAuthorized, "RespondToAuthChallenge", Answer(challenge, ("given_name", "Ann"), (name, value))));
    }

    [Fact]
    public async Task App_client_writes_only_its_own_attributes()
    {
        _login = await CreateLoginAsync(new { WriteAttributes = new[] { "given_name", "email" } });
        await CreateAsync(("email", "ann@example.com"));
        var challenge = await CallAsync("InitiateAuth", SignIn(Temporary));

        Assert.Equal(
            "A client attempted to write unauthorized attribute",
            await AssertRefusedAsync(NotAuthorized, "RespondToAuthChallenge", Answer(challenge, ("given_name", "Ann"), ("nickname", "annie"))));
        await CallAsync("RespondToAuthChallenge", Answer(challenge, ("given_name", "Ann")));
    }

    [Theory]
    [InlineData("DEVICE_KEY", "ResourceNotFoundException", "Device does not exist.")]
    [InlineData("ANSWER", Invalid, "The emulator does not support the parameter ANSWER of AuthParameters.")]
    public async Task Parameter_that_would_be_ignored_is_refused(string parameter, string error, string expected)
    {
        var input = SignIn(Temporary);
        input["AuthParameters"]![parameter] = "x";

        Assert.Equal(expected, await AssertRefusedAsync(error, "InitiateAuth", input));
    }

    private async Task<JsonNode> CreateAsync(params (string Name, string Value)[] attributes) =>
        (await CallAsync("AdminCreateUser", CreateInput(attributes)))["User"]!;

    private Task<string> RefuseAsync(string error, params (string Name, string Value)[] attributes) =>
        AssertRefusedAsync(error, "AdminCreateUser", CreateInput(attributes));

    private object CreateInput((string Name, string Value)[] attributes) => new
    {
        UserPoolId = _poolId,
        Username = "ann",
        TemporaryPassword = Temporary,
        UserAttributes = attributes.Select(attribute => new { attribute.Name, attribute.Value }),
    };

    private async Task<string> CreateLoginAsync(object settings)
    {
        var input = System.Text.Json.JsonSerializer.SerializeToNode(settings)!.AsObject();
        input["UserPoolId"] = _poolId;
        input["ClientName"] = "login";
        input["ExplicitAuthFlows"] = new JsonArray("ALLOW_USER_PASSWORD_AUTH");
        return (await CallAsync("CreateUserPoolClient", input))["UserPoolClient"]!["ClientId"]!.GetValue<string>();
    }

    private JsonObject SignIn(string password) => new()
    {
        ["AuthFlow"] = "USER_PASSWORD_AUTH",
        ["ClientId"] = _login,
        ["AuthParameters"] = new JsonObject { ["USERNAME"] = "ann", ["PASSWORD"] = password },
    };

    private JsonObject Answer(JsonObject challenge, params (string Name, string Value)[] attributes)
    {
        var responses = new JsonObject { ["USERNAME"] = "ann", ["NEW_PASSWORD"] = Permanent };
        foreach (var (name, value) in attributes)
            responses[$"userAttributes.{name}"] = value;
        return new JsonObject
        {
            ["ChallengeName"] = "NEW_PASSWORD_REQUIRED",
            ["ClientId"] = _login,
            ["Session"] = challenge["Session"]!.DeepClone(),
            ["ChallengeResponses"] = responses,
        };
    }
}
