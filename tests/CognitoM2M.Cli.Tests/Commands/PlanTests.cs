namespace CognitoM2M.Cli.Tests.Commands;

public sealed class PlanTests : ToolTest
{
    [Fact]
    public async Task The_detailed_exit_code_tells_changes_from_none()
    {
        var before = await RunAsync("plan", BlueprintPath, "--detailed-exitcode");
        await ApplyAsync();
        var after = await RunAsync("plan", BlueprintPath, "--detailed-exitcode");

        Assert.Equal(ExitCode.Changes, before.Code);
        Assert.Equal(ExitCode.Success, after.Code);
        Assert.Contains("Nothing to do", after.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mistake_on_the_command_line_is_a_document_too()
    {
        var run = await RunAsync("plan", BlueprintPath, "--bogus", "--json");

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Equal((int)ExitCode.Usage, System.Text.Json.JsonElement.Parse(run.Output).GetProperty("error").GetProperty("exitCode").GetInt32());
    }

    [Fact]
    public async Task Password_in_the_address_is_refused_and_not_shown()
    {
        var run = await RunAsync("plan", BlueprintPath, "--endpoint-url", "http://user:PASSW0RD@127.0.0.1:1");

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.DoesNotContain("PASSW0RD", run.Error + run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lifetime_beyond_all_bounds_is_a_mistake_of_the_file()
    {
        ChangeBlueprint("\"route\": \"Both\"", "\"route\": \"Both\", \"tokenLifetime\": \"99999999d\"");

        var run = await RunAsync("plan", BlueprintPath);

        Assert.Equal(ExitCode.InvalidFile, run.Code);
        Assert.Contains("tokenLifetime", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reserved_word_in_the_domain_has_the_code_of_a_refused_domain()
    {
        await File.WriteAllTextAsync(PathOf("reserved.json"), """{"userPool":{"name":"acme"},"domain":{"prefix":"my-cognito-m2m"}}""");

        var run = await RunAsync("plan", PathOf("reserved.json"));

        Assert.Equal(ExitCode.DomainRefused, run.Code);
        Assert.Contains("reserved word 'cognito'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_it_a_plan_with_changes_is_a_success()
    {
        var run = await RunAsync("plan", BlueprintPath);

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Empty(Cognito.UserPools);
    }

    [Fact]
    public async Task Each_step_stands_with_its_differences()
    {
        await ApplyAsync();
        ChangeBlueprint("\"route\": \"Both\"", "\"route\": \"Both\", \"tokenLifetime\": \"30m\"");

        var run = await RunAsync("plan", BlueprintPath);

        Assert.Contains("~ update app client 'billing'", run.Output, StringComparison.Ordinal);
        Assert.Contains("AccessTokenValidity: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 to update.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_names_steps_differences_and_losses()
    {
        await ApplyAsync();
        ChangeBlueprint(", { \"name\": \"write\" }", "");

        var plan = (await RunAsync("plan", BlueprintPath, "--json")).Json;

        Assert.False(plan.GetProperty("isEmpty").GetBoolean());
        Assert.Equal("scope", Assert.Single(plan.GetProperty("losses").EnumerateArray()).GetString());
        var step = Assert.Single(plan.GetProperty("steps").EnumerateArray());
        Assert.Equal("update", step.GetProperty("action").GetString());
        Assert.Equal("resourceServer", step.GetProperty("kind").GetString());
        Assert.Equal("orders", step.GetProperty("name").GetString());
        var change = Assert.Single(step.GetProperty("changes").EnumerateArray());
        Assert.Contains("write", change.GetProperty("member").GetString(), StringComparison.Ordinal);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, change.GetProperty("after").ValueKind);
    }

    [Fact]
    public async Task What_goes_to_a_pipe_has_no_control_sequences_even_where_build_servers_show_colours()
    {
        Variables["GITHUB_ACTIONS"] = "true";
        Variables["TERM"] = "xterm-256color";

        var run = await RunAsync("plan", BlueprintPath);

        Assert.DoesNotContain('\u001b', run.Everything);
    }

    [Fact]
    public async Task A_missing_blueprint_is_explained()
    {
        var run = await RunAsync("plan", PathOf("missing.json"));

        Assert.Equal(ExitCode.InvalidFile, run.Code);
        Assert.Contains("cognito-m2m init", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_mistakes_of_a_blueprint_are_listed_at_once()
    {
        var mistaken = Blueprint.Replace("shop-m2m", "my-aws", StringComparison.Ordinal);
        Write(BlueprintPath, mistaken.Replace("orders/read", "orders/none", StringComparison.Ordinal));

        var run = await RunAsync("plan", BlueprintPath);

        Assert.Equal(ExitCode.InvalidFile, run.Code);
        Assert.Contains("domain.prefix: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("appClients[0].scopes[0]: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_property_is_found_with_its_line()
    {
        ChangeBlueprint("\"domain\"", "\"domian\"");

        var run = await RunAsync("plan", BlueprintPath);

        Assert.Equal(ExitCode.InvalidFile, run.Code);
        Assert.Contains("line 3", run.Error, StringComparison.Ordinal);
        Assert.Contains("domian", run.Error, StringComparison.Ordinal);
    }
}
