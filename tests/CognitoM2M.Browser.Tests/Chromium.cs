using Microsoft.Playwright;

namespace CognitoM2M.Browser.Tests;

/// <summary>The Chromium of this machine, for all tests of a class. Nothing starts if Chromium is missing.</summary>
public sealed class Chromium : IAsyncLifetime
{
    public const string Missing = "Chromium is not installed. Install it (Debian: apt-get install chromium), or name it in COGNITO_M2M_CHROMIUM, to run this test.";

    private IPlaywright? _playwright;

    public IBrowser Browser { get; private set; } = null!;

    /// <returns>Null if there is no Chromium.</returns>
    public static string? FindPath()
    {
        if (Environment.GetEnvironmentVariable("COGNITO_M2M_CHROMIUM") is { Length: > 0 } chosen)
            return chosen;

        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        return new[] { "chromium", "chromium-browser", "google-chrome" }
            .SelectMany(name => folders.Select(folder => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
    }

    public async Task InitializeAsync()
    {
        if (FindPath() is not { } path)
            return;

        _playwright = await Playwright.CreateAsync();
        // No sandbox: the tests open pages of their own emulator only, and root has no sandbox.
        Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox"] });
    }

    public async Task DisposeAsync()
    {
        if (_playwright is not null)
            await Browser.CloseAsync();
        _playwright?.Dispose();
    }
}
