namespace CognitoM2M.Browser.Tests;

public sealed class PageTests(Chromium chromium) : BrowserTest(chromium)
{
    [BrowserFact]
    public async Task A_first_visitor_sees_which_of_two_services_asks_for_too_many_tokens()
    {
        await Expect(Page.Locator("#finding")).ToHaveTextAsync($"No token request yet. Services get tokens at {Cognito.TokenEndpoint}.");

        await RunTwoServicesAsync();

        await Expect(Page.Locator("#finding")).ToHaveTextAsync("reporting asks for too many tokens.");
        await Expect(Page.Locator("#finding-detail")).ToContainTextAsync("reporting: 19 of 20 tokens were not needed");
        var rows = Page.Locator("#activity tbody tr");
        await Expect(rows.Nth(0)).ToContainTextAsync("reporting");
        await Expect(rows.Nth(0)).ToContainTextAsync("Too many");
        await Expect(rows.Nth(1)).ToContainTextAsync("billing");
        await Expect(rows.Nth(1)).ToContainTextAsync("Fine");
        await Expect(rows.Nth(1)).ToContainTextAsync("$2.03");
    }

    [BrowserFact]
    public async Task Token_requests_appear_as_they_happen()
    {
        var rows = Page.Locator("#log tbody tr");

        await RequestTokenAsync(Billing);
        await Expect(rows).ToHaveCountAsync(1);
        await RequestTokenAsync(Billing, secret: "another_secret_of_24_chars");
        await Expect(rows).ToHaveCountAsync(2);

        // The newest stands first.
        await Expect(rows.Nth(0)).ToContainTextAsync("400 invalid_client");
        await Expect(rows.Nth(1)).ToContainTextAsync("billing200");
        await Expect(rows.Nth(1)).ToContainTextAsync("orders/read invoices/read");
    }

    [BrowserFact]
    public async Task The_list_of_requests_pauses_and_begins_again()
    {
        var rows = Page.Locator("#log tbody tr");

        await Button("Pause the list").ClickAsync();
        await RequestTokenAsync(Billing);
        await Expect(Page.Locator("#activity tbody tr")).ToHaveCountAsync(1);
        await Expect(rows).ToHaveCountAsync(0);
        await Button("Pause the list").ClickAsync();
        await Expect(rows).ToHaveCountAsync(1);
        await Button("Start again").ClickAsync();

        await Expect(rows).ToHaveCountAsync(0);
        await Expect(Page.Locator("#activity tbody tr")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task The_page_holds_a_secret_only_while_it_is_shown()
    {
        await Expect(Page.Locator("#pool-list")).ToContainTextAsync("billing");
        Assert.DoesNotContain(Billing.ClientSecret!, await Page.ContentAsync(), StringComparison.Ordinal);

        await Button("Show the secret of billing").ClickAsync();
        await Expect(Page.GetByText(Billing.ClientSecret!)).ToBeVisibleAsync();
        Assert.DoesNotContain(Reporting.ClientSecret!, await Page.ContentAsync(), StringComparison.Ordinal);
        await Button("Hide the secret of billing").ClickAsync();

        await Expect(Page.GetByText(Billing.ClientSecret!)).ToHaveCountAsync(0);
        Assert.DoesNotContain(Billing.ClientSecret!, await Page.ContentAsync(), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task A_token_is_issued_decoded_and_judged()
    {
        await Button("Issue a token to billing").ClickAsync();

        await Expect(Page.Locator("#verdict")).ToHaveTextAsync("✓ An API accepts this token.");
        await Expect(Page.Locator("#findings")).ToContainTextAsync("with the key of access tokens");
        await Expect(Page.Locator("#token-claims")).ToContainTextAsync($"\"client_id\": \"{Billing.ClientId}\"");
        await Expect(Page.Locator("#token-text")).Not.ToHaveValueAsync("");
    }

    [BrowserFact]
    public async Task A_pasted_token_that_was_changed_is_rejected()
    {
        var token = Pool.SignToken(new() { ["sub"] = "x" });

        await Page.GetByLabel("Paste an access token").FillAsync($"Bearer {token}");
        await Button("Check").ClickAsync();
        await Expect(Page.Locator("#verdict")).ToHaveTextAsync("✗ An API rejects this token.");
        await Page.GetByLabel("Paste an access token").FillAsync("no token");
        await Button("Check").ClickAsync();

        await Expect(Page.Locator("#findings")).ToHaveTextAsync("✗ Form A token has three parts with a dot between them. This text has 1.");
    }

    [BrowserFact]
    public async Task The_next_token_of_a_service_is_shown()
    {
        await Button("Show the next token of a service").ClickAsync();
        await Expect(Page.Locator("#verdict")).ToHaveTextAsync("Waiting for the next token.");

        while (await Page.Locator("#verdict").TextContentAsync() == "Waiting for the next token.")
            await RequestTokenAsync(Reporting);

        await Expect(Page.Locator("#token-claims")).ToContainTextAsync(Reporting.ClientId);
    }

    [BrowserFact]
    public async Task A_fault_is_switched_on_and_off()
    {
        await Page.GetByLabel("Fault of Token endpoint", new() { Exact = true }).SelectOptionAsync("Throttled: status 429");
        await Button("Switch on the fault of Token endpoint").ClickAsync();
        await Expect(Page.GetByText("On: status 429")).ToBeVisibleAsync();
        Assert.Equal(429, await RequestTokenAsync(Billing));

        await Button("Switch off the fault of Token endpoint").ClickAsync();
        await Expect(Page.GetByText("On: status 429")).ToHaveCountAsync(0);
        Assert.Equal(200, await RequestTokenAsync(Billing));
    }

    [BrowserFact]
    public async Task Rotating_a_key_and_withdrawing_the_former_one_makes_a_token_invalid()
    {
        await Button("Issue a token to billing").ClickAsync();
        await Expect(Page.Locator("#verdict")).ToHaveTextAsync("✓ An API accepts this token.");

        await Page.GetByLabel("withdraw the former keys").CheckAsync();
        await Expect(Page.Locator("#pool-list")).Not.ToContainTextAsync("created at the first token");
        // The page has rendered the pool again because of the new key, and the box stays checked.
        await Expect(Page.GetByLabel("withdraw the former keys")).ToBeCheckedAsync();
        await Button("Rotate the key of acme").ClickAsync();
        await Expect(Page.Locator("#done")).ToHaveTextAsync("The key of acme was rotated.");
        await Expect(Page.Locator("#pool-list")).ToContainTextAsync("created at the first token");
        await Button("Check").ClickAsync();

        await Expect(Page.Locator("#verdict")).ToHaveTextAsync("✗ An API rejects this token.");
    }

    [BrowserFact]
    public async Task Text_of_a_user_is_never_read_as_HTML()
    {
        Pool.CreateResourceServer("<b>bold</b>", "<hr>");

        await Expect(Page.GetByText("<b>bold</b>/<hr>")).ToBeVisibleAsync();
    }
}
