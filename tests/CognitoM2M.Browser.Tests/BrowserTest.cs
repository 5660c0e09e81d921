using CognitoM2M.Emulator;
using Microsoft.Playwright;

namespace CognitoM2M.Browser.Tests;

/// <summary>A test with an emulator and its page in a browser. An error of the page, or a request to another address, fails the test.</summary>
public abstract class BrowserTest(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private readonly List<string> _mistakes = [];
    private IBrowserContext _context = null!;

    private HttpClient Http { get; } = new();

    protected CognitoEmulator Cognito { get; set; } = null!;

    protected EmulatedUserPool Pool { get; private set; } = null!;

    /// <summary>A service that keeps its tokens.</summary>
    protected EmulatedAppClient Billing { get; private set; } = null!;

    /// <summary>A service that asks for a token for each call.</summary>
    protected EmulatedAppClient Reporting { get; private set; } = null!;

    protected IPage Page { get; private set; } = null!;

    /// <summary>Whether requests of the page that fail are part of the test.</summary>
    private protected virtual bool ExpectsFailedRequests => false;

    public async Task InitializeAsync()
    {
        if (Chromium.FindPath() is null)
            return;

        Cognito = await CognitoEmulator.StartAsync();
        Pool = Cognito.CreateUserPool("acme");
        Pool.CreateResourceServer("orders", "read", "write");
        Pool.CreateResourceServer("invoices", "read");
        Billing = Pool.CreateAppClient("billing", "orders/read", "invoices/read");
        Reporting = Pool.CreateAppClient("reporting", "orders/read");
        await OpenAsync(ColorScheme.Light, width: 1280);
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        if (Chromium.FindPath() is null)
            return;

        await _context.CloseAsync();
        await Cognito.DisposeAsync();
        Assert.Empty(_mistakes);
    }

    /// <summary>Opens the page in a new window.</summary>
    protected async Task OpenAsync(ColorScheme colors, int width)
    {
        if (_context is not null)
            await _context.CloseAsync();

        _context = await chromium.Browser.NewContextAsync(new()
        {
            ColorScheme = colors,
            ViewportSize = new() { Width = width, Height = 900 },
            TimezoneId = "UTC",
        });
        Page = await _context.NewPageAsync();
        Page.PageError += (_, error) => _mistakes.Add(error);
        Page.Console += (_, message) =>
        {
            if (message.Type == "error" && !ExpectsFailedRequests)
                _mistakes.Add(message.Text);
        };
        Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(Cognito.BaseAddress.AbsoluteUri, StringComparison.Ordinal))
                _mistakes.Add($"The page asked for {request.Url}.");
        };
        await Page.GotoAsync(Cognito.BaseAddress.AbsoluteUri, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        await Expect(Page.Locator("#connection")).ToHaveTextAsync("Live");
    }

    /// <summary>Requests a token as a service does.</summary>
    /// <returns>The status.</returns>
    protected async Task<int> RequestTokenAsync(EmulatedAppClient client, string? secret = null)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = client.ClientId,
            ["client_secret"] = secret ?? client.ClientSecret!,
        });
        using var response = await Http.PostAsync(Cognito.TokenEndpoint, form);
        return (int)response.StatusCode;
    }

    /// <summary>Billing asks for one token and reporting for one in each call.</summary>
    protected async Task RunTwoServicesAsync()
    {
        await RequestTokenAsync(Billing);
        for (var i = 0; i < 20; i++)
            await RequestTokenAsync(Reporting);
    }

    protected ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private protected static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
