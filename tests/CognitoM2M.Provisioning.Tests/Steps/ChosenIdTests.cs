using System.Text.Json;
using System.Text.Json.Nodes;
using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Steps;

/// <summary>Ids and secrets in a blueprint: created by an emulator, refused on AWS.</summary>
public sealed class ChosenIdTests
{
    private const string Secret = "local_development_secret_1";

    private static readonly Uri _emulator = new("http://127.0.0.1:9595/");

    private readonly FakeAccount _account = new();

    [Fact]
    public async Task Secret_in_a_blueprint_is_refused_on_AWS_before_the_first_request()
    {
        var blueprint = Choose(FakeAccount.Acme.UserPool, new() { Name = "billing", Secret = Secret, Scopes = ["orders/read"] });
        var provisioner = _account.CreateProvisioner();

        Func<Task>[] calls =
        [
            () => provisioner.PlanAsync(blueprint),
            () => provisioner.PlanDestroyAsync(blueprint),
            () => provisioner.GetOutputsAsync(blueprint),
            () => provisioner.RotateSecretAsync(blueprint, "billing", _account.Sink),
            () => provisioner.SeedAsync(blueprint),
        ];
        foreach (var call in calls)
        {
            var error = await Assert.ThrowsAsync<CognitoProvisioningException>(call);

            Assert.Equal(ProvisioningError.Configuration, error.Error);
            Assert.Contains("secret of app client 'billing'", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
        }

        Assert.Empty(_account.Cognito.Calls);
    }

    [Theory]
    [InlineData("claims", "the claims of app client 'billing'")]
    [InlineData("users", "the user 'ann'")]
    [InlineData("groups", "the group 'admins'")]
    public async Task Member_for_emulators_alone_is_refused_on_AWS_before_the_first_request(string member, string thing)
    {
        var client = new AppClientBlueprint { Name = "billing", Scopes = ["orders/read"], Claims = member == "claims" ? new Dictionary<string, JsonNode>() : null };
        var blueprint = Choose(FakeAccount.Acme.UserPool, client) with
        {
            Users = member == "users" ? [new() { Name = "ann", Password = Secret }] : [],
            Groups = member == "groups" ? [new() { Name = "admins" }] : [],
        };
        var provisioner = _account.CreateProvisioner();

        foreach (var call in new Func<Task>[] { () => provisioner.PlanAsync(blueprint), () => provisioner.PlanDestroyAsync(blueprint), () => provisioner.SeedAsync(blueprint) })
        {
            var error = await Assert.ThrowsAsync<CognitoProvisioningException>(call);

            Assert.Equal(ProvisioningError.Configuration, error.Error);
            Assert.StartsWith($"The blueprint holds {thing}, and that is allowed for an emulator only. No request was sent.", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
        }

        Assert.Empty(_account.Cognito.Calls);
    }

    [Fact]
    public async Task Chosen_id_of_a_user_pool_that_does_not_exist_is_an_error_on_AWS_that_says_why()
    {
        var blueprint = Choose(FakeAccount.Acme.UserPool with { Id = "eu-west-1_LocalDev1" }, new() { Name = "billing", Scopes = ["orders/read"] });

        var error = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.PlanAsync(blueprint));

        Assert.Equal(ProvisioningError.NotFound, error.Error);
        Assert.Contains("Only an emulator creates a user pool with a chosen id", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Seed_is_refused_on_AWS_before_the_first_request()
    {
        var error = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.CreateProvisioner().SeedAsync(FakeAccount.Acme));

        Assert.Equal(ProvisioningError.Configuration, error.Error);
        Assert.Empty(_account.Cognito.Calls);
    }

    [Fact]
    public async Task Emulator_that_ignores_the_chosen_id_of_a_user_pool_is_reported_and_keeps_nothing()
    {
        var blueprint = Choose(new() { Name = "acme", Id = "eu-west-1_LocalDev1" }, new() { Name = "billing", Scopes = ["orders/read"] });
        var provisioner = _account.CreateProvisioner(_emulator);

        var plan = await _account.RunAsync(provisioner.PlanAsync(blueprint));
        var error = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.RunAsync(provisioner.ApplyAsync(plan)));

        Assert.Equal(ProvisioningError.DifferentResult, error.Error);
        Assert.Contains("asked for the id 'eu-west-1_LocalDev1'", error.Message, StringComparison.Ordinal);
        Assert.Empty(_account.Cognito.Pools);
    }

    [Fact]
    public async Task Emulator_that_ignores_the_chosen_id_of_an_app_client_is_reported_and_keeps_no_such_client()
    {
        var blueprint = Choose(new() { Name = "acme" }, new() { Name = "billing", Id = "billing", Scopes = ["orders/read"] });
        var provisioner = _account.CreateProvisioner(_emulator);

        var plan = await _account.RunAsync(provisioner.PlanAsync(blueprint));
        var error = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.RunAsync(provisioner.ApplyAsync(plan)));

        Assert.Equal(ProvisioningError.DifferentResult, error.Error);
        Assert.Empty(_account.Cognito.Pool.Clients);
    }

    [Fact]
    public void Request_names_no_chosen_id_unless_the_blueprint_has_one()
    {
        var request = UserPoolOperations.Create.WriteInput(UserPoolMerge.Create(new() { Name = "acme" }));

        Assert.DoesNotContain("Chosen", System.Text.Encoding.UTF8.GetString(request), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_appears_in_no_plan_and_no_text_and_the_plan_cannot_be_saved()
    {
        var blueprint = Choose(new() { Name = "acme" }, new() { Name = "billing", Id = "billing", Secret = Secret, Scopes = ["orders/read"] });

        var plan = await _account.RunAsync(_account.CreateProvisioner(_emulator).PlanAsync(blueprint));
        var error = Assert.Throws<CognitoProvisioningException>(() => SavedPlan.Create(plan));

        Assert.Contains("ClientSecret: from the blueprint", plan.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, plan + blueprint.ToString() + blueprint.AppClients[0] + error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bill-ing", null, null, "appClients[0].id")]
    [InlineData(null, "too_short", null, "appClients[0].secret")]
    [InlineData(null, Secret, "BILLING_SECRET", "appClients[0].secret")]
    public void Wrong_id_and_secret_are_mistakes_of_the_blueprint(string? id, string? secret, string? variable, string path)
    {
        var blueprint = Choose(new() { Name = "acme" }, new() { Name = "billing", Id = id, Secret = secret, SecretVariable = variable, Scopes = ["orders/read"] });

        var mistake = Assert.Single(blueprint.Validate());

        Assert.Equal(path, mistake.Path);
        Assert.False(secret is not null && mistake.Message.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_process_refusal_throws_the_same_exception_as_a_refusal_over_http()
    {
        using var provisioner = new CognitoProvisioner(new CognitoProvisionerOptions
        {
            EmulatorAddress = _emulator,
            CallEmulator = (operation, _, _) => Task.FromResult(JsonElement.Parse(
                operation == "ListUserPools" ? "{}" : """{ "__type": "InvalidParameterException", "message": "No." }""")),
        });

        var error = await Assert.ThrowsAsync<CognitoProvisioningException>(
            () => provisioner.SeedAsync(Choose(new() { Name = "acme" }, new() { Name = "billing", Scopes = ["orders/read"], Route = AppClientRoute.GetClientToken })));

        Assert.Equal((ProvisioningError.Refused, "InvalidParameterException", "CreateUserPool"), (error.Error, error.ErrorCode, error.Operation));
    }

    [Fact]
    public void Calls_in_process_need_the_address_of_the_emulator()
    {
        var error = Assert.Throws<CognitoProvisioningException>(
            () => new CognitoProvisioner(new CognitoProvisionerOptions { CallEmulator = (_, _, _) => Task.FromResult(default(JsonElement)) }));

        Assert.Equal(ProvisioningError.Configuration, error.Error);
    }

    private static Blueprint Choose(UserPoolBlueprint pool, AppClientBlueprint client) => new()
    {
        UserPool = pool,
        ResourceServers = [new() { Identifier = "orders", Scopes = [new() { Name = "read" }] }],
        AppClients = [client with { Route = AppClientRoute.GetClientToken }],
    };
}
