using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using CognitoM2M.Emulator;
using CognitoM2M.Provisioning;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Aspire.Hosting.Tests;

/// <summary>The resource without an orchestrator: the test starts it as the app host does, and reads what a project would get.</summary>
public sealed class CognitoEmulatorResourceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly IDistributedApplicationBuilder _builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Project_gets_the_sections_to_verify_and_to_get_tokens()
    {
        var cognito = _builder.AddCognitoEmulator("cognito").WithRegion("eu-central-1").WithBlueprint(Write("one.json", """
            {
              "userPool": { "name": "acme", "id": "eu-central-1_AbCdEf123" },
              "domain": { "prefix": "acme-m2m" },
              "resourceServers": [ { "identifier": "orders", "name": "Orders", "scopes": [ { "name": "read", "description": "Read" } ] } ],
              "appClients": [
                { "name": "billing", "id": "billingclient", "secret": "forDevelopmentOnly1234567", "scopes": [ "orders/read" ] },
                { "name": "stock", "id": "stockclient", "secret": "forDevelopmentOnly7654321", "scopes": [ "orders/read" ], "route": "GetClientToken" }
              ]
            }
            """));
        var api = _builder.AddExecutable("api", "api", ".").WithReference(cognito);
        var caller = _builder.AddExecutable("caller", "caller", ".").WithReference(cognito, "billing");
        await using var app = _builder.Build();
        await using var emulator = await StartAsync(app, cognito);

        var settings = await ReadAsync(app, api.Resource);

        Assert.Equal("eu-central-1_AbCdEf123", settings["Authentication__Schemes__CognitoM2M__UserPoolId"]);
        Assert.Equal(emulator.UserPools[0].JwksUri.AbsoluteUri, settings["Authentication__Schemes__CognitoM2M__JwksUri"]);
        Assert.Equal("billingclient stockclient", settings["Authentication__Schemes__CognitoM2M__ClientIds"]);
        Assert.Equal("OAuth2", settings["CognitoM2M__Clients__billing__Route"]);
        Assert.Equal(emulator.TokenEndpoint.AbsoluteUri, settings["CognitoM2M__Clients__billing__TokenEndpoint"]);
        Assert.Equal("forDevelopmentOnly1234567", settings["CognitoM2M__Clients__billing__ClientSecret"]);
        Assert.Equal("orders/read", settings["CognitoM2M__Clients__billing__Scopes"]);
        Assert.Equal("", settings["CognitoM2M__Clients__billing__Domain"]);
        Assert.Equal("GetClientToken", settings["CognitoM2M__Clients__stock__Route"]);
        Assert.Equal(emulator.BaseAddress.AbsoluteUri, settings["CognitoM2M__Clients__stock__TokenEndpoint"]);
        var others = await ReadAsync(app, caller.Resource);
        Assert.Contains("CognitoM2M__Clients__billing__ClientId", others.Keys);
        Assert.DoesNotContain("CognitoM2M__Clients__stock__ClientId", others.Keys);
    }

    [Fact]
    public async Task Two_user_pools_stand_in_the_list_of_the_scheme()
    {
        var cognito = _builder.AddCognitoEmulator("cognito")
            .WithBlueprint(Write("one.json", """{ "userPool": { "name": "one", "id": "eu-west-1_One" } }"""))
            .WithBlueprint(Write("two.json", """{ "userPool": { "name": "two", "id": "eu-west-1_Two" } }"""));
        var api = _builder.AddExecutable("api", "api", ".").WithReference(cognito);
        await using var app = _builder.Build();
        await using var emulator = await StartAsync(app, cognito);

        var settings = await ReadAsync(app, api.Resource);

        Assert.Equal("eu-west-1_One", settings["Authentication__Schemes__CognitoM2M__UserPools__0__UserPoolId"]);
        Assert.Equal("eu-west-1_Two", settings["Authentication__Schemes__CognitoM2M__UserPools__1__UserPoolId"]);
        Assert.DoesNotContain("Authentication__Schemes__CognitoM2M__UserPoolId", settings.Keys);
    }

    [Fact]
    public async Task Unknown_app_client_is_an_error_that_says_what_to_do()
    {
        var cognito = _builder.AddCognitoEmulator("cognito").WithBlueprint(Write("one.json", """{ "userPool": { "name": "one" } }"""));
        var caller = _builder.AddExecutable("caller", "caller", ".").WithReference(cognito, "billing");
        await using var app = _builder.Build();
        await using var emulator = await StartAsync(app, cognito);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => ReadAsync(app, caller.Resource));

        Assert.Contains("has no app client 'billing'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_blueprint_fails_the_start_and_the_projects_that_wait_for_it()
    {
        var cognito = _builder.AddCognitoEmulator("cognito").WithBlueprint(Write("one.json", """{ "userPool": { } }"""));
        var api = _builder.AddExecutable("api", "api", ".").WithReference(cognito);
        await using var app = _builder.Build();

        await Assert.ThrowsAsync<BlueprintException>(() => StartAsync(app, cognito));

        await Assert.ThrowsAsync<BlueprintException>(() => ReadAsync(app, api.Resource));
        var notifications = app.Services.GetRequiredService<ResourceNotificationService>();
        Assert.True(notifications.TryGetCurrentState("cognito", out var state));
        Assert.Equal(KnownResourceStates.FailedToStart, state.Snapshot.State?.Text);
    }

    [Fact]
    public async Task State_file_keeps_user_pools_over_a_restart()
    {
        var state = Path.Combine(_folder.FullName, "state.json");
        var cognito = _builder.AddCognitoEmulator("cognito").WithStateFile(state);
        await using var app = _builder.Build();
        await using (var emulator = await StartAsync(app, cognito))
            emulator.CreateUserPool("kept");

        await using var again = await CognitoEmulator.StartAsync(new() { StateFile = state });

        Assert.Equal("kept", Assert.Single(again.UserPools).Name);
    }

    private string Write(string name, string blueprint)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, blueprint);
        return path;
    }

    private static async Task<CognitoEmulator> StartAsync(DistributedApplication app, IResourceBuilder<CognitoEmulatorResource> cognito)
    {
        await cognito.ApplicationBuilder.Eventing.PublishAsync(new InitializeResourceEvent(
            cognito.Resource,
            cognito.ApplicationBuilder.Eventing,
            app.Services.GetRequiredService<ResourceLoggerService>(),
            app.Services.GetRequiredService<ResourceNotificationService>(),
            app.Services));
        return await cognito.Resource.Emulator;
    }

    private static async Task<Dictionary<string, object>> ReadAsync(DistributedApplication app, ExecutableResource project)
    {
        var context = new EnvironmentCallbackContext(app.Services.GetRequiredService<DistributedApplicationExecutionContext>(), project, []);
        foreach (var annotation in project.Annotations.OfType<EnvironmentCallbackAnnotation>())
            await annotation.Callback(context);
        return context.EnvironmentVariables;
    }
}
