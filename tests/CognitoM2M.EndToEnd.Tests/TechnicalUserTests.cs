using System.Text.Json;
using CognitoM2M.Emulator;
using CognitoM2M.Provisioning;
using static CognitoM2M.EndToEnd.Tests.AppliedBlueprint;

namespace CognitoM2M.EndToEnd.Tests;

/// <summary>User pools, app clients and users for technical users, through the AWS SDK and real sockets, against the emulator.</summary>
public sealed class TechnicalUserTests : IAsyncLifetime
{
    private static readonly Blueprint _blueprint = new()
    {
        UserPool = new() { Name = "robots", UsernameAttributes = ["email"], PasswordPolicy = new() { MinimumLength = 40, PasswordHistorySize = 2 } },
        AppClients =
        [
            new() { Name = "without secret", Route = AppClientRoute.UserPassword, TokenLifetime = TimeSpan.FromMinutes(10) },
            new() { Name = "with secret", Route = AppClientRoute.UserPassword, GenerateSecret = true, ExplicitAuthFlows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"] },
        ],
    };

    private CognitoEmulator _cognito = null!;

    private EmulatedUserPool Pool => Assert.Single(_cognito.UserPools);

    public async Task InitializeAsync()
    {
        _cognito = await CognitoEmulator.StartAsync();
        await ApplyAsync(_cognito, _blueprint, []);
    }

    public async Task DisposeAsync() => await _cognito.DisposeAsync();

    [Fact]
    public async Task Second_plan_and_the_plan_of_the_import_are_empty()
    {
        using var provisioner = CreateProvisioner(_cognito);

        var imported = await provisioner.ImportAsync(Pool.Id);

        Assert.True((await PlanAsync(_cognito, _blueprint)).IsEmpty);
        var plan = await provisioner.PlanAsync(Blueprint.Parse(imported.Blueprint.ToJson()));
        Assert.True(plan.IsEmpty, plan.ToString());
        Assert.Equal(["email"], imported.Blueprint.UserPool.UsernameAttributes);
        Assert.True(imported.Blueprint.UserPool.AdminCreateUserOnly);
        Assert.Equal((40, true, 2), (imported.Blueprint.UserPool.PasswordPolicy!.MinimumLength, imported.Blueprint.UserPool.PasswordPolicy.RequireSymbols, imported.Blueprint.UserPool.PasswordPolicy.PasswordHistorySize));
        Assert.Equal(
            [("with secret", true, "ALLOW_USER_PASSWORD_AUTH ALLOW_USER_SRP_AUTH"), ("without secret", null, null)],
            imported.Blueprint.AppClients.Select(client => (client.Name, client.GenerateSecret, client.ExplicitAuthFlows is { } flows ? string.Join(' ', flows) : null)));
        Assert.All(imported.Blueprint.AppClients, client => Assert.Equal((AppClientRoute.UserPassword, 0), (client.Route, client.Scopes.Count)));
    }

    [Fact]
    public async Task Imported_blueprint_creates_the_same_setup_in_another_account()
    {
        using var provisioner = CreateProvisioner(_cognito);
        var imported = (await provisioner.ImportAsync(Pool.Id)).Blueprint;
        await using var other = await CognitoEmulator.StartAsync();
        var copy = imported with { UserPool = imported.UserPool with { Id = null } };

        await ApplyAsync(other, copy, []);

        using var theirs = CreateProvisioner(other);
        var again = (await theirs.ImportAsync("robots")).Blueprint;
        Assert.Equal(copy.ToJson(), (again with { UserPool = again.UserPool with { Id = null } }).ToJson());
    }

    [Fact]
    public async Task Temporary_user_signs_in_and_is_gone_after_the_test()
    {
        await using (var user = await TemporaryUser.CreateAsync("robots", provisioner: new() { EmulatorAddress = _cognito.BaseAddress, Region = "eu-west-1" }))
        {
            Assert.Equal(40, user.Password.Length);
            var answer = await SignInAsync(user.Username, user.Password);
            Assert.Equal(600, answer.GetProperty("AuthenticationResult").GetProperty("ExpiresIn").GetInt32());
        }

        Assert.Empty(Pool.Users);
    }

    [Fact]
    public async Task Stored_password_signs_the_user_in()
    {
        var path = Path.GetTempFileName();
        File.Delete(path);
        using var provisioner = CreateProvisioner(_cognito);

        await provisioner.CreateUserAsync(Pool.Id, new() { Username = "ann@example.com", ClientName = "without secret" }, new FileSecretSink(path));

        var section = JsonDocument.Parse(await File.ReadAllTextAsync(path)).RootElement.GetProperty("CognitoM2M").GetProperty("Clients").GetProperty("without secret");
        var answer = await SignInAsync(section.GetProperty("Username").GetString()!, section.GetProperty("Password").GetString()!, section.GetProperty("ClientId").GetString());
        Assert.NotEmpty(answer.GetProperty("AuthenticationResult").GetProperty("AccessToken").GetString()!);
        Assert.Equal(_cognito.BaseAddress.AbsoluteUri, section.GetProperty("TokenEndpoint").GetString());
        File.Delete(path);
    }

    [Fact]
    public async Task Left_over_user_is_found_and_deleted()
    {
        using var provisioner = CreateProvisioner(_cognito);
        var left = await provisioner.CreateTemporaryUserAsync(Pool.Id);
        Pool.CreateUser("cognito-m2m-temporary@example.com", new EmulatedUserOptions());

        var found = Assert.Single(await provisioner.ListTemporaryUsersAsync(Pool.Id, TimeSpan.Zero));

        Assert.Equal((left.Username, left.Id), (found.Username, found.Id));
        Assert.True(await provisioner.DeleteUserAsync(Pool.Id, found.Id));
        Assert.Single(Pool.Users);
    }

    [Fact]
    public async Task Apply_writes_the_settings_of_an_app_client_without_a_secret()
    {
        var path = Path.GetTempFileName();
        File.Delete(path);
        using var provisioner = CreateProvisioner(_cognito);

        var outputs = await provisioner.ApplyAsync(await provisioner.PlanAsync(_blueprint), new() { Secrets = new FileSecretSink(path), Ready = new() });

        var clients = JsonDocument.Parse(await File.ReadAllTextAsync(path)).RootElement.GetProperty("CognitoM2M").GetProperty("Clients");
        Assert.Equal(["Route", "TokenEndpoint", "ClientId"], clients.GetProperty("without secret").EnumerateObject().Select(member => member.Name));
        Assert.Equal(["Route", "TokenEndpoint", "ClientId", "ClientSecret"], clients.GetProperty("with secret").EnumerateObject().Select(member => member.Name));
        Assert.Empty(outputs.UnknownSecrets);
        File.Delete(path);
    }

    private async Task<JsonElement> SignInAsync(string username, string password, string? clientId = null)
    {
        using var api = new RawUserPoolApi(_cognito);
        return await api.CallAsync("InitiateAuth", new
        {
            ClientId = clientId ?? Pool.AppClients.Single(client => client.ClientSecret is null).ClientId,
            AuthFlow = "USER_PASSWORD_AUTH",
            AuthParameters = new { USERNAME = username, PASSWORD = password },
        });
    }
}
