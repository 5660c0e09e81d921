using CognitoM2M.Emulator;
using CognitoM2M.Provisioning;

namespace CognitoM2M.EndToEnd.Tests;

/// <summary>The blueprint of a user pool that exists.</summary>
public sealed class ImportTests : IAsyncLifetime, IDisposable
{
    private CognitoEmulator _cognito = null!;
    private CognitoProvisioner _provisioner = null!;

    public async Task InitializeAsync()
    {
        _cognito = await CognitoEmulator.StartAsync();
        _provisioner = new(new CognitoProvisionerOptions { EmulatorAddress = _cognito.BaseAddress, Region = "eu-west-1" });
    }

    public async Task DisposeAsync() => await _cognito.DisposeAsync();

    public void Dispose() => _provisioner.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Import_of_a_varied_user_pool_has_an_empty_plan(bool byName)
    {
        using var pool = await VariedUserPool.CreateAsync(_cognito, isTagged: true);

        var imported = await _provisioner.ImportAsync(byName ? VariedUserPool.Name : pool.Id);
        var plan = await _provisioner.PlanAsync(Blueprint.Parse(imported.Blueprint.ToJson()));

        Assert.True(plan.IsEmpty, plan.ToString());
        Assert.False(imported.RequiresAdoption);
        Assert.Equal(pool.Id, imported.Blueprint.UserPool.Id);
    }

    [Fact]
    public async Task User_pool_without_the_tag_must_only_be_adopted()
    {
        using var pool = await VariedUserPool.CreateAsync(_cognito, isTagged: false);

        var imported = await _provisioner.ImportAsync(pool.Id);
        var plan = await _provisioner.PlanAsync(imported.Blueprint, new() { Adopt = true });

        Assert.True(imported.RequiresAdoption);
        Assert.Equal(PlanAction.Adopt, Assert.Single(plan.Steps).Action);
    }

    [Fact]
    public async Task App_clients_of_a_user_pool_of_others_are_taken_and_nothing_else()
    {
        using var pool = await VariedUserPool.CreateAsync(_cognito, isTagged: false);

        var imported = await _provisioner.ImportAsync(pool.Id, new() { AppClients = ["both, chosen secret, all token settings", "minutes"] });
        var blueprint = Blueprint.Parse(imported.Blueprint.ToJson());
        var plan = await _provisioner.PlanAsync(blueprint);
        var changed = blueprint with { AppClients = [.. blueprint.AppClients.Select(client => client with { TokenLifetime = TimeSpan.FromMinutes(11) })] };
        await _provisioner.ApplyAsync(await _provisioner.PlanAsync(changed));
        var destroy = await _provisioner.PlanDestroyAsync(changed);

        Assert.True(plan.IsEmpty, plan.ToString());
        Assert.False(imported.RequiresAdoption);
        Assert.Equal(new UserPoolBlueprint { Name = VariedUserPool.Name, Id = pool.Id, External = true, Tags = blueprint.UserPool.Tags }, blueprint.UserPool);
        Assert.Equal(("varied-m2m", "auth.varied.example", null), (blueprint.Domain!.Prefix, blueprint.Domain.Custom!.Name, blueprint.Domain.Custom.CertificateArn));
        Assert.NotEmpty(blueprint.ResourceServers);
        Assert.All(blueprint.ResourceServers, server => Assert.True(server.External && blueprint.AppClients.Any(client => client.Scopes.Any(scope => scope.StartsWith(server.Identifier, StringComparison.Ordinal)))));
        Assert.All(blueprint.AppClients, client => Assert.NotNull(client.Id));
        Assert.Contains(imported.NotInBlueprint, line => line.StartsWith("user pool: it has no tag 'cognito-m2m:managed', so it is external", StringComparison.Ordinal));
        Assert.Equal(
            ["delete app client 'both, chosen secret, all token settings'", "delete app client 'minutes'"], destroy.Steps.Select(step => step.Title).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Blueprint_describes_user_pool_domains_and_resource_servers()
    {
        using var pool = await VariedUserPool.CreateAsync(_cognito, isTagged: true);

        var (blueprint, userPool) = await ImportAsync(pool);

        Assert.Equal((VariedUserPool.Name, true, UserPoolTier.Plus), (userPool.Name, userPool.DeletionProtection!.Value, userPool.Tier!.Value));
        Assert.Equal((IssuerForm.Updated, VariedUserPool.Function, VariedUserPool.Key), (userPool.Issuer!.Value, userPool.PreTokenGenerationArn, userPool.KmsKeyArn));
        Assert.Equal(["cost-centre é", "path/to:it", "team"], userPool.Tags.Keys.Order(StringComparer.Ordinal));
        var custom = new CustomDomainBlueprint
        {
            Name = "auth.varied.example",
            CertificateArn = VariedUserPool.Certificate,
            TlsPolicy = TlsPolicy.Tls13,
            ManagedLoginVersion = 1,
        };
        Assert.Equal(new DomainBlueprint { Prefix = "varied-m2m", PrefixManagedLoginVersion = 2, Custom = custom }, blueprint.Domain);
        Assert.Equal(["${HOME}", "empty", "https://api.varied.example/v1", "many", "orders"], blueprint.ResourceServers.Select(server => server.Identifier));
        Assert.Equal([null, "Empty", "Varied API, v=1", "Many", "Orders"], blueprint.ResourceServers.Select(server => server.Name));
        Assert.Equal("Two\nlines \"quoted\" \u202E ${HOME} $${X}", blueprint.ResourceServers[4].Scopes[1].Description);
    }

    [Fact]
    public async Task Blueprint_describes_the_app_clients_of_machines()
    {
        using var pool = await VariedUserPool.CreateAsync(_cognito, isTagged: true);

        var (blueprint, _) = await ImportAsync(pool);

        Assert.Equal(
            ["both, chosen secret, all token settings", "hours", "minutes", "one day", "operation only", "rotated", "seconds,+=@.-_", "terraform"],
            blueprint.AppClients.Select(client => client.Name));
        Assert.Equal(
            [AppClientRoute.Both, AppClientRoute.OAuth2, AppClientRoute.OAuth2, AppClientRoute.OAuth2, AppClientRoute.GetClientToken, AppClientRoute.OAuth2, AppClientRoute.OAuth2, AppClientRoute.OAuth2],
            blueprint.AppClients.Select(client => client.Route));
        Assert.Equal(
            [300, 7200, 5400, 86_400, null, 3600, 301, null],
            blueprint.AppClients.Select(client => client.TokenLifetime?.TotalSeconds));
        Assert.Equal(50, blueprint.AppClients[0].Scopes.Count);
        Assert.Equal(("https://varied.example/back", "COGNITO"), (Assert.Single(blueprint.AppClients[0].CallbackUrls!), Assert.Single(blueprint.AppClients[0].SupportedIdentityProviders!)));
        Assert.Equal(["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"], blueprint.AppClients[7].ExplicitAuthFlows!);
    }

    [Theory]
    [InlineData("app client 'public app' (", "it has no secret")]
    [InlineData("app client 'web' (", "AllowedOAuthFlows is code")]
    [InlineData("app clients 'same' (", "they have the same name")]
    [InlineData("app clients 'Case' (", "they have the same name if upper and lower case are ignored")]
    [InlineData(@"app client 'tab\tin name' (", "name must be 1 to 128 characters")]
    [InlineData("app client 'stale scope' (", "'empty/gone' is not a scope of a resource server in this blueprint")]
    [InlineData("app client 'without scopes' (", "scopes must be 1 to 50 scopes")]
    [InlineData("app client 'switched off' (", "AllowedOAuthFlowsUserPoolClient is false")]
    [InlineData("app client 'both, chosen secret, all token settings' (", "settings AuthSessionValidity, EnableTokenRevocation, IdTokenValidity")]
    [InlineData("app client 'minutes' (", "settings LogoutURLs")]
    [InlineData("resource server '${HOME}': ", @"Name is 'tab\there'")]
    [InlineData("tag 'odd#key'", "a key must be 1 to 128 letters")]
    [InlineData("tag 'odd value'", "a value must be at most 256 letters")]
    [InlineData("user pool: settings ", "MfaConfiguration, Policies")]
    public async Task Import_lists_settings_that_a_blueprint_cannot_describe(string thing, string reason)
    {
        using var pool = await VariedUserPool.CreateAsync(_cognito, isTagged: true);

        var imported = await _provisioner.ImportAsync(pool.Id);

        var line = Assert.Single(imported.NotInBlueprint, line => line.StartsWith(thing, StringComparison.Ordinal));
        Assert.Contains(reason, line, StringComparison.Ordinal);
        Assert.DoesNotContain(imported.NotInBlueprint, other => other.Contains('\n', StringComparison.Ordinal) || other.Contains('\t', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Import_changes_nothing_and_shows_no_secret()
    {
        using var pool = await VariedUserPool.CreateAsync(_cognito, isTagged: true);
        var before = await DescribeAsync(pool);

        var imported = await _provisioner.ImportAsync(pool.Id);

        Assert.Equal(before, await DescribeAsync(pool));
        var shown = imported.Blueprint.ToJson() + string.Concat(imported.NotInBlueprint);
        Assert.All(_cognito.UserPools.SelectMany(each => each.AppClients), client => Assert.DoesNotContain(client.ClientSecret ?? "none at all", shown, StringComparison.Ordinal));
        Assert.DoesNotContain(VariedUserPool.GivenSecret, shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_of_no_or_of_several_things_is_an_error_that_lists_them()
    {
        using var pool = await VariedUserPool.CreateAsync(_cognito, isTagged: true);
        await pool.Api.CallAsync("CreateUserPool", new { PoolName = VariedUserPool.Name });

        var severalPools = await FailAsync(VariedUserPool.Name);
        var noPool = await FailAsync("none");
        var noId = await FailAsync("eu-west-1_NoSuchPool");
        var severalClients = await FailAsync(pool.Id, "rotated", "same");
        var noClient = await FailAsync(pool.Id, "Rotated");

        Assert.Equal((ProvisioningError.Ambiguous, ProvisioningError.NotFound, ProvisioningError.NotFound), (severalPools.Error, noPool.Error, noId.Error));
        Assert.Contains(pool.Id, severalPools.Message, StringComparison.Ordinal);
        Assert.Equal((ProvisioningError.Ambiguous, ProvisioningError.NotFound), (severalClients.Error, noClient.Error));
    }

    private async Task<(Blueprint Blueprint, UserPoolBlueprint UserPool)> ImportAsync(VariedUserPool pool)
    {
        var imported = await _provisioner.ImportAsync(pool.Id);
        return (imported.Blueprint, imported.Blueprint.UserPool);
    }

    private Task<CognitoProvisioningException> FailAsync(string pool, params string[] clients) => Assert.ThrowsAsync<CognitoProvisioningException>(
        () => _provisioner.ImportAsync(pool, new() { AppClients = clients.Length == 0 ? null : clients }));

    private async Task<string> DescribeAsync(VariedUserPool pool)
    {
        var texts = new List<string> { (await pool.Api.CallAsync("DescribeUserPool", new { UserPoolId = pool.Id })).GetRawText() };
        texts.Add((await pool.Api.CallAsync("ListResourceServers", new { UserPoolId = pool.Id, MaxResults = 50 })).GetRawText());
        foreach (var client in _cognito.UserPools.SelectMany(each => each.AppClients))
            texts.Add((await pool.Api.CallAsync("DescribeUserPoolClient", new { UserPoolId = pool.Id, client.ClientId })).GetRawText());
        return string.Join('\n', texts);
    }
}
