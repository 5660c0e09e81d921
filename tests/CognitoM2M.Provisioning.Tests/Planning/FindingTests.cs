using CognitoM2M.Provisioning.Tests.Support;

namespace CognitoM2M.Provisioning.Tests.Planning;

public sealed class FindingTests
{
    private static readonly PlanOptions _adopt = new() { Adopt = true };

    private readonly World _world = new();

    [Fact]
    public async Task Pool_that_is_not_owned_is_an_error_that_names_it()
    {
        var pool = _world.Cognito.AddPool("acme");

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _world.PlanAsync(World.Acme));

        Assert.Equal(ProvisioningError.AdoptionRequired, failure.Error);
        Assert.Contains($"{pool.Id} ('acme', created 2023-07-18 23:07Z)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pool_is_adopted_on_request_and_found_afterwards()
    {
        var pool = _world.Cognito.AddPool("acme");

        await _world.ApplyAsync(World.Acme, options: _adopt);

        Assert.Same(pool, _world.Cognito.Pool);
        Assert.Equal(OwnershipTag.Value, pool.Tags[OwnershipTag.Key]);
        Assert.True((await _world.PlanAsync(World.Acme)).IsEmpty);
    }

    [Fact]
    public async Task Tag_tells_pools_of_one_name_apart()
    {
        _world.Cognito.AddPool("acme");
        var owned = _world.Cognito.AddPool("acme", isOwned: true);

        var plan = await _world.PlanAsync(World.Acme);

        Assert.Equal(owned.Id, plan.UserPoolId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_pools_that_both_could_be_meant_are_an_error_that_lists_them(bool areOwned)
    {
        var (one, two) = (_world.Cognito.AddPool("acme", areOwned), _world.Cognito.AddPool("acme", areOwned));

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _world.PlanAsync(World.Acme, _adopt));

        Assert.Equal(ProvisioningError.Ambiguous, failure.Error);
        Assert.Contains(one.Id, failure.Message, StringComparison.Ordinal);
        Assert.Contains(two.Id, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Id_settles_which_pool_is_meant_and_a_new_name_renames_it()
    {
        _world.Cognito.AddPool("acme", isOwned: true);
        var meant = _world.Cognito.AddPool("other", isOwned: true);
        var blueprint = World.Acme with { UserPool = World.Acme.UserPool with { Id = meant.Id } };

        await _world.ApplyAsync(blueprint);

        Assert.Equal("acme", meant.Name);
        Assert.DoesNotContain("ListUserPools", _world.Cognito.Calls);
    }

    [Fact]
    public async Task Id_of_no_pool_is_an_error()
    {
        var blueprint = World.Acme with { UserPool = World.Acme.UserPool with { Id = "eu-west-1_None" } };

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _world.PlanAsync(blueprint));

        Assert.Equal(ProvisioningError.NotFound, failure.Error);
    }

    [Fact]
    public async Task App_clients_of_one_name_are_an_error_that_lists_them()
    {
        var pool = _world.Cognito.AddPool("acme", isOwned: true);
        var (one, two) = (_world.Cognito.AddClient(pool, "billing"), _world.Cognito.AddClient(pool, "billing"));

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _world.PlanAsync(World.Acme));

        Assert.Equal(ProvisioningError.Ambiguous, failure.Error);
        Assert.Contains($"{one.Id}, {two.Id}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Domain_of_another_pool_is_an_error_before_anything_is_made()
    {
        _world.Cognito.OtherDomains["acme-m2m"] = ("eu-west-1_Else", long.MaxValue);

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _world.PlanAsync(World.Acme));

        Assert.Equal(ProvisioningError.DomainTaken, failure.Error);
        Assert.Contains("eu-west-1_Else", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_is_found_however_the_service_cuts_its_pages()
    {
        _world.Cognito.AddPool("another");
        await _world.ApplyAsync(World.Acme);
        _world.Cognito.ServesMeagrePages = true;

        Assert.True((await _world.PlanAsync(World.Acme)).IsEmpty);
    }

    [Fact]
    public async Task Missing_domain_may_also_be_answered_with_an_error()
    {
        _world.Cognito.Fault = operation => operation == "DescribeUserPoolDomain"
            ? CognitoProvisioningException.FromService(operation, "ResourceNotFoundException", "No such domain.")
            : null;

        var plan = await _world.PlanAsync(World.Acme);

        Assert.Contains(plan.Steps, step => step.Title == "create domain 'acme-m2m'");
    }
}
