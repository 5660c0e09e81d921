using CognitoM2M.Provisioning.Tests.Support;

namespace CognitoM2M.Provisioning.Tests.Applying;

public sealed class DestroyTests
{
    private static readonly DestroyOptions _override = new() { OverrideDeletionProtection = true };

    private readonly World _world = new();

    [Fact]
    public async Task Everything_goes_and_the_domains_go_first()
    {
        await _world.ApplyAsync(World.Acme);

        await _world.DestroyAsync(World.Acme, _override);

        Assert.Empty(_world.Cognito.Pools);
    }

    [Fact]
    public async Task Deletion_protection_stops_it_before_anything_is_deleted()
    {
        await _world.ApplyAsync(World.Acme);

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _world.DestroyAsync(World.Acme));

        Assert.Equal(ProvisioningError.DeletionProtected, failure.Error);
        Assert.Equal("acme-m2m", _world.Cognito.Pool.Prefix);
    }

    [Fact]
    public async Task Killed_after_any_request_it_is_completed_by_the_next()
    {
        for (var last = 1; ; last++)
        {
            var world = new World();
            await world.ApplyAsync(World.Acme);
            world.Cognito.Calls.Clear();
            world.Cognito.DiesAfter = last;
            try
            {
                await world.DestroyAsync(World.Acme, _override);
                Assert.True(last > 6, $"{last}");
                return;
            }
            catch (DiedException)
            {
                world.Cognito.DiesAfter = null;
            }

            await world.DestroyAsync(World.Acme, _override);

            Assert.Empty(world.Cognito.Pools);
        }
    }

    [Fact]
    public async Task Nothing_to_destroy_is_an_empty_plan()
    {
        var plan = await _world.RunAsync(_world.Provisioner().PlanDestroyAsync(World.Acme));

        Assert.True(plan.IsEmpty);
    }

    [Fact]
    public async Task Pool_of_somebody_else_is_left_alone_unless_that_was_asked_for()
    {
        _world.Cognito.AddPool("acme");

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _world.DestroyAsync(World.Acme));
        await _world.DestroyAsync(World.Acme, new() { IncludeForeign = true });

        Assert.Equal(ProvisioningError.AdoptionRequired, failure.Error);
        Assert.Empty(_world.Cognito.Pools);
    }

    [Fact]
    public async Task Plans_of_the_two_kinds_are_not_confused()
    {
        await _world.ApplyAsync(World.Acme);
        var destroying = await _world.RunAsync(_world.Provisioner().PlanDestroyAsync(World.Acme, _override));
        var applying = await _world.PlanAsync(World.Acme);

        await Assert.ThrowsAsync<InvalidOperationException>(() => _world.RunAsync(_world.Provisioner().ApplyAsync(destroying)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _world.RunAsync(_world.Provisioner().DestroyAsync(applying, ProvisioningLosses.All)));
    }

    [Fact]
    public async Task Losing_the_pool_must_be_allowed()
    {
        await _world.ApplyAsync(World.Acme);
        var plan = await _world.RunAsync(_world.Provisioner().PlanDestroyAsync(World.Acme, _override));

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _world.RunAsync(_world.Provisioner().DestroyAsync(plan, ProvisioningLosses.Domain)));

        Assert.Equal(ProvisioningError.LossNotAllowed, failure.Error);
        Assert.Single(_world.Cognito.Pools);
    }
}
