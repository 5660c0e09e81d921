namespace CognitoM2M.Cli.Tests.Commands;

public sealed class PlanTests : ToolTestBase
{
    [Fact]
    public async Task Detailed_exit_code_says_whether_there_are_changes()
    {
        var before = await RunAsync("plan", BlueprintPath, "--detailed-exitcode");
        await ApplyAsync();
        var after = await RunAsync("plan", BlueprintPath, "--detailed-exitcode");

        Assert.Equal(ExitCode.Changes, before.Code);
        Assert.Equal(ExitCode.Success, after.Code);
        Assert.Contains("Nothing to do", after.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_lifetime_out_of_range_is_an_error_of_the_file()
    {
        ChangeBlueprint("\"route\": \"Both\"", "\"route\": \"Both\", \"tokenLifetime\": \"99999999d\"");

        var run = await RunAsync("plan", BlueprintPath);

        Assert.Equal(ExitCode.InvalidFile, run.Code);
        Assert.Contains("tokenLifetime", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reserved_word_in_the_domain_has_the_exit_code_of_a_refused_domain()
    {
        await File.WriteAllTextAsync(PathOf("reserved.json"), """{"userPool":{"name":"acme"},"domain":{"prefix":"my-cognito-m2m"}}""");

        var run = await RunAsync("plan", PathOf("reserved.json"));

        Assert.Equal(ExitCode.DomainRefused, run.Code);
        Assert.Contains("reserved word 'cognito'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_with_changes_succeeds_without_the_detailed_exit_code()
    {
        var run = await RunAsync("plan", BlueprintPath);

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Empty(Cognito.UserPools);
    }

    [Fact]
    public async Task Each_step_is_shown_with_its_changes()
    {
        await ApplyAsync();
        ChangeBlueprint("\"route\": \"Both\"", "\"route\": \"Both\", \"tokenLifetime\": \"30m\"");

        var run = await RunAsync("plan", BlueprintPath);

        Assert.Contains("~ update app client 'billing'", run.Output, StringComparison.Ordinal);
        Assert.Contains("AccessTokenValidity: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("To update: 1 app client.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_things_show_their_values_and_the_defaults_that_matter()
    {
        var run = await RunAsync("plan", BlueprintPath);

        Assert.Equal(
            """
            + create user pool 'shop'
                PoolName: shop
                DeletionProtection: INACTIVE
                UserPoolTier: ESSENTIALS
                AllowAdminCreateUserOnly: true
                tag cognito-m2m:managed: created
            + create domain 'shop-m2m'
                Domain: shop-m2m
            + create resource server 'orders'
                scope read: (new)
                scope write: (new)
                Name: orders
            + create app client 'billing'
                ExplicitAuthFlows: ALLOW_CLIENT_TOKEN_AUTH
                AllowedOAuthFlows: client_credentials
                AllowedOAuthFlowsUserPoolClient: true
                AllowedOAuthScopes: orders/read
                AccessTokenValidity: 1h
                GenerateSecret: true
            To create: 1 user pool, 1 domain, 1 resource server, 1 app client.

            """.ReplaceLineEndings(),
            run.Output);
    }

    [Fact]
    public async Task Json_holds_steps_changes_and_destructive_changes()
    {
        await ApplyAsync();
        ChangeBlueprint(", { \"name\": \"write\" }", "");

        var plan = (await RunAsync("plan", BlueprintPath, "--json")).Json;

        Assert.False(plan.GetProperty("isEmpty").GetBoolean());
        Assert.Equal("scope", Assert.Single(plan.GetProperty("destructiveChanges").EnumerateArray()).GetString());
        var step = Assert.Single(plan.GetProperty("steps").EnumerateArray());
        Assert.Equal("update", step.GetProperty("action").GetString());
        Assert.Equal("resourceServer", step.GetProperty("kind").GetString());
        Assert.Equal("orders", step.GetProperty("name").GetString());
        Assert.Contains("write", step.GetProperty("warning").GetString(), StringComparison.Ordinal);
        var change = Assert.Single(step.GetProperty("changes").EnumerateArray());
        Assert.Contains("write", change.GetProperty("member").GetString(), StringComparison.Ordinal);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, change.GetProperty("after").ValueKind);
    }

    [Fact]
    public async Task Plan_with_destructive_changes_names_the_options_that_allow_them()
    {
        await ApplyAsync();
        ChangeBlueprint(", { \"name\": \"write\" }", "");

        var run = await RunAsync("plan", BlueprintPath);
        var refused = await RunAsync("apply", BlueprintPath, "--yes");
        var allowed = await RunAsync("apply", BlueprintPath, "--yes", "--allow-destructive", "scope");

        Assert.EndsWith(
            $"{Environment.NewLine}apply makes the changes marked with ! only with --allow-destructive scope.{Environment.NewLine}", run.Output, StringComparison.Ordinal);
        Assert.Equal((ExitCode.ConfirmationRequired, ExitCode.Success), (refused.Code, allowed.Code));
    }

    [Fact]
    public async Task Output_to_a_pipe_has_no_colours_even_on_a_build_server()
    {
        Variables["GITHUB_ACTIONS"] = "true";
        Variables["TERM"] = "xterm-256color";

        var run = await RunAsync("plan", BlueprintPath);

        Assert.DoesNotContain('\u001b', run.Everything);
    }

    [Fact]
    public async Task Message_about_a_missing_blueprint_names_init()
    {
        var run = await RunAsync("plan", PathOf("missing.json"));

        Assert.Equal(ExitCode.InvalidFile, run.Code);
        Assert.Contains("cognito-m2m init", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_errors_of_a_blueprint_are_listed_at_once()
    {
        var wrong = Blueprint.Replace("shop-m2m", "my-aws", StringComparison.Ordinal);
        Write(BlueprintPath, wrong.Replace("orders/read", "orders/none", StringComparison.Ordinal));

        var run = await RunAsync("plan", BlueprintPath);

        Assert.Equal(ExitCode.InvalidFile, run.Code);
        Assert.Contains("domain.prefix: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("appClients[0].scopes[0]: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_property_is_reported_with_its_line()
    {
        ChangeBlueprint("\"domain\"", "\"domian\"");

        var run = await RunAsync("plan", BlueprintPath);

        Assert.Equal(ExitCode.InvalidFile, run.Code);
        Assert.Contains("line 3, column 3, domian: unknown property", run.Error, StringComparison.Ordinal);
        Assert.Contains("domian", run.Error, StringComparison.Ordinal);
    }
}
