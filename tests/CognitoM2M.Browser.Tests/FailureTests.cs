using CognitoM2M.Emulator;
using Microsoft.Playwright;

namespace CognitoM2M.Browser.Tests;

public sealed class FailureTests(Chromium chromium) : BrowserTest(chromium)
{
    private protected override bool ExpectsFailedRequests => true;

    [BrowserFact]
    public async Task The_page_finds_an_emulator_that_was_started_again()
    {
        await RequestTokenAsync(Billing);
        await Expect(Page.Locator("#log tbody tr")).ToHaveCountAsync(1);

        await Cognito.DisposeAsync();
        await Expect(Page.Locator("#connection")).ToHaveTextAsync("The emulator cannot be reached. Trying again.");
        Cognito = await CognitoEmulator.StartAsync(new CognitoEmulatorOptions { Port = Cognito.BaseAddress.Port });
        Cognito.CreateUserPool("second");

        await Expect(Page.Locator("#connection")).ToHaveTextAsync("Live", new() { Timeout = 20_000 });
        await Expect(Page.Locator("#pool-list")).ToContainTextAsync("second");
        await Expect(Page.Locator("#log tbody tr")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task An_action_that_fails_says_why()
    {
        await Expect(Page.Locator("#pool-list")).ToContainTextAsync("reporting");
        Pool.DeleteScope("orders", "read");

        await Button("Issue a token to reporting").ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("App client reporting has no scope that exists.");
    }
}
