using Microsoft.Playwright;

namespace Stillwatch.IntegrationTests.Reporting;

/// <summary>One real browser for the tests of a class; absent where none is installed.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Places.FirstOrDefault(File.Exists) is { } executable)
        {
            _playwright = await Playwright.CreateAsync();
            // The sandbox needs privileges that containers lack; the pages are our own.
            _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Args = ["--no-sandbox"] });
        }
    }

    /// <summary>A new window with a store of its own; skips the test where there is no browser.</summary>
    public async Task<IPage> OpenAsync(int width, ColorScheme scheme)
    {
        Assert.SkipWhen(_browser is null, $"No Chromium is installed ({string.Join(", ", Places)}): on Debian, apt-get install chromium.");
        return await _browser!.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
