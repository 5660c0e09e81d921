using CognitoM2M.Provisioning.Tests.Fakes;

namespace CognitoM2M.Provisioning.Tests.Steps;

/// <summary>Settings of app clients that Terraform configurations set although machines do not need them.</summary>
public sealed class SignInSettingsTests
{
    private static readonly Blueprint _blueprint = FakeAccount.Acme with
    {
        AppClients =
        [
            FakeAccount.Acme.AppClients[0] with
            {
                CallbackUrls = ["https://acme.com/in", "http://localhost:3000/in"],
                LogoutUrls = ["https://acme.com/out"],
                SupportedIdentityProviders = ["COGNITO"],
            },
        ],
    };

    private readonly FakeAccount _account = new();

    [Fact]
    public async Task New_app_client_gets_the_settings_and_no_flow_for_users()
    {
        await _account.ApplyAsync(_blueprint);

        var settings = Assert.Single(_account.Cognito.Pool.Clients).Settings;
        Assert.Equal(["https://acme.com/in", "http://localhost:3000/in"], settings.CallbackURLs);
        Assert.Equal(["https://acme.com/out"], settings.LogoutURLs);
        Assert.Equal(["COGNITO"], settings.SupportedIdentityProviders);
        Assert.Equal(["client_credentials"], settings.AllowedOAuthFlows);
        Assert.Equal(["ALLOW_REFRESH_TOKEN_AUTH"], settings.ExplicitAuthFlows);
        Assert.True((await _account.PlanAsync(_blueprint)).IsEmpty);
    }

    [Fact]
    public async Task Update_keeps_what_the_blueprint_does_not_name()
    {
        await _account.ApplyAsync(_blueprint);
        var client = _blueprint.AppClients[0] with { CallbackUrls = null, LogoutUrls = null, SupportedIdentityProviders = null, TokenLifetime = TimeSpan.FromMinutes(10) };

        await _account.ApplyAsync(_blueprint with { AppClients = [client] });

        var settings = Assert.Single(_account.Cognito.Pool.Clients).Settings;
        Assert.Equal(["https://acme.com/in", "http://localhost:3000/in"], settings.CallbackURLs);
        Assert.Equal(["https://acme.com/out"], settings.LogoutURLs);
        Assert.Equal(["COGNITO"], settings.SupportedIdentityProviders);
    }

    [Fact]
    public async Task List_that_the_blueprint_names_is_complete()
    {
        await _account.ApplyAsync(_blueprint);
        var changed = _blueprint with { AppClients = [_blueprint.AppClients[0] with { CallbackUrls = [], LogoutUrls = ["app://out"] }] };

        var plan = await _account.PlanAsync(changed);
        await _account.ApplyAsync(changed);

        Assert.Equal(
            ["CallbackURLs: http://localhost:3000/in, https://acme.com/in -> (removed)", "LogoutURLs: https://acme.com/out -> app://out"],
            Assert.Single(plan.Steps).Changes.Select(change => change.ToString()));
        Assert.Equal(["app://out"], Assert.Single(_account.Cognito.Pool.Clients).Settings.LogoutURLs);
        Assert.True((await _account.PlanAsync(changed)).IsEmpty);
    }

    [Theory]
    [InlineData("acme.com/in", "'acme.com/in' must be an absolute address without a fragment, such as https://example.com/signed-in")]
    [InlineData("https://acme.com/in#top", "'https://acme.com/in#top' must be an absolute address without a fragment, such as https://example.com/signed-in")]
    [InlineData("https://acme.com/a b", "'https://acme.com/a b' must be an absolute address without a fragment, such as https://example.com/signed-in")]
    [InlineData("http://acme.com/in", "'http://acme.com/in' must begin with https; http is for localhost only")]
    [InlineData("https://acme.com/ok", "'https://acme.com/ok' appears twice")]
    public void Wrong_address_is_a_mistake(string address, string expected)
    {
        var client = new AppClientBlueprint
        {
            Name = "billing",
            Scopes = ["orders/read"],
            Route = AppClientRoute.GetClientToken,
            CallbackUrls = ["https://acme.com/ok", address],
        };

        var mistake = Assert.Single((FakeAccount.Acme with { AppClients = [client] }).Validate());

        Assert.Equal("appClients[0].callbackUrls[1]", mistake.Path);
        Assert.Equal(expected, mistake.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("My Provider")]
    public void Wrong_identity_provider_is_a_mistake(string name)
    {
        var client = FakeAccount.Acme.AppClients[0] with { SupportedIdentityProviders = ["COGNITO", name] };

        Assert.Equal("appClients[0].supportedIdentityProviders[1]", Assert.Single((FakeAccount.Acme with { AppClients = [client] }).Validate()).Path);
    }
}
