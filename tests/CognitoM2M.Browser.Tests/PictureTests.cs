using Microsoft.Playwright;

namespace CognitoM2M.Browser.Tests;

/// <summary>Makes the pictures of docs/. Set COGNITO_M2M_PICTURES to a folder to keep them.</summary>
public sealed class PictureTests(Chromium chromium) : BrowserTest(chromium)
{
    [BrowserTheory]
    [InlineData(ColorScheme.Light, 1100)]
    [InlineData(ColorScheme.Dark, 1100)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task A_picture_shows_two_services(ColorScheme colors, int width)
    {
        await OpenAsync(colors, width);
        await RunTwoServicesAsync();
        await RequestTokenAsync(Billing, secret: "another_secret_of_24_chars");
        await Button("Issue a token to billing").ClickAsync();
        await Expect(Page.Locator("#finding")).ToHaveTextAsync("reporting asks for too many tokens.");
        await Expect(Page.Locator("#log tbody tr")).ToHaveCountAsync(22);
        // The part that came into view is painted when the second frame begins. Before, a picture may be empty.
        await Page.EvaluateAsync("() => new Promise(painted => { scrollTo(0, 0); requestAnimationFrame(() => requestAnimationFrame(painted)); })");

        var top = await Page.ScreenshotAsync(new() { Clip = new() { X = 0, Y = 0, Width = width, Height = 760 } });
        var whole = await Page.ScreenshotAsync(new() { FullPage = true });

        Assert.All([top, whole], picture => Assert.True(picture.Length > 10_000));
        if (Environment.GetEnvironmentVariable("COGNITO_M2M_PICTURES") is { Length: > 0 } folder)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, $"page-{colors}-{width}.png".ToLowerInvariant()), top);
            await File.WriteAllBytesAsync(Path.Combine(folder, $"page-{colors}-{width}-whole.png".ToLowerInvariant()), whole);
        }
    }
}
