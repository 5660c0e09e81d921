using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Planning;

/// <summary>User pools whose ownership tag another tool has removed.</summary>
public sealed class MissingTagTests : IAsyncLifetime
{
    private readonly FakeAccount _account = new();

    private Blueprint WithId => FakeAccount.Acme with { UserPool = FakeAccount.Acme.UserPool with { Id = _account.Cognito.Pool.Id } };

    public async Task InitializeAsync()
    {
        await _account.ApplyAsync(FakeAccount.Acme);
        _account.Cognito.Pool.Tags.Remove(OwnershipTag.Key);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task User_pool_without_the_tag_can_be_read(bool hasId)
    {
        var blueprint = hasId ? WithId : FakeAccount.Acme;

        var outputs = await _account.RunAsync(_account.CreateProvisioner().GetOutputsAsync(blueprint));
        await _account.RunAsync(_account.CreateProvisioner().WaitUntilReadyAsync(blueprint));

        Assert.Equal(_account.Cognito.Pool.Id, outputs.UserPoolId);
    }

    [Fact]
    public async Task Reading_by_name_prefers_the_user_pool_with_the_tag_and_refuses_to_guess_without_one()
    {
        var second = _account.Cognito.AddPool("acme");
        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() =>
            _account.RunAsync(_account.CreateProvisioner().GetOutputsAsync(FakeAccount.Acme with { AppClients = [] })));
        second.Tags[OwnershipTag.Key] = OwnershipTag.Created;

        var outputs = await _account.RunAsync(_account.CreateProvisioner().GetOutputsAsync(FakeAccount.Acme with { AppClients = [] }));

        Assert.Equal(ProvisioningError.Ambiguous, failure.Error);
        Assert.Equal(second.Id, outputs.UserPoolId);
    }

    [Fact]
    public async Task Secret_is_rotated_without_the_tag_if_the_id_is_given()
    {
        var rotation = await _account.RunAsync(_account.CreateProvisioner().RotateSecretAsync(WithId, "billing", _account.Sink));

        Assert.Equal(_account.Sink.Held["billing"].ClientSecretId, rotation.NewSecretId);
    }

    [Fact]
    public async Task Secret_in_a_user_pool_of_the_same_name_is_not_rotated()
    {
        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() =>
            _account.RunAsync(_account.CreateProvisioner().RotateSecretAsync(FakeAccount.Acme, "billing", _account.Sink)));

        Assert.Equal(ProvisioningError.AdoptionRequired, failure.Error);
        Assert.Contains("userPool.id", failure.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Planning_advises_to_adopt_and_not_to_give_an_id(bool hasId)
    {
        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.PlanAsync(hasId ? WithId : FakeAccount.Acme));

        Assert.Equal(ProvisioningError.AdoptionRequired, failure.Error);
        Assert.Contains("--adopt", failure.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain("userPool.id", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_pool_that_is_adopted_again_is_not_deleted_any_more()
    {
        await _account.ApplyAsync(FakeAccount.Acme, options: new() { Adopt = true });

        await _account.DestroyAsync(FakeAccount.Acme);

        Assert.Equal((0, 0, "acme-m2m"), (_account.Cognito.Pool.Clients.Count, _account.Cognito.Pool.Servers.Count, _account.Cognito.Pool.Prefix));
    }
}
