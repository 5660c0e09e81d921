using System.Globalization;

namespace CognitoM2M.Cli.Tests.Commands;

public sealed class EmulateTests : ToolTestBase
{
    [Fact]
    public async Task Command_for_other_shells_is_printed_and_a_stopped_emulator_exits_with_success()
    {
        await using var running = StartEmulator("--region", "eu-north-1");

        var output = await running.Started;
        var run = await running.StopAsync();

        Assert.Matches(@"export AWS_ENDPOINT_URL=http://127\.0\.0\.1:\d+ AWS_REGION=eu-north-1 AWS_DEFAULT_REGION=eu-north-1 ", output);
        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Contains("Stopped.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_Windows_the_command_for_other_shells_is_for_PowerShell()
    {
        IsWindows = true;
        await using var running = StartEmulator();

        var output = await running.Started;
        await running.StopAsync();

        Assert.Matches(@"\$env:AWS_ENDPOINT_URL = 'http://127\.0\.0\.1:\d+'; \$env:AWS_REGION = 'eu-west-1'; ", output);
        Assert.DoesNotContain("export", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mx-central-1")]
    [InlineData("us-gov-west-1")]
    [InlineData("cn-north-1")]
    [InlineData("us-iso-east-1")]
    [InlineData("us-isob-east-1")]
    [InlineData("eu-isoe-west-1")]
    [InlineData("us-isof-south-1")]
    [InlineData("eusc-de-east-1")]
    public async Task Every_region_that_the_parser_accepts_can_be_emulated(string region)
    {
        await using var running = StartEmulator("--region", region);

        Assert.Contains($"user pools of {region} at", await running.Started, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, (await running.StopAsync()).Code);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("86400")]
    public async Task Bounds_of_the_domain_delay_are_accepted(string seconds)
    {
        await using var running = StartEmulator("--domain-delay", seconds);

        await running.Started;

        Assert.Equal(ExitCode.Success, (await running.StopAsync()).Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_address_of_the_page_is_printed_and_the_page_can_be_switched_off(bool isShown)
    {
        await using var running = isShown ? StartEmulator() : StartEmulator("--no-page");

        var output = await running.Started;
        var address = await running.AddressAsync();
        using var http = new HttpClient();
        using var page = await http.GetAsync(new Uri(address));
        await running.StopAsync();

        Assert.Equal(isShown, output.Contains($"Page: {address}/\n", StringComparison.Ordinal));
        Assert.Equal(isShown, page.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Options_no_page_and_page_everywhere_contradict_each_other()
    {
        var run = await RunAsync("emulate", "--port", "0", "--no-page", "--page-everywhere");

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("--no-page and --page-everywhere contradict each other.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_names_the_address_of_the_emulator()
    {
        await using var running = StartEmulator("--json");

        var address = System.Text.Json.JsonElement.Parse(await running.Started).GetProperty("address").GetString()!;
        var applied = await RunAsync("apply", BlueprintPath, "--yes", "--endpoint-url", address);
        await running.StopAsync();

        Assert.Equal(ExitCode.Success, applied.Code);
        Assert.Empty(Cognito.UserPools);
    }

    [Fact]
    public async Task Damaged_state_file_is_reported_with_its_line_and_not_quoted()
    {
        await File.WriteAllTextAsync(PathOf("state.json"), """
            {
              "Secrets": tSUPERSECRETVALUE"
            }
            """);

        var run = await RunAsync("emulate", "--port", "0", "--json", "--state", PathOf("state.json"));

        Assert.Equal(ExitCode.InvalidFile, run.Code);
        Assert.Contains("line 2", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("SUPERSECRET", run.Error + run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listening_on_the_network_warns_and_the_public_url_is_shown()
    {
        await using var running = StartEmulator("--public-url", "http://cognito:9229", "--allow-host", "gateway");
        var output = await running.Started;
        var quiet = await running.StopAsync();
        await using var open = new RunningEmulator((args, stop, text) => RunAsync([.. args.Except(["--port", "0"])], stop, text), "--listen", "0.0.0.0:0");
        var address = await open.AddressAsync();
        var warned = await open.StopAsync();

        Assert.Contains("AWS_ENDPOINT_URL=http://cognito:9229 ", output, StringComparison.Ordinal);
        Assert.Contains("Token endpoint: http://cognito:9229/oauth2/token", output, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", quiet.Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("listens on", quiet.Error, StringComparison.Ordinal);
        Assert.StartsWith("http://127.0.0.1:", address, StringComparison.Ordinal);
        Assert.Contains("listens on 0.0.0.0: everybody who reaches this address can read", warned.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_is_refused_in_two_options()
    {
        var run = await RunAsync("emulate", "--listen", "127.0.0.1:0", "--port", "0");

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("Leave --port out.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_of_another_host_is_reported()
    {
        var run = await RunAsync("emulate", "--listen", "192.0.2.1:0");

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("does not have the address 192.0.2.1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task State_survives_a_restart()
    {
        string[] options = ["--state", PathOf("state.json")];
        await using (var first = StartEmulator(options))
        {
            await RunAsync("apply", BlueprintPath, "--yes", "--endpoint-url", await first.AddressAsync());
            await first.StopAsync();
        }

        await using var second = StartEmulator(options);
        var plan = await RunAsync("plan", BlueprintPath, "--detailed-exitcode", "--endpoint-url", await second.AddressAsync());
        await second.StopAsync();

        Assert.Equal(ExitCode.Success, plan.Code);
    }

    [Fact]
    public async Task Port_in_use_is_named()
    {
        var port = Cognito.BaseAddress.Port.ToString(CultureInfo.InvariantCulture);

        var run = await RunAsync("emulate", "--port", port);

        Assert.Equal(ExitCode.Conflict, run.Code);
        Assert.Contains(port, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task State_file_with_other_content_is_refused()
    {
        Write(PathOf("state.json"), "hello");

        var run = await RunAsync("emulate", "--port", "0", "--state", PathOf("state.json"));

        Assert.Equal(ExitCode.InvalidFile, run.Code);
    }

    private RunningEmulator StartEmulator(params string[] options) => new((args, stop, output) => RunAsync(args, stop, output), options);
}
