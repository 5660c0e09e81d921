using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator;
using CognitoM2M.Provisioning;
using static CognitoM2M.EndToEnd.Tests.AppliedBlueprint;

namespace CognitoM2M.EndToEnd.Tests;

/// <summary>Claims, groups and users of a blueprint in an emulator.</summary>
public sealed class SeededUsersTests : IAsyncLifetime
{
    private const string Password = "Passw0rd!";

    private static readonly Blueprint _blueprint = Acme with
    {
        AppClients =
        [
            Acme.AppClients[0] with { Claims = new Dictionary<string, JsonNode> { ["tenant"] = "acme", ["limits"] = new JsonObject { ["daily"] = 5 } } },
            Acme.AppClients[1] with { Id = "writer", Secret = "local_development_secret_2", ExplicitAuthFlows = ["ALLOW_ADMIN_USER_PASSWORD_AUTH"] },
        ],
        Groups = [new() { Name = "readers", Precedence = 2 }, new() { Name = "admins", Precedence = 1, Description = "Admins" }],
        Users =
        [
            new()
            {
                Name = "ann",
                Email = "ann@example.com",
                Password = Password,
                Attributes = new Dictionary<string, string> { ["given_name"] = "Ann", ["custom:tenant"] = "acme" },
                Groups = ["readers", "admins"],
            },
            new() { Email = "bob@example.com", Password = Password, MustChangePassword = true },
            new() { Name = "robot" },
        ],
    };

    private CognitoEmulator _cognito = null!;

    private EmulatedUserPool Pool => Assert.Single(_cognito.UserPools);

    public async Task InitializeAsync() => _cognito = await CognitoEmulator.StartAsync();

    public async Task DisposeAsync() => await _cognito.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Seed_and_apply_make_users_who_sign_in_and_tokens_with_claims(bool seed)
    {
        await MakeAsync(seed);

        Assert.Equal(["ann", "bob@example.com", "robot"], Pool.Users.Select(user => user.Username));
        var ann = Pool.FindUser("ann")!;
        Assert.Equal(["readers", "admins"], ann.Groups);
        Assert.Equal(
            "custom:tenant=acme email=ann@example.com email_verified=true given_name=Ann",
            string.Join(' ', ann.Attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal).Select(attribute => $"{attribute.Key}={attribute.Value}")));
        Assert.True(Pool.FindUser("bob@example.com")!.MustChangePassword);
        var id = ReadPayload((await SignInAsync("ann")).GetProperty("AuthenticationResult").GetProperty("IdToken").GetString()!);
        Assert.Equal("""["admins","readers"]""", id["cognito:groups"]!.ToJsonString());
        Assert.Equal("NEW_PASSWORD_REQUIRED", (await SignInAsync("bob@example.com")).GetProperty("ChallengeName").GetString());
        var claims = ReadPayload(Pool.AppClients[0].IssueToken("orders/read"));
        Assert.Equal(("acme", """{"daily":5}"""), (claims["tenant"]!.GetValue<string>(), claims["limits"]!.ToJsonString()));
        Assert.True((await PlanAsync(_cognito, _blueprint)).IsEmpty);
    }

    [Fact]
    public async Task Plan_shows_what_is_made_and_no_password()
    {
        var plan = await PlanAsync(_cognito, _blueprint);

        var text = plan.ToString();
        Assert.Contains("create group 'admins'", text, StringComparison.Ordinal);
        Assert.Contains("+ attribute custom:tenant: String", text, StringComparison.Ordinal);
        Assert.Contains("create user 'ann'", text, StringComparison.Ordinal);
        Assert.Contains("+ groups: admins, readers", text, StringComparison.Ordinal);
        Assert.Contains("+ password: from the blueprint, to be changed", text, StringComparison.Ordinal);
        Assert.Contains("""+ AccessTokenClaims: {"tenant":"acme","limits":{"daily":5}}""", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, text, StringComparison.Ordinal);
        var refusal = Assert.Throws<CognitoProvisioningException>(() => SavedPlan.Create(plan));
        Assert.Contains("secret of app client 'writer'", refusal.Message, StringComparison.Ordinal);
        refusal = Assert.Throws<CognitoProvisioningException>(() => SavedPlan.Create(PlanWithoutSecretsAsync().GetAwaiter().GetResult()));
        Assert.Contains("password of user 'ann'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claims_are_updated_and_users_that_exist_stay_as_they_are()
    {
        await MakeAsync(seed: true);
        var changed = _blueprint with
        {
            AppClients =
            [
                _blueprint.AppClients[0] with { Claims = new Dictionary<string, JsonNode> { ["limits"] = new JsonObject { ["daily"] = 5 }, ["tenant"] = "other" } },
                _blueprint.AppClients[1] with { TokenLifetime = TimeSpan.FromMinutes(10) },
            ],
            Users = [_blueprint.Users[0] with { Password = "Another1!", Groups = [] }, new() { Name = "new" }],
        };

        var plan = await PlanAsync(_cognito, changed);
        await ApplyAsync(_cognito, plan, []);

        Assert.Equal(["update app client 'reader'", "update app client 'writer'", "create user 'new'"], plan.Steps.Select(step => step.Title));
        Assert.Equal("other", Pool.AppClients[0].AccessTokenClaims["tenant"].GetValue<string>());
        Assert.NotNull((await SignInAsync("ann")).GetProperty("AuthenticationResult").GetProperty("IdToken").GetString());
        Assert.Equal(4, Pool.Users.Count);
        // A blueprint without claims leaves them as they are.
        await ApplyAsync(_cognito, changed with { AppClients = [Acme.AppClients[0] with { TokenLifetime = TimeSpan.FromMinutes(10) }, changed.AppClients[1]] }, []);
        Assert.Equal("other", Pool.AppClients[0].AccessTokenClaims["tenant"].GetValue<string>());
    }

    [Fact]
    public async Task User_whose_password_is_refused_is_not_left_behind()
    {
        var weak = _blueprint with { Users = [new() { Name = "ann", Password = "weak" }] };

        var error = await Assert.ThrowsAsync<CognitoProvisioningException>(() => ApplyAsync(_cognito, weak, []));

        Assert.Equal("InvalidPasswordException", error.ErrorCode);
        Assert.DoesNotContain("weak", error.Message, StringComparison.Ordinal);
        Assert.Empty(Pool.Users);
        await ApplyAsync(_cognito, weak with { Users = [new() { Name = "ann", Password = Password }] }, []);
        Assert.Single(Pool.Users);
    }

    [Fact]
    public async Task Import_keeps_the_claims()
    {
        await MakeAsync(seed: true);
        using var provisioner = CreateProvisioner(_cognito);

        var imported = await provisioner.ImportAsync("acme");

        Assert.Equal("acme", imported.Blueprint.AppClients.Single(client => client.Name == "reader").Claims!["tenant"].GetValue<string>());
    }

    [Fact]
    public async Task Destroy_deletes_the_user_pool_with_the_users_of_the_blueprint()
    {
        await MakeAsync(seed: false);
        using var provisioner = CreateProvisioner(_cognito);

        await provisioner.DestroyAsync(await provisioner.PlanDestroyAsync(_blueprint), DestructiveChanges.All);

        Assert.Empty(_cognito.UserPools);
    }

    [Fact]
    public async Task Destroy_keeps_a_user_pool_with_other_users_and_deletes_the_own_ones()
    {
        await MakeAsync(seed: false);
        Pool.CreateUser("eve", Password);
        using var provisioner = CreateProvisioner(_cognito);

        var plan = await provisioner.PlanDestroyAsync(_blueprint);
        await provisioner.DestroyAsync(plan, DestructiveChanges.All);

        Assert.Equal("eve", Assert.Single(Pool.Users).Username);
        Assert.Contains(plan.Staying, line => line.EndsWith("it has what the blueprint does not name: 1 user", StringComparison.Ordinal));
        Assert.Contains("delete group 'admins'", plan.Steps.Select(step => step.Title));
    }

    private async Task MakeAsync(bool seed)
    {
        if (!seed)
        {
            await ApplyAsync(_cognito, _blueprint, []);
            return;
        }

        using var provisioner = new CognitoProvisioner(new CognitoProvisionerOptions { EmulatorAddress = _cognito.BaseAddress, CallEmulator = _cognito.CallAsync });
        await provisioner.SeedAsync(_blueprint);
        await provisioner.SeedAsync(_blueprint);
    }

    private Task<ProvisioningPlan> PlanWithoutSecretsAsync() =>
        PlanAsync(_cognito, _blueprint with { AppClients = [_blueprint.AppClients[0], _blueprint.AppClients[1] with { Secret = null }] });

    private async Task<JsonElement> SignInAsync(string username)
    {
        var key = System.Text.Encoding.UTF8.GetBytes("local_development_secret_2");
        var hash = Convert.ToBase64String(System.Security.Cryptography.HMACSHA256.HashData(key, System.Text.Encoding.UTF8.GetBytes(username + "writer")));
        using var api = new RawUserPoolApi(_cognito);
        return await api.CallAsync("AdminInitiateAuth", new
        {
            UserPoolId = Pool.Id,
            ClientId = "writer",
            AuthFlow = "ADMIN_USER_PASSWORD_AUTH",
            AuthParameters = new { USERNAME = username, PASSWORD = Password, SECRET_HASH = hash },
        });
    }

    private static JsonObject ReadPayload(string token) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!.AsObject();
}
