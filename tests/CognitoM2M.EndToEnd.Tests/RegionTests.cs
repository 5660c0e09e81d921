using CognitoM2M.Emulator;
using CognitoM2M.Provisioning;
using static CognitoM2M.EndToEnd.Tests.AppliedBlueprint;

namespace CognitoM2M.EndToEnd.Tests;

/// <summary>One emulator for several regions, as the AWS SDK signs its requests.</summary>
public sealed class RegionTests
{
    [Fact]
    public async Task The_same_blueprint_is_applied_once_in_each_region()
    {
        await using var cognito = await CognitoEmulator.StartAsync();
        foreach (var region in (string[])["eu-west-1", "us-east-2"])
        {
            using var provisioner = new CognitoProvisioner(new CognitoProvisionerOptions { EmulatorAddress = cognito.BaseAddress, Region = region });
            var outputs = await provisioner.ApplyAsync(await provisioner.PlanAsync(Acme));

            Assert.Equal(region, outputs.Region);
            Assert.True((await provisioner.PlanAsync(Acme)).IsEmpty);
        }

        Assert.Equal(["eu-west-1", "us-east-2"], cognito.UserPools.Select(pool => pool.Id.Split('_')[0]));
    }
}
