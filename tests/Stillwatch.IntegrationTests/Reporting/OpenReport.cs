using Microsoft.Playwright;
using Stillwatch.Hunting;
using Stillwatch.Reporting;

namespace Stillwatch.IntegrationTests.Reporting;

/// <summary>A report written to a file and opened from there, with everything the browser complained about or asked for.</summary>
internal sealed class OpenReport : IAsyncDisposable
{
    private readonly string _file;

    private OpenReport(IPage page, string file)
    {
        (Page, _file) = (page, file);
        page.Console += (_, message) => Complaints.Add($"console {message.Type}: {message.Text}");
        page.PageError += (_, error) => Complaints.Add($"error: {error}");
        page.Dialog += (_, dialog) => Complaints.Add($"dialog: {dialog.Message}");
        page.Request += (_, request) => Requests.Add(request.Url);
    }

    public IPage Page { get; }

    /// <summary>Messages on the console, errors of scripts, dialogs.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Addresses that were asked for.</summary>
    public List<string> Requests { get; } = [];

    public string Address => new Uri(_file).AbsoluteUri;

    public static async Task<OpenReport> OfAsync(
        Chromium browser, HuntResult result, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var page = await browser.OpenAsync(width, scheme);
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".html");
        await using (var stream = File.Create(file))
        {
            HuntHtml.Write(result, stream);
        }

        var report = new OpenReport(page, file);
        await page.GotoAsync(report.Address);
        return report;
    }

    /// <summary>Scrolls to every chart, as they are drawn when they come near the screen.</summary>
    public async Task<IReadOnlyList<ILocator>> DrawAllAsync()
    {
        var charts = await Page.Locator("[data-chart]").AllAsync();
        foreach (var chart in charts)
        {
            await chart.ScrollIntoViewIfNeededAsync();
            await chart.Locator("svg, canvas").First.WaitForAsync();
        }

        return charts;
    }

    /// <summary>Nothing but the file itself was asked for, and nothing was complained about.</summary>
    public void AssertQuiet()
    {
        Assert.Empty(Complaints);
        Assert.Equal([Address], Requests);
    }

    public async ValueTask DisposeAsync()
    {
        await Page.CloseAsync();
        File.Delete(_file);
    }
}
