using CognitoM2M.Emulator;
using CognitoM2M.Provisioning;
using static CognitoM2M.EndToEnd.Tests.AppliedBlueprint;

namespace CognitoM2M.EndToEnd.Tests;

/// <summary>Creates whose answer is lost, and creates of two runs at the same time.</summary>
public sealed class CreateTests
{
    [Theory]
    [InlineData("CreateUserPool")]
    [InlineData("CreateUserPoolClient")]
    public async Task Create_is_not_repeated_if_its_answer_is_lost(string operation)
    {
        await using var cognito = await CognitoEmulator.StartAsync();
        cognito.Faults.Set(operation, EmulatorFault.LostResponse());

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => ApplyAsync(cognito, Acme, []));

        Assert.Equal(ProvisioningError.Unreachable, failure.Error);
        Assert.Equal(1, cognito.JsonApiRequests.Count(operation));
    }

    [Theory]
    [InlineData("CreateResourceServer")]
    [InlineData("CreateUserPoolDomain")]
    public async Task Create_with_a_unique_name_succeeds_although_its_first_answer_is_lost(string operation)
    {
        await using var cognito = await CognitoEmulator.StartAsync();
        cognito.Faults.Set(operation, EmulatorFault.LostResponse() with { Times = 1 });

        await ApplyAsync(cognito, Acme, []);

        Assert.InRange(cognito.JsonApiRequests.Count(operation), 2, 3);
        Assert.True((await PlanAsync(cognito, Acme)).IsEmpty);
    }

    [Fact]
    public async Task Two_applies_at_once_leave_one_of_everything()
    {
        await using var cognito = await CognitoEmulator.StartAsync();
        List<AppClientCredentials>[] secrets = [[], []];
        using var provisioner = CreateProvisioner(cognito);
        ProvisioningPlan[] plans = [await provisioner.PlanAsync(Acme), await provisioner.PlanAsync(Acme)];

        var failures = await Task.WhenAll(plans.Zip(secrets).Select(async run =>
            await Record.ExceptionAsync(() => ApplyAsync(cognito, run.First, run.Second))));

        var pool = Assert.Single(cognito.UserPools);
        Assert.Contains(failures, failure => failure is CognitoProvisioningException { Error: ProvisioningError.Overlap });
        Assert.All(failures, failure => Assert.True(failure is null or CognitoProvisioningException { Error: ProvisioningError.Overlap }, failure?.ToString()));
        var expected = pool.AppClients.Select(client => (client.ClientId, client.ClientSecret!)).Order().ToList();
        Assert.Equal(2, expected.Count);
        Assert.All(secrets, stored => Assert.Equal(expected, stored.Select(credentials => (credentials.ClientId, credentials.ClientSecret)).Order()));
        Assert.True((await PlanAsync(cognito, Acme)).IsEmpty);
    }
}
