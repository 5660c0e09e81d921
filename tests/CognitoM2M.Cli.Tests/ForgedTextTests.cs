using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Cli.Tests;

/// <summary>Text of the service or of a file begins no line of its own and gives no command to a build server.</summary>
public sealed class ForgedTextTests : ToolTestBase
{
    private const string Escaped = @"x\n- delete user pool 'prod'\r\n::error::x\u2028##vso[task.complete]\u202e ##[error]";

    [Fact]
    public async Task Description_with_line_breaks_is_shown_in_one_line()
    {
        ChangeBlueprint("{ \"name\": \"read\" }", $$"""{ "name": "read", "description": "{{Escaped}}" }""");

        var run = await RunAsync("plan", BlueprintPath);

        AssertNothingForged(run);
        Assert.Contains(
            @"scope read: x\n- delete user pool 'prod'\r\n::error::x\u2028\u0023#vso[task.complete]\u202E \u0023#[error]", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_holds_the_whole_text_with_special_characters_escaped()
    {
        ChangeBlueprint("{ \"name\": \"read\" }", $$"""{ "name": "read", "description": "{{Escaped}} می‌خواهم" }""");

        var run = await RunAsync("plan", BlueprintPath, "--json");

        AssertNothingForged(run);
        Assert.DoesNotContain('\ufffd', run.Output);
        var description = run.Json.GetProperty("steps").EnumerateArray()
            .SelectMany(step => step.GetProperty("changes").EnumerateArray())
            .Single(change => change.GetProperty("member").GetString() == "scope read")
            .GetProperty("after").GetString();
        Assert.Equal("x\n- delete user pool 'prod'\r\n::error::x\u2028##vso[task.complete]\u202e ##[error] می\u200cخواهم", description);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Refusal_by_the_service_is_one_line(bool json)
    {
        CreateProvisioner = _ => FailingUserPoolApi.CreateThrowing(
            operation => ServiceRefusal.CreateException(operation, "InvalidParameterException", "No\n::error::x\n##[error]x"));

        var run = await RunAsync(json ? ["plan", BlueprintPath, "--json"] : ["plan", BlueprintPath]);

        AssertNothingForged(run);
        Assert.Single(run.Error.TrimEnd().Split(Environment.NewLine));
    }

    [Fact]
    public async Task Mistakes_of_a_blueprint_are_one_line_each()
    {
        ChangeBlueprint("orders/read", Escaped);

        var run = await RunAsync("plan", BlueprintPath);

        Assert.Equal(ExitCode.InvalidFile, run.Code);
        AssertNothingForged(run);
        Assert.Equal(2, run.Error.TrimEnd().Split(Environment.NewLine).Length);
    }

    [Fact]
    public async Task Argument_is_never_read_as_a_command_by_a_build_server()
    {
        var run = await RunAsync("plan", "::error::x\n::error::y");

        AssertNothingForged(run);
    }

    private static void AssertNothingForged(ToolRun run)
    {
        var lines = run.Everything.Split(["\n", "\r", "\u2028"], StringSplitOptions.None);
        Assert.DoesNotContain(lines, line => line.TrimStart().StartsWith("::", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith("- delete", StringComparison.Ordinal));
        Assert.DoesNotContain("##", run.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', run.Everything);
    }
}
