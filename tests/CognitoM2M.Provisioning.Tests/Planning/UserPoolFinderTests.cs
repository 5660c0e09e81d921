using CognitoM2M.Provisioning.Resources.Domains;
using CognitoM2M.Provisioning.Service;
using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Planning;

public sealed class UserPoolFinderTests
{
    private static readonly PlanOptions _adopt = new() { Adopt = true };

    private readonly FakeAccount _account = new();

    [Fact]
    public async Task User_pool_without_the_tag_is_an_error_that_names_it()
    {
        var pool = _account.Cognito.AddPool("acme");

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.PlanAsync(FakeAccount.Acme));

        Assert.Equal(ProvisioningError.AdoptionRequired, failure.Error);
        Assert.Contains($"{pool.Id} ('acme', created 2023-07-18 23:07Z)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Adopted_user_pool_gets_the_tag_and_is_found_from_then_on()
    {
        var pool = _account.Cognito.AddPool("acme");

        await _account.ApplyAsync(FakeAccount.Acme, options: _adopt);

        Assert.Same(pool, _account.Cognito.Pool);
        Assert.Equal(OwnershipTag.Adopted, pool.Tags[OwnershipTag.Key]);
        Assert.True((await _account.PlanAsync(FakeAccount.Acme)).IsEmpty);
    }

    [Fact]
    public async Task Tag_decides_between_user_pools_with_the_same_name()
    {
        _account.Cognito.AddPool("acme");
        var owned = _account.Cognito.AddPool("acme", isOwned: true);

        var plan = await _account.PlanAsync(FakeAccount.Acme);

        Assert.Equal(owned.Id, plan.UserPoolId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_user_pools_that_match_are_an_error_that_lists_them(bool areOwned)
    {
        var (one, two) = (_account.Cognito.AddPool("acme", areOwned), _account.Cognito.AddPool("acme", areOwned));

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.PlanAsync(FakeAccount.Acme, _adopt));

        Assert.Equal(ProvisioningError.Ambiguous, failure.Error);
        Assert.Contains(one.Id, failure.Message, StringComparison.Ordinal);
        Assert.Contains(two.Id, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_pool_found_by_id_is_renamed_to_the_name_in_the_blueprint()
    {
        _account.Cognito.AddPool("acme", isOwned: true);
        var meant = _account.Cognito.AddPool("other", isOwned: true);
        var blueprint = FakeAccount.Acme with { UserPool = FakeAccount.Acme.UserPool with { Id = meant.Id } };

        await _account.ApplyAsync(blueprint);

        Assert.Equal("acme", meant.Name);
        Assert.DoesNotContain("ListUserPools", _account.Cognito.Calls);
    }

    [Fact]
    public async Task Id_without_a_user_pool_is_an_error()
    {
        var blueprint = FakeAccount.Acme with { UserPool = FakeAccount.Acme.UserPool with { Id = "eu-west-1_None" } };

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.PlanAsync(blueprint));

        Assert.Equal(ProvisioningError.NotFound, failure.Error);
    }

    [Fact]
    public async Task App_clients_with_the_same_name_are_an_error_that_lists_them()
    {
        var pool = _account.Cognito.AddPool("acme", isOwned: true);
        var (one, two) = (_account.Cognito.AddClient(pool, "billing"), _account.Cognito.AddClient(pool, "billing"));

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.PlanAsync(FakeAccount.Acme));

        Assert.Equal(ProvisioningError.Ambiguous, failure.Error);
        Assert.Contains($"{one.Id}, {two.Id}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Domain_of_another_user_pool_is_an_error_before_anything_is_created()
    {
        _account.Cognito.OtherDomains["acme-m2m"] = ("eu-west-1_Else", long.MaxValue);

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.PlanAsync(FakeAccount.Acme));

        Assert.Equal(ProvisioningError.DomainTaken, failure.Error);
        Assert.Contains("eu-west-1_Else", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Blueprint_with_a_new_name_is_advised_to_name_the_id_of_its_user_pool()
    {
        await _account.ApplyAsync(FakeAccount.Acme);
        var renamed = FakeAccount.Acme with { UserPool = FakeAccount.Acme.UserPool with { Name = "acme two" } };

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.PlanAsync(renamed));
        var plan = await _account.PlanAsync(renamed with { UserPool = renamed.UserPool with { Id = "eu-west-1_Pool1" } });

        Assert.Equal(ProvisioningError.DomainTaken, failure.Error);
        Assert.Contains("set userPool.id to 'eu-west-1_Pool1'", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("delete", failure.Message, StringComparison.Ordinal);
        Assert.Equal("PoolName: acme -> acme two", Assert.Single(Assert.Single(plan.Steps).Changes).ToString());
    }

    [Fact]
    public async Task Resources_are_found_in_lists_with_small_and_empty_pages()
    {
        _account.Cognito.AddPool("another");
        await _account.ApplyAsync(FakeAccount.Acme);
        _account.Cognito.ServesSmallPages = true;

        Assert.True((await _account.PlanAsync(FakeAccount.Acme)).IsEmpty);
    }

    [Fact]
    public async Task Domain_is_created_if_Cognito_reports_with_an_error_that_it_does_not_exist()
    {
        _account.Cognito.Fault = operation => operation == DomainOperations.Describe
            ? ServiceRefusal.CreateException(operation, "ResourceNotFoundException", "No such domain.")
            : null;

        var plan = await _account.PlanAsync(FakeAccount.Acme);

        Assert.Contains(plan.Steps, step => step.Title == "create domain 'acme-m2m'");
    }
}
