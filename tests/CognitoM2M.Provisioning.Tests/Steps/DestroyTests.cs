using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Steps;

public sealed class DestroyTests
{
    private static readonly DestroyOptions _override = new() { OverrideDeletionProtection = true };

    private readonly FakeAccount _account = new();

    [Fact]
    public async Task Destroy_deletes_the_domains_and_then_the_user_pool()
    {
        await _account.ApplyAsync(FakeAccount.Acme);

        await _account.DestroyAsync(FakeAccount.Acme, _override);

        Assert.Empty(_account.Cognito.Pools);
    }

    [Fact]
    public async Task Deletion_protection_stops_destroy_before_anything_is_deleted()
    {
        await _account.ApplyAsync(FakeAccount.Acme);

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.DestroyAsync(FakeAccount.Acme));

        Assert.Equal(ProvisioningError.DeletionProtected, failure.Error);
        Assert.Contains("--override-deletion-protection to destroy (in C#: DestroyOptions.OverrideDeletionProtection)", failure.Hint, StringComparison.Ordinal);
        Assert.Equal("acme-m2m", _account.Cognito.Pool.Prefix);
    }

    [Fact]
    public async Task Next_destroy_completes_a_run_that_was_killed_after_any_request()
    {
        for (var last = 1; ; last++)
        {
            var account = new FakeAccount();
            await account.ApplyAsync(FakeAccount.Acme);
            account.Cognito.Calls.Clear();
            account.Cognito.DiesAfter = last;
            try
            {
                await account.DestroyAsync(FakeAccount.Acme, _override);
                Assert.True(last > 6, $"{last}");
                return;
            }
            catch (DiedException)
            {
                account.Cognito.DiesAfter = null;
            }

            await account.DestroyAsync(FakeAccount.Acme, _override);

            Assert.Empty(account.Cognito.Pools);
        }
    }

    [Fact]
    public async Task Plan_is_empty_if_there_is_nothing_to_destroy()
    {
        var plan = await _account.RunAsync(_account.CreateProvisioner().PlanDestroyAsync(FakeAccount.Acme));

        Assert.True(plan.IsEmpty);
    }

    [Fact]
    public async Task Nothing_is_deleted_from_a_user_pool_without_the_tag_unless_that_is_allowed()
    {
        var pool = _account.Cognito.AddPool("acme");
        _account.Cognito.AddClient(pool, "billing");

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.DestroyAsync(FakeAccount.Acme));
        Assert.Single(pool.Clients);
        await _account.DestroyAsync(FakeAccount.Acme, new() { AllowUntaggedUserPool = true });

        Assert.Equal(ProvisioningError.AdoptionRequired, failure.Error);
        Assert.Contains("--allow-untagged-user-pool", failure.Message, StringComparison.Ordinal);
        Assert.Empty(pool.Clients);
        Assert.Same(pool, _account.Cognito.Pool);
    }

    [Fact]
    public async Task User_pool_without_the_tag_and_without_anything_of_the_blueprint_gives_an_empty_plan()
    {
        _account.Cognito.AddPool("acme");

        var plan = await _account.RunAsync(_account.CreateProvisioner().PlanDestroyAsync(FakeAccount.Acme));

        Assert.True(plan.IsEmpty);
        Assert.Equal(["user pool 'acme' (eu-west-1_Pool1): it was not created from a blueprint"], plan.Staying);
    }

    [Fact]
    public async Task Plan_of_one_kind_is_refused_by_the_method_for_the_other_kind()
    {
        await _account.ApplyAsync(FakeAccount.Acme);
        var destroying = await _account.RunAsync(_account.CreateProvisioner().PlanDestroyAsync(FakeAccount.Acme, _override));
        var applying = await _account.PlanAsync(FakeAccount.Acme);

        await Assert.ThrowsAsync<InvalidOperationException>(() => _account.RunAsync(_account.CreateProvisioner().ApplyAsync(destroying)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _account.RunAsync(_account.CreateProvisioner().DestroyAsync(applying, DestructiveChanges.All)));
    }

    [Fact]
    public async Task Deletion_of_the_user_pool_must_be_allowed()
    {
        await _account.ApplyAsync(FakeAccount.Acme);
        var plan = await _account.RunAsync(_account.CreateProvisioner().PlanDestroyAsync(FakeAccount.Acme, _override));

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.RunAsync(_account.CreateProvisioner().DestroyAsync(plan, DestructiveChanges.Domain)));

        Assert.Equal(ProvisioningError.DestructiveChangeNotAllowed, failure.Error);
        Assert.Single(_account.Cognito.Pools);
    }
}
