using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Steps;

/// <summary>User pools and app clients for technical users who sign in with a password.</summary>
public sealed class TechnicalUserTests
{
    private static readonly Blueprint _blueprint = new()
    {
        UserPool = new() { Name = "acme", UsernameAttributes = ["email"], PasswordPolicy = new() { MinimumLength = 16, RequireSymbols = false } },
        AppClients = [new() { Name = "robots", Route = AppClientRoute.UserPassword }],
    };

    private readonly FakeAccount _account = new();

    private FakeClient Client => Assert.Single(_account.Cognito.Pool.Clients);

    [Fact]
    public async Task New_app_client_has_the_flows_of_passwords_and_nothing_else()
    {
        await _account.ApplyAsync(_blueprint);

        var settings = Client.Settings;
        Assert.Equal(["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"], settings.ExplicitAuthFlows);
        Assert.Equal((null, null, false), (settings.AllowedOAuthFlows, settings.AllowedOAuthScopes, settings.AllowedOAuthFlowsUserPoolClient));
        Assert.False(Client.Secrets.Count > 0);
        Assert.True((await _account.PlanAsync(_blueprint)).IsEmpty);
    }

    [Fact]
    public async Task New_user_pool_gets_the_settings_and_the_rest_of_the_default_policy()
    {
        await _account.ApplyAsync(_blueprint);

        var pool = _account.Cognito.Pool;
        Assert.Equal(["email"], pool.UsernameAttributes);
        Assert.True(pool.UserCreation!.AllowAdminCreateUserOnly);
        var expected = new PasswordPolicy
        {
            MinimumLength = 16,
            RequireUppercase = true,
            RequireLowercase = true,
            RequireNumbers = true,
            RequireSymbols = false,
            TemporaryPasswordValidityDays = 7,
        };
        Assert.Equal(expected, pool.Policies!.PasswordPolicy);
    }

    [Fact]
    public async Task Policy_is_merged_and_the_plan_names_each_change()
    {
        await _account.ApplyAsync(_blueprint);
        _account.Cognito.Pool.Policies = new() { PasswordPolicy = new() { MinimumLength = 12, RequireNumbers = true, RequireSymbols = true, PasswordHistorySize = 4 } };
        var changed = _blueprint with { UserPool = _blueprint.UserPool with { AdminCreateUserOnly = false, PasswordPolicy = new() { MinimumLength = 16, RequireSymbols = false, PasswordHistorySize = 0 } } };

        var plan = await _account.PlanAsync(changed);
        await _account.ApplyAsync(changed);

        Assert.Equal(
            [
                "AllowAdminCreateUserOnly: true -> false", "PasswordPolicy.MinimumLength: 12 -> 16", "PasswordPolicy.RequireSymbols: true -> false",
                "PasswordPolicy.PasswordHistorySize: 4 -> 0",
            ],
            Assert.Single(plan.Steps).Changes.Select(change => change.ToString()));
        Assert.Equal(
            new PasswordPolicy { MinimumLength = 16, RequireNumbers = true, RequireSymbols = false, PasswordHistorySize = 0 },
            _account.Cognito.Pool.Policies!.PasswordPolicy);
        Assert.False(_account.Cognito.Pool.UserCreation!.AllowAdminCreateUserOnly);
        Assert.True((await _account.PlanAsync(changed)).IsEmpty);
    }

    [Fact]
    public async Task Setting_that_the_blueprint_leaves_out_stays()
    {
        await _account.ApplyAsync(_blueprint);
        var plain = _blueprint with { UserPool = new() { Name = "acme", Tier = UserPoolTier.Plus } };

        await _account.ApplyAsync(plain);

        Assert.Equal(16, _account.Cognito.Pool.Policies!.PasswordPolicy!.MinimumLength);
        Assert.True(_account.Cognito.Pool.UserCreation!.AllowAdminCreateUserOnly);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("phone_number")]
    public async Task Other_username_attributes_of_an_existing_user_pool_are_refused(string? present)
    {
        await _account.ApplyAsync(_blueprint);
        _account.Cognito.Pool.UsernameAttributes = present is null ? null : [present];

        var error = await Assert.ThrowsAsync<CognitoProvisioningException>(() => _account.PlanAsync(_blueprint));

        Assert.Equal(ProvisioningError.Refused, error.Error);
        Assert.Contains($"has {present ?? "none: users have user names"}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, null, false)]
    [InlineData(false, null, false)]
    [InlineData(true, true, false)]
    [InlineData(false, false, false)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    public async Task App_client_is_replaced_only_to_add_or_to_remove_its_secret(bool hasSecret, bool? wanted, bool isReplaced)
    {
        await _account.ApplyAsync(WithSecret(hasSecret));

        var plan = await _account.PlanAsync(WithSecret(wanted));

        Assert.Equal(isReplaced ? [PlanAction.Replace] : [], plan.Steps.Select(step => step.Action));
        Assert.Equal(isReplaced ? DestructiveChanges.AppClient : DestructiveChanges.None, plan.DestructiveChanges);
        await _account.ApplyAsync(WithSecret(wanted), DestructiveChanges.AppClient);
        Assert.Equal(wanted ?? hasSecret, Client.Secrets.Count > 0);
    }

    [Fact]
    public async Task No_request_asks_for_a_secret_that_the_blueprint_does_not_mention()
    {
        await _account.ApplyAsync(_blueprint);

        await _account.PlanAsync(_blueprint);

        Assert.DoesNotContain("ListUserPoolClientSecrets", _account.Cognito.Calls);
    }

    [Fact]
    public async Task Requested_secret_goes_to_the_sink_and_an_app_client_without_a_secret_has_no_unknown_secret()
    {
        await _account.ApplyAsync(WithSecret(true));
        var outputs = await _account.ApplyAsync(WithSecret(false), DestructiveChanges.AppClient);

        Assert.Equal(AppClientRoute.UserPassword, _account.Sink.Held["robots"].Route);
        Assert.Null(_account.Sink.Held["robots"].Domain);
        Assert.Empty(outputs.UnknownSecrets);
    }

    [Fact]
    public async Task Wait_for_tokens_sends_no_request_for_app_clients_of_users()
    {
        await _account.ApplyAsync(_blueprint, ready: new());

        Assert.Empty(_account.TokenEndpoint.Requests);
    }

    [Fact]
    public async Task Secret_of_an_app_client_of_users_is_not_rotated()
    {
        await _account.ApplyAsync(WithSecret(true));

        var error = await Assert.ThrowsAsync<CognitoProvisioningException>(
            () => _account.RunAsync(_account.CreateProvisioner().RotateSecretAsync(WithSecret(true), "robots", _account.Sink)));

        Assert.Equal(ProvisioningError.Configuration, error.Error);
    }

    private static Blueprint WithSecret(bool? value) => _blueprint with { AppClients = [_blueprint.AppClients[0] with { GenerateSecret = value }] };
}
