namespace CognitoM2M.Cli.Tests.Commands;

public sealed class EmulateSeedTests : ToolTestBase
{
    private const string Seed = """
        {
          "userPool": { "name": "acme", "id": "eu-west-1_LocalDev1", "tier": "Plus", "tags": { "team": "orders" } },
          "domain": { "prefix": "acme-m2m", "prefixManagedLoginVersion": 2 },
          "resourceServers": [ { "identifier": "orders", "scopes": [ { "name": "read" }, { "name": "write", "description": "May write" } ] } ],
          "appClients": [
            { "name": "billing", "id": "billing", "secret": "local_development_secret_1", "scopes": [ "orders/read" ], "tokenLifetime": "30m" },
            { "name": "reports", "id": "reports", "secretVariable": "REPORTS_SECRET", "scopes": [ "orders/read" ], "route": "GetClientToken" }
          ]
        }
        """;

    [Fact]
    public async Task Seeded_emulator_needs_no_step_and_issues_tokens_for_the_chosen_client_and_secret()
    {
        Write(PathOf("seed.json"), Seed);
        Variables["REPORTS_SECRET"] = "local_development_secret_2";
        await using var running = StartEmulator("--seed", PathOf("seed.json"));
        var address = await running.AddressAsync();

        var plan = await RunAsync("plan", PathOf("seed.json"), "--detailed-exitcode", "--endpoint-url", address);
        Write(PathOf("secret"), "local_development_secret_1");
        var token = await RunAsync("token", "--client-id", "billing", "--client-secret-file", PathOf("secret"), "--json", "--endpoint-url", address);
        Write(PathOf("secret"), "local_development_secret_2");
        var other = await RunAsync("token", "--client-id", "reports", "--client-secret-file", PathOf("secret"), "--route", "GetClientToken", "--endpoint-url", address);

        Assert.Equal(ExitCode.Success, plan.Code);
        Assert.Equal(ExitCode.Success, token.Code);
        Assert.Equal(ExitCode.Success, other.Code);
    }

    [Fact]
    public async Task Seed_makes_users_groups_and_claims()
    {
        Write(PathOf("seed.json"), Seed
            .Replace("\"tokenLifetime\": \"30m\"", "\"claims\": { \"tenant\": \"acme\" }", StringComparison.Ordinal)
            .Replace("\"appClients\":", "\"groups\": [ { \"name\": \"admins\" } ], \"users\": [ { \"email\": \"ann@example.com\", \"password\": \"${ANN_PASSWORD}\", \"groups\": [ \"admins\" ] } ], \"appClients\":", StringComparison.Ordinal));
        Variables["REPORTS_SECRET"] = "local_development_secret_2";
        Variables["ANN_PASSWORD"] = "Passw0rd!";
        await using var running = StartEmulator("--seed", PathOf("seed.json"));
        var address = await running.AddressAsync();

        var plan = await RunAsync("plan", PathOf("seed.json"), "--detailed-exitcode", "--endpoint-url", address);
        var saved = await RunAsync("plan", PathOf("seed.json"), "--output", PathOf("plan.json"), "--endpoint-url", address);
        Write(PathOf("secret"), "local_development_secret_1");
        var token = await RunAsync("token", "--client-id", "billing", "--client-secret-file", PathOf("secret"), "--endpoint-url", address);

        Assert.Equal(ExitCode.Success, plan.Code);
        Assert.NotEqual(ExitCode.Success, saved.Code);
        Assert.Contains("A saved plan holds no secret", saved.Error, StringComparison.Ordinal);
        var payload = System.Buffers.Text.Base64Url.DecodeFromChars(token.Output.Trim().Split('.')[1]);
        Assert.Equal("acme", System.Text.Json.JsonElement.Parse(payload).GetProperty("tenant").GetString());
    }

    [Fact]
    public async Task Several_seeds_make_several_pools()
    {
        Write(PathOf("one.json"), """{ "userPool": { "name": "acme", "id": "eu-west-1_One" } }""");
        Write(PathOf("two.json"), """{ "userPool": { "name": "acme", "id": "us-east-2_Two" } }""");
        await using var running = StartEmulator("--seed", PathOf("one.json"), "--seed", PathOf("two.json"));
        var address = await running.AddressAsync();

        foreach (var (file, region) in ((string, string)[])[("one.json", "eu-west-1"), ("two.json", "us-east-2")])
            Assert.Equal(ExitCode.Success, (await RunAsync("plan", PathOf(file), "--region", region, "--detailed-exitcode", "--endpoint-url", address)).Code);
    }

    [Fact]
    public async Task Seed_keeps_the_content_of_the_state_file_and_adds_the_missing_parts()
    {
        string[] options = ["--state", PathOf("state.json"), "--seed", PathOf("seed.json")];
        Variables["REPORTS_SECRET"] = "local_development_secret_2";
        var changed = Seed.Replace("\"30m\"", "\"10m\"", StringComparison.Ordinal);
        Write(PathOf("seed.json"), Seed);
        await using (var first = StartEmulator(options))
        {
            Write(PathOf("changed.json"), changed);
            var applied = await RunAsync("apply", PathOf("changed.json"), "--yes", "--endpoint-url", await first.AddressAsync());
            Assert.Equal(ExitCode.Success, applied.Code);
        }

        Write(PathOf("seed.json"), Seed.Replace("{ \"name\": \"read\" },", "{ \"name\": \"read\" }, { \"name\": \"list\" },", StringComparison.Ordinal)
            .Replace("\"appClients\": [", "\"appClients\": [ { \"name\": \"lister\", \"scopes\": [ \"orders/list\" ] },", StringComparison.Ordinal));
        await using var second = StartEmulator(options);
        var plan = await RunAsync("plan", PathOf("seed.json"), "--json", "--endpoint-url", await second.AddressAsync());

        var step = Assert.Single(System.Text.Json.JsonElement.Parse(plan.Output).GetProperty("steps").EnumerateArray());
        Assert.Contains("billing", step.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("10m", step.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eu-west-1_LocalDev1", "ireland_LocalDev1", "is not a user pool id")]
    [InlineData("\"orders/read\" ], \"tokenLifetime\"", "\"orders/list\" ], \"tokenLifetime\"", "'orders/list' is not a scope")]
    [InlineData("local_development_secret_1", "too_short_a_secret", "must be 24 to 64")]
    public async Task Wrong_seed_ends_the_start_with_the_reason(string before, string after, string reason)
    {
        Variables["REPORTS_SECRET"] = "local_development_secret_2";
        Write(PathOf("seed.json"), Seed.Replace(before, after, StringComparison.Ordinal));

        var run = await RunAsync("emulate", "--port", "0", "--seed", PathOf("seed.json"));

        Assert.NotEqual(ExitCode.Success, run.Code);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("too_short_a_secret", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_seed_file_is_reported()
    {
        var run = await RunAsync("emulate", "--port", "0", "--seed", PathOf("none.json"));

        Assert.Equal(ExitCode.InvalidFile, run.Code);
        Assert.Contains("none.json", run.Error, StringComparison.Ordinal);
    }

    private RunningEmulator StartEmulator(params string[] options) => new((args, stop, output) => RunAsync(args, stop, output), options);
}
