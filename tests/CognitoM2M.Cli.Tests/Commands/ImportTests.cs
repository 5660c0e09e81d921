using System.Text.Json;

namespace CognitoM2M.Cli.Tests.Commands;

public sealed class ImportTests : ToolTestBase
{
    private string NewPath => PathOf("imported.json");

    [Fact]
    public async Task Imported_blueprint_has_nothing_to_apply()
    {
        await ApplyAsync();

        var run = await RunAsync("import", "--pool", "shop", "--output", NewPath);

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Contains($"Wrote '{NewPath}' with 1 resource servers and 1 app clients. Next: cognito-m2m plan {NewPath}", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, (await RunAsync("plan", NewPath, "--detailed-exitcode")).Code);
        Assert.Equal(Provisioning.Blueprint.JsonSchema.Trim(), File.ReadAllText(PathOf("cognito-m2m.schema.json")).Trim());
        Assert.DoesNotContain(ReadStoredSecret(), File.ReadAllText(NewPath), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(FolderPath, "*.new"));
    }

    [Fact]
    public async Task User_pool_of_others_is_imported_and_what_a_blueprint_cannot_say_goes_to_standard_error()
    {
        var pool = Cognito.CreateUserPool("foreign");
        pool.CreateResourceServer("stock", "read");
        pool.CreateAppClient("first", "stock/read");

        var run = await RunAsync("import", "--pool", pool.Id, "--output", NewPath);

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Contains("not in the blueprint, stays: user pool: settings ", run.Error, StringComparison.Ordinal);
        Assert.EndsWith($"cognito-m2m plan {NewPath} --adopt", run.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Changes, (await RunAsync("plan", NewPath, "--adopt", "--detailed-exitcode")).Code);
        Assert.Equal(ExitCode.Success, (await RunAsync("apply", NewPath, "--adopt", "--yes")).Code);
        Assert.Equal(ExitCode.Success, (await RunAsync("plan", NewPath, "--detailed-exitcode")).Code);
    }

    [Fact]
    public async Task Only_the_app_clients_that_are_named_are_taken()
    {
        ChangeBlueprint("\"appClients\": [", "\"appClients\": [ { \"name\": \"other\", \"scopes\": [ \"orders/write\" ] }, { \"name\": \"third\", \"scopes\": [ \"orders/write\" ] },");
        await ApplyAsync();

        await RunAsync("import", "--pool", "shop", "--output", NewPath, "--client", "billing", "--client", "third");
        var unknown = await RunAsync("import", "--pool", "shop", "--output", PathOf("none.json"), "--client", "Billing");

        var blueprint = await Provisioning.Blueprint.LoadAsync(NewPath);
        Assert.Equal(["billing", "third"], blueprint.AppClients.Select(client => client.Name));
        Assert.Equal(ExitCode.Success, (await RunAsync("plan", NewPath, "--detailed-exitcode")).Code);
        Assert.Equal(ExitCode.NotFound, unknown.Code);
        Assert.False(File.Exists(PathOf("none.json")));
    }

    [Fact]
    public async Task App_client_of_a_user_pool_of_others_needs_no_adoption()
    {
        var pool = Cognito.CreateUserPool("foreign");
        pool.CreateResourceServer("stock", "read");
        pool.CreateAppClient("first", "stock/read");
        pool.CreateAppClient("second", "stock/read");

        var run = await RunAsync("import", "--pool", pool.Id, "--output", NewPath, "--client", "first");

        Assert.EndsWith($"cognito-m2m plan {NewPath}", run.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, (await RunAsync("plan", NewPath, "--detailed-exitcode")).Code);
        Assert.Contains("\"external\": true", File.ReadAllText(NewPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Existing_file_is_overwritten_only_with_force()
    {
        await ApplyAsync();
        Write(NewPath, "other content");
        var requests = Cognito.JsonApiRequests.Total;

        var refused = await RunAsync("import", "--pool", "shop", "--output", NewPath);
        var (contentAfterRefusal, requestsAfterRefusal) = (File.ReadAllText(NewPath), Cognito.JsonApiRequests.Total);
        var forced = await RunAsync("import", "--pool", "shop", "--output", NewPath, "--force");

        Assert.Equal((ExitCode.InvalidFile, "other content", requests), (refused.Code, contentAfterRefusal, requestsAfterRefusal));
        Assert.Contains("--force", refused.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, forced.Code);
        Assert.Equal(ExitCode.Success, (await RunAsync("plan", NewPath, "--detailed-exitcode")).Code);
    }

    [Fact]
    public async Task File_of_the_schema_is_not_overwritten_with_a_blueprint()
    {
        await ApplyAsync();

        var run = await RunAsync("import", "--pool", "shop", "--output", PathOf("cognito-m2m.schema.json"), "--force");

        Assert.Equal(ExitCode.InvalidFile, run.Code);
        Assert.False(File.Exists(PathOf("cognito-m2m.schema.json")));
    }

    [Fact]
    public async Task Json_document_lists_what_the_blueprint_does_not_say()
    {
        await ApplyAsync();

        var run = await RunAsync("import", "--pool", "shop", "--output", NewPath, "--json");

        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal(NewPath, document.RootElement.GetProperty("file").GetString());
        Assert.Equal(Assert.Single(Cognito.UserPools).Id, document.RootElement.GetProperty("userPoolId").GetString());
        Assert.False(document.RootElement.GetProperty("requiresAdoption").GetBoolean());
        Assert.StartsWith("user pool: settings ", Assert.Single(document.RootElement.GetProperty("notInBlueprint").EnumerateArray()).GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_secret_is_read_from_the_variable_and_is_never_printed()
    {
        const string Secret = "given_to_billing+0123456789";
        ChangeBlueprint("\"route\": \"Both\"", "\"route\": \"Both\", \"secretVariable\": \"BILLING_SECRET\"");

        var missing = await RunAsync("apply", BlueprintPath, "--yes");
        Variables["BILLING_SECRET"] = Secret;
        var applied = await RunAsync("apply", BlueprintPath, "--yes", "--wait", "--json");

        Assert.Equal((ExitCode.Secret, ExitCode.Success), (missing.Code, applied.Code));
        Assert.Contains("the variable BILLING_SECRET is not set", missing.Error, StringComparison.Ordinal);
        Assert.Equal(Secret, Assert.Single(Assert.Single(Cognito.UserPools).AppClients).ClientSecret);
        Assert.DoesNotContain(Secret, applied.Output + applied.Error, StringComparison.Ordinal);
    }
}
