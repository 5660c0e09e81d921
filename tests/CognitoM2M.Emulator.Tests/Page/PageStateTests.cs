using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.Page;

public sealed class PageStateTests : PageTest
{
    [Fact]
    public async Task The_page_shows_pools_with_their_content_and_no_secret()
    {
        await CallAsync("CreateUserPoolDomain", new { UserPoolId = Pool.Id, Domain = "acme-m2m" });

        var state = await ReadStateAsync();

        var pool = state["pools"]!.AsArray().Single()!;
        Assert.Equal(Pool.Id, pool["id"]!.GetValue<string>());
        Assert.Equal("shop", pool["name"]!.GetValue<string>());
        Assert.Equal(Pool.Issuer, pool["issuer"]!.GetValue<string>());
        Assert.Equal("""["acme-m2m"]""", pool["domains"]!.ToJsonString());
        Assert.Equal("""[{"resourceServer":"orders","names":["read","write"]}]""", pool["scopes"]!.ToJsonString());
        var client = pool["clients"]!.AsArray().Single()!;
        Assert.Equal(Client.ClientId, client["id"]!.GetValue<string>());
        Assert.Equal("""["orders/read","orders/write"]""", client["scopes"]!.ToJsonString());
        Assert.Equal("60 minutes", client["lifetime"]!.GetValue<string>());
        Assert.DoesNotContain(Client.ClientSecret!, state.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_requests_are_shown_as_they_happen_without_secrets_and_tokens()
    {
        using var events = await OpenEventsAsync();
        await events.ReadAsync("state");

        var token = await GetAccessTokenAsync("&scope=orders/read");
        var good = (await events.ReadAsync("requests"))["requests"]!.AsArray().Single()!;
        using var refused = await PostFormAsync($"grant_type=client_credentials&client_id={Client.ClientId}&client_secret=wrong");
        var bad = (await events.ReadAsync("requests"))["requests"]!.AsArray().Single()!;
        using var byApi = await GetClientTokenAsync();
        var other = (await events.ReadAsync("requests"))["requests"]!.AsArray().Single()!;

        Assert.Equal((1, Client.ClientId, "/oauth2/token", "orders/read", 200, null), Read(good));
        Assert.Equal((2, Client.ClientId, "/oauth2/token", "", 400, "invalid_client"), Read(bad));
        Assert.Equal((3, Client.ClientId, "GetClientToken", "orders/read orders/write", 200, null), Read(other));
        foreach (var text in new[] { good.ToJsonString(), bad.ToJsonString() })
        {
            Assert.DoesNotContain(token.Split('.')[2], text, StringComparison.Ordinal);
            Assert.DoesNotContain("wrong", text, StringComparison.Ordinal);
        }

        static (long, string?, string, string, int?, string?) Read(JsonNode request) => (
            request["number"]!.GetValue<long>(), request["clientId"]?.GetValue<string>(), request["route"]!.GetValue<string>(),
            request["scopes"]!.GetValue<string>(), request["status"]?.GetValue<int>(), request["error"]?.GetValue<string>());
    }

    [Fact]
    public async Task Latency_and_lost_responses_are_shown()
    {
        using var events = await OpenEventsAsync();
        Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.Slow(TimeSpan.FromSeconds(2)) with { DropConnection = true });

        var pending = Assert.ThrowsAsync<HttpRequestException>(() => PostTokenAsync());
        await WaitForTimerAsync();
        Clock.Advance(TimeSpan.FromSeconds(2));
        await pending;

        var request = (await events.ReadAsync("requests"))["requests"]!.AsArray().Single()!;
        Assert.Null(request["status"]);
        Assert.Equal(2000, request["milliseconds"]!.GetValue<double>());
    }

    [Fact]
    public async Task Only_the_beginning_of_an_unknown_client_id_is_kept()
    {
        using var response = await PostFormAsync("grant_type=client_credentials&client_id=a_secret_in_the_wrong_place&client_secret=x");

        using var events = await OpenEventsAsync();
        var request = (await events.ReadAsync("requests"))["requests"]!.AsArray().Single()!;

        Assert.Equal("a_secret…", request["unknownClientId"]!.GetValue<string>());
        Assert.Null(request["clientId"]);
    }

    [Fact]
    public async Task The_service_that_keeps_no_token_is_found_among_two_services()
    {
        var careless = Pool.CreateAppClient("careless", "orders/read");
        await GetAccessTokenAsync();
        for (var i = 0; i < 20; i++)
        {
            using var response = await PostFormAsync($"grant_type=client_credentials&client_id={careless.ClientId}&client_secret={careless.ClientSecret}");
            Clock.Advance(TimeSpan.FromSeconds(3));
        }

        var clients = (await ReadStateAsync())["activity"]!["clients"]!.AsArray();

        Assert.Equal(["careless", "reporting"], clients.Select(client => client!["name"]!.GetValue<string>()));
        Assert.Equal([true, false], clients.Select(client => client!["tooMany"]!.GetValue<bool>()));
        Assert.Equal([19, 0], clients.Select(client => client!["unneeded"]!.GetValue<int>()));
        // 900 renewals of a token of an hour, and 19 more in each minute: 900 + 19 * 43,200.
        Assert.Equal([821_700, 900], clients.Select(client => client!["monthlyRequests"]!.GetValue<long>()));
        Assert.Equal([1848.83m, 2.03m], clients.Select(client => client!["monthlyUsd"]!.GetValue<decimal>()));
        Assert.Equal([2.03m, 2.03m], clients.Select(client => client!["renewalsUsd"]!.GetValue<decimal>()));
    }

    [Fact]
    public async Task Faults_are_switched_on_and_off()
    {
        await ActAsync("fault", new JsonObject { ["target"] = "Token", ["fault"] = "unavailable" });
        using var failed = await PostTokenAsync();
        var on = FindFault(await ReadStateAsync(), "Token");
        await ActAsync("fault", new JsonObject { ["target"] = "Token" });
        using var succeeded = await PostTokenAsync();
        var off = FindFault(await ReadStateAsync(), "Token");

        Assert.Equal((503, 200), ((int)failed.StatusCode, (int)succeeded.StatusCode));
        Assert.Equal(("status 503", null), (on, off));
    }

    [Fact]
    public async Task Faults_that_code_has_set_are_shown_in_words_and_can_be_switched_off()
    {
        Cognito.Faults.Set("CreateUserPool", EmulatorFault.LostResponse() with { Times = 2, Skip = 3 });
        Cognito.Faults.Set(EmulatorEndpoint.Jwks, EmulatorFault.Hang());
        Cognito.Faults.Set(EmulatorEndpoint.Discovery, EmulatorFault.Slow(TimeSpan.FromSeconds(2)));

        var state = await ReadStateAsync();
        await ActAsync("fault", new JsonObject { ["target"] = "CreateUserPool" });

        Assert.Equal("after 3 normal responses, request processed, connection cut, 2 more times", FindFault(state, "CreateUserPool"));
        Assert.Equal("no response", FindFault(state, "Jwks"));
        Assert.Equal("2 seconds later", FindFault(state, "Discovery"));
        await CallAsync("CreateUserPool", new { PoolName = "other" });
    }

    [Fact]
    public async Task A_rotated_key_is_shown_and_a_withdrawn_one_is_gone()
    {
        var token = await GetAccessTokenAsync();
        var first = (await ReadStateAsync())["pools"]![0]!["keys"]!["accessTokens"]!.GetValue<string>();

        await ActAsync("rotate", new JsonObject { ["userPoolId"] = Pool.Id, ["withdrawOldKeys"] = false });
        var rotated = (await ReadStateAsync())["pools"]![0]!["keys"]!;
        var published = (await ActAsync("token/check", new JsonObject { ["token"] = token }))["valid"]!.GetValue<bool>();
        await ActAsync("rotate", new JsonObject { ["userPoolId"] = Pool.Id, ["withdrawOldKeys"] = true });
        var withdrawn = (await ActAsync("token/check", new JsonObject { ["token"] = token }))["valid"]!.GetValue<bool>();

        Assert.Equal($"[\"{first}\"]", rotated["former"]!.AsArray().ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Null(rotated["accessTokens"]);
        Assert.Equal((true, false), (published, withdrawn));
    }

    [Fact]
    public async Task Secrets_are_shown_when_asked_for()
    {
        var shown = await ActAsync("secrets", new JsonObject { ["clientId"] = Client.ClientId });

        Assert.Equal(Client.ClientSecrets, shown["secrets"]!.AsArray().Select(secret => secret!.GetValue<string>()));
    }

    [Fact]
    public async Task The_list_of_requests_can_begin_again()
    {
        await GetAccessTokenAsync();

        await ActAsync("clear", []);

        var state = await ReadStateAsync();
        Assert.Equal(1, state["clearedUpTo"]!.GetValue<long>());
        Assert.Empty(state["activity"]!["clients"]!.AsArray());
        Assert.Equal(1, Cognito.TokenRequests.Total);
    }

    private static string? FindFault(JsonObject state, string target) =>
        state["faults"]!["targets"]!.AsArray().Single(fault => fault!["name"]!.GetValue<string>() == target)!["fault"]?.GetValue<string>();
}
