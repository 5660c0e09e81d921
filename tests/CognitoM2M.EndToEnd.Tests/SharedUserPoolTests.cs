using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator;
using CognitoM2M.Provisioning;

namespace CognitoM2M.EndToEnd.Tests;

/// <summary>
/// Blueprints in user pools that others have made, in three layouts that Terraform configurations have. Everything is read through the API
/// before a blueprint is applied and after it is destroyed.
/// </summary>
public sealed class SharedUserPoolTests : IAsyncLifetime
{
    private static readonly HttpClient _http = new();

    private CognitoEmulator _cognito = null!;
    private string _poolId = "";

    public async Task InitializeAsync()
    {
        _cognito = await CognitoEmulator.StartAsync();
        _poolId = (await CallAsync("CreateUserPool", new
        {
            PoolName = "central",
            UserPoolTags = new Dictionary<string, string> { ["ManagedBy"] = "terraform" },
            AutoVerifiedAttributes = new[] { "email" },
            Policies = new { PasswordPolicy = new { MinimumLength = 12 } },
        }))["UserPool"]!["Id"]!.GetValue<string>();
        await CallAsync("CreateUserPoolDomain", new { UserPoolId = _poolId, Domain = "central-login" });
    }

    public async Task DisposeAsync() => await _cognito.DisposeAsync();

    [Fact]
    public async Task Apply_changes_nothing_of_users_groups_and_a_web_client_in_the_pool()
    {
        for (var i = 0; i < 3; i++)
            await CallAsync("AdminCreateUser", new { UserPoolId = _poolId, Username = $"user{i}", MessageAction = "SUPPRESS" });
        await CallAsync("CreateGroup", new { UserPoolId = _poolId, GroupName = "admins" });
        await CallAsync("CreateUserPoolClient", new
        {
            UserPoolId = _poolId,
            ClientName = "web",
            AllowedOAuthFlowsUserPoolClient = true,
            AllowedOAuthFlows = new[] { "code" },
            AllowedOAuthScopes = new[] { "openid" },
            CallbackURLs = new[] { "https://example.com/callback" },
        });

        await AssertNothingForeignChangesAsync(CreateBlueprint("orders", "billing"), new() { Adopt = true });
    }

    [Fact]
    public async Task Blueprints_of_two_services_share_an_external_pool()
    {
        var stock = CreateBlueprint("stock", "warehouse") with { UserPool = new() { Name = "central", External = true } };
        await ApplyAsync(stock, new());

        await AssertNothingForeignChangesAsync(CreateBlueprint("orders", "billing") with { UserPool = new() { Name = "central", External = true } }, new() { Adopt = true });

        Assert.True((await PlanAsync(stock, new())).IsEmpty);
    }

    [Fact]
    public async Task Two_blueprints_adopt_the_same_pool()
    {
        var stock = CreateBlueprint("stock", "warehouse");
        await ApplyAsync(stock, new() { Adopt = true });

        await AssertNothingForeignChangesAsync(CreateBlueprint("orders", "billing"), new() { Adopt = true });

        Assert.True((await PlanAsync(stock, new())).IsEmpty);
    }

    [Fact]
    public async Task App_client_gets_a_scope_of_an_external_resource_server()
    {
        await CallAsync("CreateResourceServer", new
        {
            UserPoolId = _poolId,
            Identifier = "https://api.example.com",
            Name = "API",
            Scopes = new[] { new { ScopeName = "read", ScopeDescription = "Reads" }, new { ScopeName = "write", ScopeDescription = "Writes" } },
        });

        await AssertNothingForeignChangesAsync(
            new()
            {
                UserPool = new() { Name = "central", Id = _poolId, External = true },
                Domain = new() { Prefix = "central-login" },
                ResourceServers = [new() { Identifier = "https://api.example.com", External = true }],
                AppClients = [new() { Name = "billing", Scopes = ["https://api.example.com/read"] }],
            },
            new() { Adopt = true });
    }

    private static Blueprint CreateBlueprint(string server, string client) => new()
    {
        UserPool = new() { Name = "central" },
        Domain = new() { Prefix = "central-login" },
        ResourceServers = [new() { Identifier = server, Scopes = [new() { Name = "read" }] }],
        AppClients = [new() { Name = client, Scopes = [$"{server}/read"] }],
    };

    /// <summary>Applies the blueprint, changes its app client, applies it again, and destroys it.</summary>
    private async Task AssertNothingForeignChangesAsync(Blueprint blueprint, PlanOptions options)
    {
        var before = await ReadAllAsync();
        await ApplyAsync(blueprint, options);
        var changed = blueprint with { AppClients = [blueprint.AppClients[0] with { TokenLifetime = TimeSpan.FromMinutes(15) }] };
        await ApplyAsync(changed, options);
        Assert.NotEqual(before, await ReadAllAsync());

        using var provisioner = CreateProvisioner();
        var plan = await provisioner.PlanDestroyAsync(changed, new() { AllowUntaggedUserPool = changed.UserPool.External });
        await provisioner.DestroyAsync(plan, plan.DestructiveChanges);

        Assert.Equal(before, await ReadAllAsync());
        Assert.True((await provisioner.PlanDestroyAsync(changed)).IsEmpty);
    }

    private async Task ApplyAsync(Blueprint blueprint, PlanOptions options)
    {
        using var provisioner = CreateProvisioner();
        await provisioner.ApplyAsync(await provisioner.PlanAsync(blueprint, options));
    }

    private async Task<ProvisioningPlan> PlanAsync(Blueprint blueprint, PlanOptions options)
    {
        using var provisioner = CreateProvisioner();
        return await provisioner.PlanAsync(blueprint, options);
    }

    private CognitoProvisioner CreateProvisioner() => AppliedBlueprint.CreateProvisioner(_cognito);

    /// <summary>Everything in the user pool as JSON text, without the date of its last change. A change of its tags also changes this date.</summary>
    private async Task<string> ReadAllAsync()
    {
        var inPool = new { UserPoolId = _poolId };
        var pool = (await CallAsync("DescribeUserPool", inPool))["UserPool"]!.AsObject();
        pool.Remove("LastModifiedDate");
        var clients = (await CallAsync("ListUserPoolClients", inPool))["UserPoolClients"]!.AsArray();
        var all = new JsonArray(
            pool.DeepClone(),
            await CallAsync("DescribeUserPoolDomain", new { Domain = "central-login" }),
            await CallAsync("ListResourceServers", inPool),
            await CallAsync("ListUsers", inPool),
            await CallAsync("ListGroups", inPool),
            await CallAsync("ListIdentityProviders", inPool));
        foreach (var client in clients)
            all.Add(await CallAsync("DescribeUserPoolClient", new { UserPoolId = _poolId, ClientId = client!["ClientId"]!.GetValue<string>() }));
        return all.ToJsonString();
    }

    private async Task<JsonObject> CallAsync(string operation, object input)
    {
        using var content = new StringContent(JsonSerializer.Serialize(input));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        using var request = new HttpRequestMessage(HttpMethod.Post, _cognito.BaseAddress) { Content = content };
        request.Headers.Add("X-Amz-Target", $"AWSCognitoIdentityProviderService.{operation}");
        using var response = await _http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{operation}: {body}");
        return JsonNode.Parse(body)!.AsObject();
    }
}
