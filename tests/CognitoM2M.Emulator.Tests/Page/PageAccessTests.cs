using System.Net;
using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Tests.Page;

public sealed class PageAccessTests : PageTest
{
    [Theory]
    [InlineData("", "text/html; charset=utf-8")]
    [InlineData("_emulator/page.css", "text/css; charset=utf-8")]
    [InlineData("_emulator/page.js", "text/javascript; charset=utf-8")]
    [InlineData("_emulator/icon.svg", "image/svg+xml")]
    public async Task The_page_is_served_under_a_policy_that_allows_its_own_files_only(string path, string contentType)
    {
        using var response = await GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType?.ToString());
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'; ", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", HttpStatusCode.OK)]
    [InlineData("*/*", HttpStatusCode.OK)]
    [InlineData("application/json", HttpStatusCode.NotFound)]
    [InlineData("application/x-amz-json-1.1, application/json", HttpStatusCode.NotFound)]
    [InlineData("not a media type", HttpStatusCode.NotFound)]
    public async Task The_page_is_for_clients_that_accept_html(string accept, HttpStatusCode expected)
    {
        using var response = await GetAsync("", request => request.Headers.TryAddWithoutValidation("Accept", accept));

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK, response.Content.Headers.ContentType?.MediaType == "text/html");
    }

    [Fact]
    public async Task Files_of_the_page_name_no_outside_address_and_have_no_inline_script_or_style()
    {
        foreach (var path in new[] { "", "_emulator/page.css", "_emulator/page.js", "_emulator/activity.js", "_emulator/requests.js", "_emulator/token.js", "_emulator/pools.js" })
        {
            var text = await Http.GetStringAsync(new Uri(Cognito.BaseAddress, path));

            Assert.DoesNotContain("//", text.Replace("\n//", "", StringComparison.Ordinal).Replace("  //", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotContain("<style", text, StringComparison.Ordinal);
            Assert.DoesNotContain("style=", text, StringComparison.Ordinal);
            Assert.DoesNotContain("innerHTML", text, StringComparison.Ordinal);
            Assert.DoesNotMatch("<script(?! type=\"module\" src=)", text);
        }
    }

    [Fact]
    public async Task Other_pages_can_link_to_the_page_but_not_read_it()
    {
        using var link = await GetAsync("", request => request.Headers.Add("Sec-Fetch-Site", "cross-site"));
        using var events = await GetAsync("_emulator/events", request => request.Headers.Add("Sec-Fetch-Site", "cross-site"));
        using var sameSite = await GetAsync("_emulator/events", request => request.Headers.Add("Sec-Fetch-Site", "same-site"));

        Assert.Equal(HttpStatusCode.OK, link.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, events.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, sameSite.StatusCode);
    }

    [Fact]
    public async Task An_action_needs_the_header_of_the_page_and_its_origin()
    {
        var input = new JsonObject { ["clientId"] = Client.ClientId };

        using var withoutHeader = await SendActionAsync("secrets", input.DeepClone().AsObject(), request => request.Headers.Remove("X-Emulator-Page"));
        using var otherOrigin = await SendActionAsync("secrets", input.DeepClone().AsObject(), request => request.Headers.Add("Origin", "http://attacker.example"));
        using var otherPort = await SendActionAsync("secrets", input.DeepClone().AsObject(), request => request.Headers.Add("Origin", "http://127.0.0.1:1"));
        using var otherSite = await SendActionAsync("secrets", input.DeepClone().AsObject(), request => request.Headers.Add("Sec-Fetch-Site", "cross-site"));
        using var ownOrigin = await SendActionAsync(
            "secrets", input, request => request.Headers.Add("Origin", Cognito.BaseAddress.GetLeftPart(UriPartial.Authority)));

        foreach (var refused in new[] { withoutHeader, otherOrigin, otherPort, otherSite })
        {
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.DoesNotContain(Client.ClientSecret!, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, ownOrigin.StatusCode);
    }

    [Fact]
    public async Task A_preflight_for_an_action_is_not_answered()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, new Uri(Cognito.BaseAddress, "_emulator/fault"));
        request.Headers.Add("Origin", "http://attacker.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "x-emulator-page");

        using var response = await Http.SendAsync(request);

        Assert.False(response.IsSuccessStatusCode);
        Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_page_is_served_on_loopback_addresses_only_unless_the_options_ask_for_more()
    {
        await CallAsync("CreateUserPoolDomain", new { UserPoolId = Pool.Id, Domain = "acme-m2m" });
        await using var open = await CognitoEmulator.StartAsync(new CognitoEmulatorOptions { Page = EmulatorPage.AllAddresses });
        await open.CallAsync("CreateUserPoolDomain", System.Text.Json.JsonSerializer.SerializeToElement(
            new { UserPoolId = open.CreateUserPool("shop").Id, Domain = "acme-m2m" }));

        using var refused = await GetAsync("", request => request.Headers.Host = "acme-m2m.auth.eu-west-1.amazoncognito.com");
        using var request = new HttpRequestMessage(HttpMethod.Get, open.BaseAddress);
        request.Headers.Host = "acme-m2m.auth.eu-west-1.amazoncognito.com";
        using var shown = await Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("CognitoEmulatorOptions.Page", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
    }

    [Fact]
    public async Task The_emulator_serves_no_file_of_a_page_that_is_switched_off()
    {
        await using var closed = await CognitoEmulator.StartAsync(new CognitoEmulatorOptions { Page = EmulatorPage.Off });

        foreach (var path in new[] { "", "_emulator/page.js", "_emulator/events" })
        {
            using var response = await Http.GetAsync(new Uri(closed.BaseAddress, path));

            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Equal($"The emulator does not serve GET /{path}.", (await ReadJsonAsync(response))["message"]!.GetValue<string>());
        }
    }

    [Fact]
    public void An_undefined_value_of_the_page_option_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CognitoEmulatorOptions { Page = (EmulatorPage)3 });

    [Fact]
    public async Task Requests_for_the_page_are_not_counted_and_get_no_fault()
    {
        Cognito.Faults.Set(EmulatorEndpoint.JsonApi, EmulatorFault.Status(503));
        Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.Status(503));

        using var page = await GetAsync("");
        await ActAsync("token/issue", new JsonObject { ["clientId"] = Client.ClientId });

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(0, Cognito.TokenRequests.Total);
        Assert.Equal(0, Cognito.TokenRequests.IssuedTokens);
    }

    [Theory]
    [InlineData("nothing", "{}", HttpStatusCode.NotFound)]
    [InlineData("secrets", "{}", HttpStatusCode.BadRequest)]
    [InlineData("secrets", """{"clientId":7}""", HttpStatusCode.BadRequest)]
    [InlineData("secrets", """{"clientId":"nobody"}""", HttpStatusCode.BadRequest)]
    [InlineData("fault", """{"target":"Token","fault":"earthquake"}""", HttpStatusCode.BadRequest)]
    [InlineData("fault", """{"target":"Nothing","fault":"drop"}""", HttpStatusCode.BadRequest)]
    [InlineData("rotate", """{"userPoolId":"eu-west-1_Nothing"}""", HttpStatusCode.BadRequest)]
    public async Task A_wrong_action_is_refused_with_a_message(string action, string input, HttpStatusCode status)
    {
        using var response = await SendActionAsync(action, JsonNode.Parse(input)!.AsObject());

        Assert.Equal(status, response.StatusCode);
        Assert.NotEmpty((await ReadJsonAsync(response))["message"]!.GetValue<string>());
    }
}
