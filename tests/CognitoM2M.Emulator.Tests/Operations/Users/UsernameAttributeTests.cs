using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.Operations.Users;

public sealed class UsernameAttributeTests : EmulatorTest
{
    private const string Invalid = "InvalidParameterException";
    private const string Exists = "UsernameExistsException";
    private const string AliasExists = "AliasExistsException";
    private const string Password = "Permanent1!";

    [Fact]
    public async Task User_with_an_address_as_name_gets_a_UUID_as_user_name_and_the_attribute()
    {
        var pool = Cognito.CreateUserPool("mail", new EmulatedUserPoolOptions { UsernameAttributes = ["email"] });

        var created = (await CallAsync("AdminCreateUser", new
        {
            UserPoolId = pool.Id,
            Username = "ann@example.com",
            UserAttributes = new[] { Attribute("email_verified", "true") },
        }))["User"]!;

        var username = created["Username"]!.GetValue<string>();
        Assert.True(Guid.TryParse(username, out _), username);
        Assert.Equal(
            $"sub={username} email=ann@example.com email_verified=true",
            string.Join(' ', created["Attributes"]!.AsArray().Select(attribute => $"{attribute!["Name"]}={attribute["Value"]}")));
        foreach (var name in new[] { username, "ann@example.com" })
        {
            var found = await CallAsync("AdminGetUser", new { UserPoolId = pool.Id, Username = name });
            Assert.Equal(username, found["Username"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task User_signs_in_with_the_address_or_the_id()
    {
        var pool = Cognito.CreateUserPool("mail", new EmulatedUserPoolOptions { UsernameAttributes = ["email"] });
        var user = pool.CreateUser("ann@example.com", Password);
        var client = await CreateLoginAsync(pool.Id);

        foreach (var name in new[] { "ann@example.com", user.Sub })
        {
            var output = await CallAsync("InitiateAuth", SignIn(client, name));
            var access = JwtReader.ReadPayload(output["AuthenticationResult"]!["AccessToken"]!.GetValue<string>());
            Assert.Equal((user.Sub, user.Sub), (access["username"]!.GetValue<string>(), access["sub"]!.GetValue<string>()));
        }

        Assert.Equal(user.Sub, user.Username);
        Assert.Equal("ann@example.com", user.Attributes["email"]);
        user.SetAttribute("email", "new@example.com");
        await AssertRefusedAsync("UserNotFoundException", "InitiateAuth", SignIn(client, "ann@example.com"));
        await CallAsync("InitiateAuth", SignIn(client, "new@example.com"));
    }

    [Theory]
    [InlineData("email", "ann", "Username should be an email.")]
    [InlineData("email", "@example.com", "Username should be an email.")]
    [InlineData("email", "a@b@example.com", "Username should be an email.")]
    [InlineData("email", "+491701234567", "Username should be an email.")]
    [InlineData("phone_number", "ann@example.com", "Username should be a phone number.")]
    [InlineData("phone_number", "+49 170", "Username should be a phone number.")]
    [InlineData("email phone_number", "ann", "Username should be either an email or a phone number.")]
    public async Task User_name_that_is_not_an_address_is_refused(string attributes, string username, string message)
    {
        var pool = Cognito.CreateUserPool("mail", new EmulatedUserPoolOptions { UsernameAttributes = attributes.Split(' ') });

        if (!username.Contains(' ', StringComparison.Ordinal))
            Assert.Equal(message, await AssertRefusedAsync(Invalid, "AdminCreateUser", new { UserPoolId = pool.Id, Username = username }));
        Assert.Throws<ArgumentException>(() => pool.CreateUser(username, Password));
        Assert.Empty(pool.Users);
    }

    [Fact]
    public async Task Phone_number_can_be_the_name()
    {
        var pool = Cognito.CreateUserPool("phone", new EmulatedUserPoolOptions { UsernameAttributes = ["email", "phone_number"] });

        var user = pool.CreateUser("+491701234567", Password);

        Assert.Equal("+491701234567", user.Attributes["phone_number"]);
        await CallAsync("InitiateAuth", SignIn(await CreateLoginAsync(pool.Id), "+491701234567"));
    }

    [Fact]
    public async Task Address_of_a_user_is_unique_in_the_pool()
    {
        var pool = Cognito.CreateUserPool("mail", new EmulatedUserPoolOptions { UsernameAttributes = ["email"] });
        pool.CreateUser("ann@example.com", Password);
        var bob = pool.CreateUser("bob@example.com", Password);

        Assert.Equal(
            "An account with the given email already exists.",
            await AssertRefusedAsync(Exists, "AdminCreateUser", new { UserPoolId = pool.Id, Username = "ann@example.com" }));
        Assert.Throws<ArgumentException>(() => bob.SetAttribute("email", "ann@example.com"));
        Assert.Equal("bob@example.com", bob.Attributes["email"]);
    }

    [Fact]
    public async Task Case_of_an_address_is_ignored_if_the_pool_is_not_case_sensitive()
    {
        var poolId = await CreatePoolAsync(new { UsernameAttributes = new[] { "email" }, UsernameConfiguration = new { CaseSensitive = false } });
        await CallAsync("AdminCreateUser", new { UserPoolId = poolId, Username = "Ann@Example.com" });

        await CallAsync("AdminGetUser", new { UserPoolId = poolId, Username = "ann@example.COM" });
        await AssertRefusedAsync(Exists, "AdminCreateUser", new { UserPoolId = poolId, Username = "ann@example.com" });
    }

    [Fact]
    public async Task Alias_finds_the_user_when_it_is_verified()
    {
        var poolId = await CreatePoolAsync(new { AliasAttributes = new[] { "email", "preferred_username" } });
        await CreateAsync(poolId, "ann", Attribute("email", "ann@example.com"), Attribute("email_verified", "true"));
        await CreateAsync(poolId, "bob", Attribute("email", "bob@example.com"), Attribute("preferred_username", "bobby"));

        Assert.Equal("ann", await FindAsync(poolId, "ann@example.com"));
        Assert.Equal("bob", await FindAsync(poolId, "bobby"));
        await AssertRefusedAsync("UserNotFoundException", "AdminGetUser", new { UserPoolId = poolId, Username = "bob@example.com" });
        Assert.Equal(
            "Username cannot be of email format, since user pool is configured for email alias.",
            await AssertRefusedAsync(Invalid, "AdminCreateUser", new { UserPoolId = poolId, Username = "eve@example.com" }));
    }

    [Fact]
    public async Task Alias_of_another_user_is_taken_only_with_ForceAliasCreation()
    {
        var poolId = await CreatePoolAsync(new { AliasAttributes = new[] { "email", "preferred_username" } });
        object[] verified = [Attribute("email", "ann@example.com"), Attribute("email_verified", "true")];
        await CreateAsync(poolId, "ann", [.. verified, Attribute("preferred_username", "annie")]);

        Assert.Equal(
            "An account with the email already exists.",
            await AssertRefusedAsync(AliasExists, "AdminCreateUser", new { UserPoolId = poolId, Username = "eve", UserAttributes = verified }));
        await AssertRefusedAsync(AliasExists, "AdminCreateUser", new
        {
            UserPoolId = poolId,
            Username = "eve",
            UserAttributes = verified.Append(Attribute("preferred_username", "annie")),
            ForceAliasCreation = true,
        });
        Assert.Equal("ann", await FindAsync(poolId, "ann@example.com"));

        await CallAsync(
            "AdminCreateUser", new { UserPoolId = poolId, Username = "eve", UserAttributes = verified, ForceAliasCreation = true });
        Assert.Equal("eve", await FindAsync(poolId, "ann@example.com"));
        Assert.Equal("ann", await FindAsync(poolId, "annie"));
    }

    [Fact]
    public void Other_attributes_cannot_take_the_place_of_user_names() =>
        Assert.Throws<ArgumentException>(() => new EmulatedUserPoolOptions { UsernameAttributes = ["nickname"] });

    private static object Attribute(string name, string value) => new { Name = name, Value = value };

    private static object SignIn(string clientId, string username) => new
    {
        AuthFlow = "USER_PASSWORD_AUTH",
        ClientId = clientId,
        AuthParameters = new { USERNAME = username, PASSWORD = Password },
    };

    private Task<JsonObject> CreateAsync(string poolId, string username, params object[] attributes) =>
        CallAsync("AdminCreateUser", new { UserPoolId = poolId, Username = username, UserAttributes = attributes });

    private async Task<string> FindAsync(string poolId, string username) =>
        (await CallAsync("AdminGetUser", new { UserPoolId = poolId, Username = username }))["Username"]!.GetValue<string>();

    private async Task<string> CreatePoolAsync(object settings)
    {
        var input = System.Text.Json.JsonSerializer.SerializeToNode(settings)!.AsObject();
        input["PoolName"] = "aliases";
        return (await CallAsync("CreateUserPool", input))["UserPool"]!["Id"]!.GetValue<string>();
    }

    private async Task<string> CreateLoginAsync(string poolId) => (await CallAsync("CreateUserPoolClient", new
    {
        UserPoolId = poolId,
        ClientName = "login",
        ExplicitAuthFlows = new[] { "ALLOW_USER_PASSWORD_AUTH" },
    }))["UserPoolClient"]!["ClientId"]!.GetValue<string>();
}
