using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Steps;

/// <summary>Domains and app clients that cannot be changed are replaced.</summary>
public sealed class ApplyReplacementTests
{
    private readonly FakeAccount _account = new();

    [Fact]
    public async Task Changed_prefix_must_be_allowed_and_waits_until_the_old_domain_is_gone()
    {
        await _account.ApplyAsync(FakeAccount.Acme);
        var moved = FakeAccount.Acme with { Domain = FakeAccount.Acme.Domain! with { Prefix = "acme-new" } };

        var refusal = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.ApplyAsync(moved));
        await _account.ApplyAsync(moved, DestructiveChanges.Domain);

        Assert.Equal(ProvisioningError.DestructiveChangeNotAllowed, refusal.Error);
        Assert.Equal("acme-new", _account.Cognito.Pool.Prefix);
        Assert.Contains(_account.Progress.Reports, report => report is { Activity: ProvisioningActivity.Waiting, Message: "waiting for domain 'acme-m2m' to be gone; its status is DELETING" });
        Assert.True((await _account.PlanAsync(moved)).IsEmpty);
    }

    [Fact]
    public async Task Domain_that_is_still_being_deleted_is_created_again_once_it_is_gone()
    {
        var pool = _account.Cognito.AddPool("acme", isOwned: true);
        _account.Cognito.OtherDomains["acme-m2m"] = (pool.Id, TimeSpan.FromSeconds(30).Ticks);

        await _account.ApplyAsync(FakeAccount.Acme);

        Assert.Equal("acme-m2m", pool.Prefix);
    }

    [Fact]
    public async Task New_certificate_keeps_the_other_settings_of_the_domain()
    {
        await _account.ApplyAsync(FakeAccount.Acme);
        _account.Cognito.Pool.Custom!.SecurityPolicy = "TLS_V1_3_2025";
        const string Two = "arn:aws:acm:us-east-1:123456789012:certificate/two";

        await _account.ApplyAsync(FakeAccount.Acme with { Domain = FakeAccount.Acme.Domain! with { Custom = new() { Name = "auth.acme.com", CertificateArn = Two } } });

        Assert.Equal((Two, "TLS_V1_3_2025"), (_account.Cognito.Pool.Custom.CertificateArn, _account.Cognito.Pool.Custom.SecurityPolicy));
    }

    [Fact]
    public async Task App_client_without_a_secret_is_replaced_only_if_that_is_allowed()
    {
        await _account.ApplyAsync(FakeAccount.Acme);
        var pool = _account.Cognito.Pool;
        var lost = pool.Clients[0];
        lost.Secrets.Clear();

        var refusal = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.ApplyAsync(FakeAccount.Acme));
        await _account.ApplyAsync(FakeAccount.Acme, DestructiveChanges.AppClient);

        Assert.Equal(ProvisioningError.DestructiveChangeNotAllowed, refusal.Error);
        Assert.Contains(lost.Id, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(lost, pool.Clients);
        Assert.Equal(3, pool.Clients.Count);
        Assert.True((await _account.PlanAsync(FakeAccount.Acme)).IsEmpty);
    }

    [Fact]
    public async Task App_client_whose_first_secret_was_deleted_still_counts_as_an_app_client_with_a_secret()
    {
        await _account.ApplyAsync(FakeAccount.Acme);
        var secrets = _account.Cognito.Pool.Clients[0].Secrets;
        secrets[0] = new ClientSecretDescriptor { ClientSecretId = "other", ClientSecretValue = "marker" };

        Assert.True((await _account.PlanAsync(FakeAccount.Acme)).IsEmpty);
    }
}
