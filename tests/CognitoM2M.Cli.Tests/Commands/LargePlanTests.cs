namespace CognitoM2M.Cli.Tests.Commands;

/// <summary>Plans with hundreds of steps.</summary>
public sealed class LargePlanTests : ToolTestBase
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        WriteBlueprint(Enumerable.Range(1, 710));
    }

    [Fact]
    public async Task Plan_is_a_summary_by_kind()
    {
        var run = await RunAsync("plan", BlueprintPath);

        Assert.InRange(CountLines(run.Output), 10, 25);
        Assert.Contains("+ create 710 app clients: 'client-1', 'client-2', 'client-3' and 707 more", run.Output, StringComparison.Ordinal);
        Assert.Contains("To create: 1 user pool, 1 domain, 1 resource server, 710 app clients.", run.Output, StringComparison.Ordinal);
        Assert.Contains("--verbose", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verbose_plan_and_json_show_every_step()
    {
        var verbose = await RunAsync("plan", BlueprintPath, "--verbose");
        var json = (await RunAsync("plan", BlueprintPath, "--json")).Json;

        Assert.Contains("+ create app client 'client-710'", verbose.Output, StringComparison.Ordinal);
        Assert.Equal(713, json.GetProperty("steps").GetArrayLength());
    }

    [Fact]
    public async Task Apply_of_many_app_clients_prints_a_short_text()
    {
        WriteBlueprint(Enumerable.Range(1, 60));

        var run = await RunAsync("apply", BlueprintPath, "--yes", "--secrets", SecretsPath);

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.InRange(CountLines(run.Everything), 15, 45);
        Assert.Contains("App clients     60. To list them, run 'cognito-m2m outputs'.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_always_lists_everything_that_is_destroyed()
    {
        WriteBlueprint(Enumerable.Range(1, 30));
        await ApplyAsync();
        WriteBlueprint(Enumerable.Range(1, 10));

        var plan = await RunAsync("plan", BlueprintPath);
        var pruned = await RunAsync("plan", BlueprintPath, "--prune");

        Assert.Contains("  not in the blueprint, stays: 10 more", plan.Output, StringComparison.Ordinal);
        Assert.Contains("- delete app client 'client-30'", pruned.Output, StringComparison.Ordinal);
        Assert.Contains("To delete: 20 app clients.", pruned.Output, StringComparison.Ordinal);
    }

    private static int CountLines(string text) => text.TrimEnd().Split(Environment.NewLine).Length;

    private void WriteBlueprint(IEnumerable<int> numbers)
    {
        var clients = string.Join(",", numbers.Select(i => $$"""{ "name": "client-{{i}}", "scopes": [ "orders/read" ] }"""));
        ChangeBlueprint("""{ "name": "billing", "scopes": [ "orders/read" ], "route": "Both" }""", clients);
    }
}
