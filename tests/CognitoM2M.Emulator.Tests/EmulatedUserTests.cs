using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests;

public sealed class EmulatedUserTests : EmulatorTest
{
    private const string Password = "Permanent1!";
    private const string ReadersRole = "arn:aws:iam::123456789012:role/readers";
    private const string AdminsRole = "arn:aws:iam::123456789012:role/admins";

    private EmulatedAppClient _login = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _login = Pool.CreateAppClient("login", new EmulatedAppClientOptions
        {
            GenerateSecret = false,
            ExplicitAuthFlows = ["ALLOW_USER_PASSWORD_AUTH"],
            AllowedOAuthFlowsUserPoolClient = false,
            AllowedOAuthFlows = [],
        });
    }

    [Fact]
    public async Task User_created_in_code_signs_in_with_attributes_and_groups()
    {
        Pool.CreateGroup("admins");
        var user = Pool.CreateUser("ann", new EmulatedUserOptions
        {
            Password = Password,
            Sub = "7d8ca528-4931-4254-9273-ea5ee853f271",
            Attributes = new Dictionary<string, string>(StringComparer.Ordinal) { ["email"] = "ann@example.com" },
            Groups = ["admins"],
        });

        var (access, id) = await SignInAsync("ann");

        Assert.Equal("7d8ca528-4931-4254-9273-ea5ee853f271", user.Sub);
        Assert.Equal(user.Sub, access["sub"]!.GetValue<string>());
        Assert.Equal("ann@example.com", id["email"]!.GetValue<string>());
        Assert.Equal("""["admins"]""", access["cognito:groups"]!.ToJsonString());
        Assert.Equal("""["admins"]""", id["cognito:groups"]!.ToJsonString());
        Assert.False(id.ContainsKey("cognito:roles"));
        Assert.Equal("ann@example.com", Assert.Single(user.Attributes).Value);
    }

    [Fact]
    public async Task Tokens_of_a_user_without_groups_name_no_groups()
    {
        Pool.CreateUser("ann", Password);

        var (access, id) = await SignInAsync("ann");

        Assert.False(access.ContainsKey("cognito:groups"));
        Assert.False(id.ContainsKey("cognito:groups"));
    }

    [Fact]
    public async Task Groups_are_ordered_by_precedence_and_the_role_of_the_lowest_is_preferred()
    {
        Pool.CreateGroup("everybody");
        Pool.CreateGroup("readers", precedence: 2, ReadersRole);
        Pool.CreateGroup("admins", precedence: 1, AdminsRole);
        Pool.CreateUser("ann", new EmulatedUserOptions { Password = Password, Groups = ["everybody", "readers", "admins"] });

        var (access, id) = await SignInAsync("ann");

        Assert.Equal("""["admins","readers","everybody"]""", access["cognito:groups"]!.ToJsonString());
        Assert.Equal("""["admins","readers","everybody"]""", id["cognito:groups"]!.ToJsonString());
        Assert.Equal($"""["{AdminsRole}","{ReadersRole}"]""", id["cognito:roles"]!.ToJsonString());
        Assert.Equal(AdminsRole, id["cognito:preferred_role"]!.GetValue<string>());
        Assert.False(access.ContainsKey("cognito:roles"));
    }

    [Fact]
    public async Task No_role_is_preferred_if_two_groups_of_the_same_precedence_have_different_roles()
    {
        Pool.CreateGroup("readers", precedence: 1, ReadersRole);
        Pool.CreateGroup("admins", precedence: 1, AdminsRole);
        Pool.CreateUser("ann", new EmulatedUserOptions { Password = Password, Groups = ["readers", "admins"] });

        var (_, id) = await SignInAsync("ann");

        Assert.Equal($"""["{ReadersRole}","{AdminsRole}"]""", id["cognito:roles"]!.ToJsonString());
        Assert.False(id.ContainsKey("cognito:preferred_role"));
    }

    [Fact]
    public async Task Change_applies_to_the_next_token()
    {
        Pool.CreateGroup("admins");
        var user = Pool.CreateUser("ann", Password);
        user.AddToGroup("admins");
        user.SetAttribute("email", "old@example.com");
        user.SetAttribute("email", "ann@example.com");
        user.SetPassword("Another1!");

        var (access, id) = await SignInAsync("ann", "Another1!");
        Assert.Equal("""["admins"]""", access["cognito:groups"]!.ToJsonString());
        Assert.Equal("ann@example.com", id["email"]!.GetValue<string>());

        user.RemoveFromGroup("admins");
        (access, _) = await SignInAsync("ann", "Another1!");
        Assert.False(access.ContainsKey("cognito:groups"));
        Assert.Empty(user.Groups);
    }

    [Fact]
    public async Task User_may_have_to_change_the_password_at_the_first_sign_in()
    {
        var user = Pool.CreateUser("ann", new EmulatedUserOptions { Password = Password, MustChangePassword = true });

        Assert.True(user.MustChangePassword);
        Assert.Equal("NEW_PASSWORD_REQUIRED", (await InitiateAsync("ann", Password))["ChallengeName"]!.GetValue<string>());
        user.SetPassword(Password);
        Assert.False(user.MustChangePassword);
        await SignInAsync("ann");
    }

    [Fact]
    public void Users_are_listed_and_found_by_name_and_by_sub()
    {
        var ann = Pool.CreateUser("ann", Password);
        Pool.CreateUser("bob", Password);

        Assert.Equal(["ann", "bob"], Pool.Users.Select(user => user.Username));
        Assert.Equal(ann.Sub, Pool.FindUser("ann")?.Sub);
        Assert.Equal("ann", Pool.FindUser(ann.Sub)?.Username);
        Assert.Null(Pool.FindUser("eve"));
    }

    [Fact]
    public void Deleted_user_can_no_longer_be_changed()
    {
        var user = Pool.CreateUser("ann", Password);
        user.Delete();

        Assert.Null(Pool.FindUser("ann"));
        Assert.Empty(Pool.Users);
        var error = Assert.Throws<InvalidOperationException>(() => user.SetPassword(Password));
        Assert.Equal($"User 'ann' was deleted from user pool {Pool}.", error.Message);
    }

    [Fact]
    public void Wrong_arguments_are_refused_and_change_nothing()
    {
        Pool.CreateGroup("admins");
        var ann = Pool.CreateUser("ann", Password);

        Assert.Throws<ArgumentException>(() => Pool.CreateUser("ann", Password));
        Assert.Throws<ArgumentException>(() => Pool.CreateUser("ann", new EmulatedUserOptions()));
        Assert.Throws<ArgumentException>(() => Pool.CreateUser("bob", new EmulatedUserOptions { Sub = ann.Sub }));
        Assert.Throws<ArgumentException>(() => Pool.CreateUser("two words", Password));
        Assert.Throws<ArgumentException>(() => Pool.CreateUser("bob", "weak"));
        Assert.Throws<ArgumentException>(() => Pool.CreateUser("bob", new EmulatedUserOptions { Groups = ["nobody"] }));
        Assert.Throws<ArgumentException>(() => ann.AddToGroup("nobody"));
        Assert.Throws<ArgumentException>(() => ann.SetAttribute("sub", "x"));
        Assert.Throws<ArgumentException>(() => Pool.CreateGroup("admins"));
        Assert.Throws<ArgumentException>(() => Pool.CreateGroup("readers", roleArn: "readers"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pool.CreateGroup("readers", precedence: -1));
        Assert.Throws<ArgumentException>(() => Pool.DeleteGroup("readers"));

        Assert.Equal("ann", Assert.Single(Pool.Users).Username);
        Pool.CreateGroup("readers");
        Pool.DeleteGroup("admins");
    }

    private Task<JsonObject> InitiateAsync(string username, string password) => CallAsync("InitiateAuth", new
    {
        AuthFlow = "USER_PASSWORD_AUTH",
        _login.ClientId,
        AuthParameters = new { USERNAME = username, PASSWORD = password },
    });

    private async Task<(JsonObject Access, JsonObject Id)> SignInAsync(string username, string password = Password)
    {
        var result = (await InitiateAsync(username, password))["AuthenticationResult"]!;
        return (JwtReader.ReadPayload(result["AccessToken"]!.GetValue<string>()), JwtReader.ReadPayload(result["IdToken"]!.GetValue<string>()));
    }

    [Fact]
    public void Attributes_follow_the_schema_of_the_pool()
    {
        var pool = Cognito.CreateUserPool("schema", new EmulatedUserPoolOptions { CustomAttributes = ["tenant"], RequiredAttributes = ["email"] });
        var user = pool.CreateUser("bob", Password);

        user.SetAttribute("custom:tenant", "acme");

        Assert.Equal("acme", user.Attributes["custom:tenant"]);
        Assert.Throws<ArgumentException>(() => user.SetAttribute("tenant", "acme"));
        Assert.Throws<ArgumentException>(() => user.SetAttribute("sub", "x"));
        Assert.Throws<ArgumentException>(() => pool.CreateUser("eve", new EmulatedUserOptions { Attributes = new Dictionary<string, string> { ["custom:other"] = "x" } }));
        Assert.Null(pool.FindUser("eve"));
        Assert.Throws<ArgumentException>(() => new EmulatedUserPoolOptions { CustomAttributes = ["email"] });
        Assert.Throws<ArgumentException>(() => new EmulatedUserPoolOptions { CustomAttributes = [""] });
        Assert.Throws<ArgumentException>(() => new EmulatedUserPoolOptions { RequiredAttributes = ["tenant"] });
        Assert.Throws<ArgumentOutOfRangeException>(() => new EmulatedUserPoolOptions { CustomAttributes = [.. Enumerable.Range(0, 51).Select(i => $"a{i}")] });
    }
}
