using CognitoM2M.Emulator;
using CognitoM2M.Provisioning;
using static CognitoM2M.EndToEnd.Tests.AppliedBlueprint;

namespace CognitoM2M.EndToEnd.Tests;

/// <summary>Applying a blueprint with chosen ids and secrets to an emulator, so that the settings of services can be checked in.</summary>
public sealed class ChosenIdTests
{
    private static readonly Blueprint _blueprint = Acme with
    {
        UserPool = Acme.UserPool with { Id = "eu-west-1_LocalDev1" },
        AppClients =
        [
            Acme.AppClients[0] with { Id = "reader", Secret = "local_development_secret_1" },
            Acme.AppClients[1] with { Id = "writer", Secret = "local_development_secret_2" },
        ],
    };

    [Fact]
    public async Task Apply_creates_the_chosen_ids_and_secrets_and_a_second_apply_has_nothing_to_do()
    {
        await using var cognito = await CognitoEmulator.StartAsync();
        var secrets = new List<AppClientCredentials>();

        await ApplyAsync(cognito, _blueprint, secrets);
        var second = await PlanAsync(cognito, _blueprint);

        var pool = Assert.Single(cognito.UserPools);
        Assert.Equal("eu-west-1_LocalDev1", pool.Id);
        Assert.Equal(["reader", "writer"], pool.AppClients.Select(client => client.ClientId));
        Assert.Equal(["local_development_secret_1", "local_development_secret_2"], pool.AppClients.Select(client => client.ClientSecret));
        Assert.Equal(["local_development_secret_1", "local_development_secret_2"], secrets.Select(secret => secret.ClientSecret));
        Assert.True(second.IsEmpty, second.ToString());
    }

    [Fact]
    public async Task Pool_and_client_of_the_same_names_with_other_ids_are_left_alone()
    {
        await using var cognito = await CognitoEmulator.StartAsync();
        await ApplyAsync(cognito, Acme, []);
        var first = cognito.UserPools[0];

        await ApplyAsync(cognito, _blueprint with { Domain = new() { Prefix = "acme-local" } }, []);
        await ApplyAsync(cognito, Acme with { UserPool = Acme.UserPool with { Id = first.Id }, AppClients = [Acme.AppClients[0] with { Id = "other" }, Acme.AppClients[1]] }, []);

        Assert.Equal([first.Id, "eu-west-1_LocalDev1"], cognito.UserPools.Select(pool => pool.Id));
        Assert.Equal(["other", "reader", "reader", "writer", "writer"], cognito.UserPools.SelectMany(pool => pool.AppClients).Select(client => client.ClientId == "other" ? "other" : client.ClientName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Apply_that_was_interrupted_after_the_user_pool_is_finished_by_the_next()
    {
        await using var cognito = await CognitoEmulator.StartAsync();
        cognito.Faults.Set("CreateUserPoolClient", EmulatorFault.AwsError("InternalErrorException", "down"));
        await Assert.ThrowsAsync<CognitoProvisioningException>(() => ApplyAsync(cognito, _blueprint with { Domain = Acme.Domain }, []));
        cognito.Faults.Clear();

        await ApplyAsync(cognito, _blueprint, []);

        Assert.Equal(["reader", "writer"], Assert.Single(cognito.UserPools).AppClients.Select(client => client.ClientId));
    }
}
