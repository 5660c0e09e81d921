using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Secrets;

/// <summary>Secrets that the caller chooses.</summary>
public sealed class GivenSecretTests
{
    private const string Secret = "given+secret_of_billing_0123456789";

    private static readonly Blueprint _blueprint = FakeAccount.Acme with
    {
        AppClients = [FakeAccount.Acme.AppClients[0] with { SecretVariable = "BILLING_SECRET" }, FakeAccount.Acme.AppClients[1]],
    };

    private readonly FakeAccount _account = new();

    [Fact]
    public async Task New_app_client_gets_the_given_secret_and_the_sink_stores_it()
    {
        await ApplyAsync(_ => Secret);

        Assert.Equal(Secret, Assert.Single(_account.Cognito.Pool.Clients[0].Secrets).ClientSecretValue);
        Assert.Equal(Secret, _account.Sink.Held["billing"].ClientSecret);
        Assert.NotEqual(Secret, _account.Sink.Held["warehouse"].ClientSecret);
        Assert.True((await _account.PlanAsync(_blueprint)).IsEmpty);
    }

    [Fact]
    public async Task Given_secret_appears_in_no_plan_progress_or_blueprint()
    {
        var plan = await _account.PlanAsync(_blueprint);
        await _account.RunAsync(_account.CreateProvisioner().ApplyAsync(plan, new() { SecretVariables = _ => Secret }, _account.Progress));

        Assert.Contains("ClientSecret: from the variable BILLING_SECRET", plan.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, plan.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, plan.Blueprint.ToJson(), StringComparison.Ordinal);
        Assert.DoesNotContain(_account.Progress.Reports, report => report.ToString()!.Contains(Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(Secret, AppClientMerge.Create("pool", _blueprint.AppClients[0], Secret).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "the variable BILLING_SECRET is not set")]
    [InlineData("", "the variable BILLING_SECRET is not set")]
    [InlineData("only_twenty_three_chars", "24 to 64 letters, digits, _ and +")]
    [InlineData("with a space in the middle_", "24 to 64 letters, digits, _ and +")]
    [InlineData("sixty-five__sixty-five__sixty-five__sixty-five__sixty-five__abcde", "24 to 64 letters, digits, _ and +")]
    public async Task Missing_or_wrong_secret_stops_the_run_before_the_first_change(string? value, string expected)
    {
        var refusal = await Assert.ThrowsAsync<CognitoProvisioningException>(() => ApplyAsync(_ => value));

        Assert.Equal(ProvisioningError.Secret, refusal.Error);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.False(value is { Length: > 0 } && refusal.ToString().Contains(value, StringComparison.Ordinal));
        Assert.Empty(_account.Cognito.Pools);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task App_client_of_another_run_is_stored_with_the_secret_that_Cognito_shows_or_not_at_all(bool isShown)
    {
        await ApplyAsync(_ => Secret);
        _account.Sink.Held.Clear();
        var plan = await PlanBeforeCreateAsync();
        var other = _account.Cognito.Pool.Clients[0];
        other.Secrets[0] = other.Secrets[0] with { ClientSecretValue = "secret_of_the_other_run_0123456789" };
        if (!isShown)
            _account.Cognito.Alter(AppClientOperations.Describe, answer => new(answer.UserPoolClient! with { ClientSecret = null }));

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() =>
            _account.RunAsync(_account.CreateProvisioner().ApplyAsync(plan, new() { Secrets = _account.Sink, SecretVariables = _ => Secret })));

        Assert.Equal(ProvisioningError.Overlap, failure.Error);
        Assert.Equal(!isShown, failure.Message.Contains($"Cognito does not show the secrets of these, so this run has not stored them: app client 'billing' ({other.Id})", StringComparison.Ordinal));
        Assert.Equal(isShown ? "secret_of_the_other_run_0123456789" : null, _account.Sink.Held.GetValueOrDefault("billing")?.ClientSecret);
        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_that_Cognito_has_chosen_instead_of_the_given_one_is_stored_and_reported()
    {
        _account.Cognito.Alter(AppClientOperations.Create, answer =>
        {
            var client = _account.Cognito.Pool.Clients[^1];
            client.Secrets[0] = client.Secrets[0] with { ClientSecretValue = "chosen_by_Cognito_0123456789" };
            return new(answer.UserPoolClient! with { ClientSecret = "chosen_by_Cognito_0123456789" });
        });

        var failure = await Assert.ThrowsAsync<CognitoProvisioningException>(() => ApplyAsync(_ => Secret));

        Assert.Equal(ProvisioningError.DifferentResult, failure.Error);
        Assert.Contains("ClientSecret is another secret instead of the given secret", failure.Message, StringComparison.Ordinal);
        Assert.Equal("chosen_by_Cognito_0123456789", _account.Sink.Held["billing"].ClientSecret);
    }

    [Fact]
    public async Task Plan_can_be_applied_once_the_variable_is_set()
    {
        var plan = await _account.PlanAsync(_blueprint);
        var provisioner = _account.CreateProvisioner();
        await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.RunAsync(provisioner.ApplyAsync(plan, new() { SecretVariables = _ => null })));

        await _account.RunAsync(provisioner.ApplyAsync(plan, new() { SecretVariables = _ => Secret }));

        Assert.Equal(Secret, _account.Cognito.Pool.Clients[0].Secrets[0].ClientSecretValue);
    }

    [Fact]
    public async Task Existing_app_client_keeps_its_secret_and_the_variable_is_not_read()
    {
        await ApplyAsync(_ => Secret);
        var shorter = _blueprint with { AppClients = [_blueprint.AppClients[0] with { TokenLifetime = TimeSpan.FromMinutes(5) }] };

        var plan = await _account.PlanAsync(shorter);
        await _account.RunAsync(_account.CreateProvisioner().ApplyAsync(plan, new() { SecretVariables = _ => throw new InvalidOperationException() }));

        Assert.Equal(Secret, Assert.Single(_account.Cognito.Pool.Clients[0].Secrets).ClientSecretValue);
    }

    [Fact]
    public async Task App_client_that_replaces_one_without_a_secret_gets_the_given_secret()
    {
        await ApplyAsync(_ => Secret);
        _account.Cognito.Pool.Clients[0].Secrets.Clear();

        await ApplyAsync(_ => Secret + "2", DestructiveChanges.AppClient);

        var replaced = _account.Cognito.Pool.Clients.Single(client => client.Name == "billing");
        Assert.Equal(Secret + "2", Assert.Single(replaced.Secrets).ClientSecretValue);
    }

    [Fact]
    public async Task App_client_keeps_the_sign_in_flows_that_the_blueprint_names()
    {
        string[] flows = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
        var blueprint = FakeAccount.Acme with { AppClients = [FakeAccount.Acme.AppClients[0] with { ExplicitAuthFlows = flows }] };
        await _account.ApplyAsync(blueprint);

        Assert.Equal(flows, _account.Cognito.Pool.Clients[0].Settings.ExplicitAuthFlows!);
        Assert.True((await _account.PlanAsync(blueprint)).IsEmpty);

        var without = await _account.PlanAsync(FakeAccount.Acme with { AppClients = [FakeAccount.Acme.AppClients[0]] });
        Assert.Equal("the client loses ALLOW_USER_SRP_AUTH", Assert.Single(without.Steps).Warning);
    }

    /// <summary>A plan that creates the app clients, made before another run has created them.</summary>
    private async Task<ProvisioningPlan> PlanBeforeCreateAsync()
    {
        var clients = _account.Cognito.Pool.Clients.ToList();
        _account.Cognito.Pool.Clients.Clear();
        var plan = await _account.PlanAsync(_blueprint);
        _account.Cognito.Pool.Clients.AddRange(clients);
        return plan;
    }

    private async Task ApplyAsync(Func<string, string?> variables, DestructiveChanges allow = DestructiveChanges.None)
    {
        var plan = await _account.PlanAsync(_blueprint);
        var options = new ApplyOptions { Secrets = _account.Sink, SecretVariables = variables, Allow = allow };
        await _account.RunAsync(_account.CreateProvisioner().ApplyAsync(plan, options, _account.Progress));
    }
}
