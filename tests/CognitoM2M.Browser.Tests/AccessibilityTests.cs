using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CognitoM2M.Browser.Tests;

public sealed class AccessibilityTests(Chromium chromium) : BrowserTest(chromium)
{
    [BrowserTheory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task The_page_breaks_no_rule_of_axe_and_fits_its_width(ColorScheme colors, int width)
    {
        await OpenAsync(colors, width);
        await RunTwoServicesAsync();
        await RequestTokenAsync(Billing, secret: "another_secret_of_24_chars");
        await Button("Issue a token to billing").ClickAsync();
        await Button("Show the secret of billing").ClickAsync();
        await Button("Switch on the fault of Key sets").ClickAsync();
        await Expect(Page.Locator("#finding")).ToHaveTextAsync("reporting asks for too many tokens.");
        await Expect(Page.GetByText("On: status 503")).ToBeVisibleAsync();

        var result = await Page.RunAxe();

        Assert.True(result.Violations.Length == 0, string.Join('\n', result.Violations.Select(violation =>
            $"{violation.Id}: {violation.Help}\n  {string.Join("\n  ", violation.Nodes.Select(node => node.Html))}")));
        Assert.True(await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
    }

    [BrowserFact]
    public async Task Everything_can_be_done_with_the_keyboard()
    {
        await Page.Keyboard.PressAsync("Tab");
        await Expect(Page.GetByText("Skip to the content")).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator("main")).ToBeFocusedAsync();

        var secret = Button("Show the secret of billing");
        for (var i = 0; i < 60 && !await secret.EvaluateAsync<bool>("button => button === document.activeElement"); i++)
            await Page.Keyboard.PressAsync("Tab");
        await Page.Keyboard.PressAsync("Enter");

        // The page renders the pool again, and the button keeps the focus.
        await Expect(Page.GetByText(Billing.ClientSecret!)).ToBeVisibleAsync();
        await Expect(Button("Hide the secret of billing")).ToBeFocusedAsync();
        Pool.CreateResourceServer("stock", "read");
        await Expect(Page.Locator("#pool-list")).ToContainTextAsync("stock/read");
        await Expect(Button("Hide the secret of billing")).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task A_finding_is_a_status_for_screen_readers_that_does_not_repeat_figures()
    {
        await RunTwoServicesAsync();
        await Expect(Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "reporting asks for too many tokens." })).ToBeVisibleAsync();
        await Page.EvaluateAsync("""
            window.spoken = 0;
            new MutationObserver(() => window.spoken++).observe(document.getElementById("finding"), { childList: true, characterData: true, subtree: true });
            """);

        await RequestTokenAsync(Reporting);
        await Expect(Page.Locator("#finding-detail")).ToContainTextAsync("20 of 21 tokens");

        Assert.Equal(0, await Page.EvaluateAsync<int>("window.spoken"));
    }
}
