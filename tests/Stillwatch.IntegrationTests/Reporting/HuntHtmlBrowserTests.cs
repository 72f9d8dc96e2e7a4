using Microsoft.Playwright;
using Stillwatch.Hunting;
using Stillwatch.Tests.Reporting;

namespace Stillwatch.IntegrationTests.Reporting;

public sealed class HuntHtmlBrowserTests(Chromium browser) : IClassFixture<Chromium>
{
    private const string Members = ".members[data-campaign='0']";

    private static readonly HuntResult Result = new HuntResultBuilder(1).Build();

    private static readonly HuntResult HostileResult = new HuntResultBuilder(2) { CampaignSizes = [60], Names = HostileNames.All }.Build();

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task Report_OpenedFromAFile_DrawsEveryChartAndAsksForNothing(int width, ColorScheme scheme)
    {
        await using var report = await OpenReport.OfAsync(browser, Result, width, scheme);
        var charts = await report.DrawAllAsync();
        Assert.Equal(5, charts.Count);
        foreach (var chart in charts)
        {
            Assert.InRange(await chart.EvaluateAsync<int>(MarksDrawn), 30, int.MaxValue);
        }

        Assert.Equal(width, await report.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        report.AssertQuiet();
    }

    [Fact]
    public async Task Report_NoCampaign_DrawsTheLog()
    {
        await using var report = await OpenReport.OfAsync(browser, new HuntResultBuilder(3) { CampaignSizes = [], Outside = 0 }.Build());
        var chart = Assert.Single(await report.DrawAllAsync());
        Assert.InRange(await chart.EvaluateAsync<int>(MarksDrawn), 20, int.MaxValue);
        Assert.Equal("No campaign found", await report.Page.Locator("h1").InnerTextAsync());
        report.AssertQuiet();
    }

    /// <summary>The control of the tests above: what they would miss if the policy were not in force.</summary>
    [Fact]
    public async Task Report_SomethingTriesToLoadOrRun_IsForbidden()
    {
        await using var report = await OpenReport.OfAsync(browser, Result);
        var forbidden = await report.Page.EvaluateAsync<string[]>(
            """
            async () => {
              const seen = [];
              document.addEventListener("securitypolicyviolation", violation => seen.push(violation.effectiveDirective));
              const image = new Image();
              image.src = "http://127.0.0.1:9/x.png";
              await fetch("http://127.0.0.1:9/x").catch(() => {});
              const script = document.createElement("script");
              script.textContent = "window.broken = 1";
              document.body.append(script);
              document.body.insertAdjacentHTML("beforeend", "<p onclick='window.broken=1' style='color:red'>x</p>");
              document.body.lastElementChild.click();
              await new Promise(resolve => setTimeout(resolve, 200));
              return [...seen, String(window.broken)];
            }
            """);
        Assert.Equal(
            ["connect-src", "img-src", "script-src-attr", "script-src-elem", "style-src-attr", "undefined"], forbidden.Order().Distinct());
    }

    [Fact]
    public async Task Report_HostileNames_StayText()
    {
        await using var report = await OpenReport.OfAsync(browser, HostileResult);
        await report.DrawAllAsync();
        var names = await NamesAsync(report.Page);
        Assert.Equal(60, names.Length);
        string[] parts = ["</script><script>window", "<img src=x", @"\u{001B}[2J", @"first\u{000A}Campaign", @"\u{202E}gnitset", "العربية"];
        foreach (var part in parts)
        {
            await report.Page.Locator($"{Members} input").FillAsync(part);
            var shown = await report.Page.Locator($"{Members} tbody th").InnerTextAsync();
            Assert.Contains(part, shown, StringComparison.Ordinal);
            Assert.Contains(shown, names);
        }

        Assert.Equal(0, await report.Page.Locator("img, iframe, object, body b").CountAsync());
        Assert.Equal("undefined", await report.Page.EvaluateAsync<string>("String(window.broken)"));
        report.AssertQuiet();
    }

    [Fact]
    public async Task Report_PointingAtAccounts_ShowsTheirNamesAsText()
    {
        await using var report = await OpenReport.OfAsync(browser, HostileResult);
        await report.DrawAllAsync();
        var graph = report.Page.Locator("[data-chart=net]");
        await graph.ScrollIntoViewIfNeededAsync();
        var titles = new HashSet<string>();
        foreach (var place in await graph.EvaluateAsync<float[][]>(PlacesOfAccounts))
        {
            await graph.HoverAsync(new() { Position = new() { X = place[0], Y = place[1] } });
            titles.UnionWith(await report.Page.Locator("[data-chart=net] .tip strong").AllInnerTextsAsync());
        }

        Assert.Contains("<img src=x onerror=\"window.broken=1\">", titles);
        Assert.InRange(titles.Count, 40, int.MaxValue);
        report.AssertQuiet();
    }

    [Fact]
    public async Task Members_SortedByAColumn_AreInItsOrder()
    {
        await using var report = await OpenReport.OfAsync(browser, Result);
        var heads = report.Page.Locator($"{Members} thead th");
        var volume = heads.Filter(new() { HasText = "Interactions" });
        await volume.GetByRole(AriaRole.Button).FocusAsync();
        await report.Page.Keyboard.PressAsync("Enter");
        var falling = await FiguresAsync(report.Page, 2);
        Assert.Equal("descending", await volume.GetAttributeAsync("aria-sort"));
        Assert.Equal(falling.OrderDescending(), falling);
        Assert.Equal(Result.Pictures[0].Members.Max(member => member.Interactions), falling[0]);
        await report.Page.Keyboard.PressAsync("Enter");
        var rising = await FiguresAsync(report.Page, 2);
        Assert.Equal("ascending", await volume.GetAttributeAsync("aria-sort"));
        Assert.Equal(rising.Order(), rising);
        Assert.Equal(Result.Pictures[0].Members.Min(member => member.Interactions), rising[0]);
    }

    [Fact]
    public async Task Members_Filtered_AreThoseThatMatch()
    {
        await using var report = await OpenReport.OfAsync(browser, Result);
        var wanted = Result.Findings.Campaigns[0].Accounts[17].Value;
        await report.Page.Locator($"{Members} input").FillAsync(wanted[..12].ToUpperInvariant());
        Assert.Equal([wanted], await report.Page.Locator($"{Members} tbody th").AllInnerTextsAsync());
        Assert.Equal("1 of 340 accounts", await report.Page.Locator($"{Members} > .tools output").First.InnerTextAsync());
        await report.Page.Locator($"{Members} input").FillAsync("");
        await report.Page.Locator($"{Members} select").SelectOptionAsync("restrict");
        var verdicts = await report.Page.Locator($"{Members} tbody .verdict").AllInnerTextsAsync();
        Assert.Equal(["restrict"], verdicts.Distinct());
        await report.Page.Locator($"{Members} select").SelectOptionAsync("clear");
        Assert.Equal(0, await report.Page.Locator($"{Members} tbody tr").CountAsync());
        report.AssertQuiet();
    }

    [Fact]
    public async Task Members_OfACampaignOf25000_ArePagedFilteredAndNamedAtOnce()
    {
        var result = new HuntResultBuilder(5) { CampaignSizes = [25_000] }.Build();
        await using var report = await OpenReport.OfAsync(browser, result);
        Assert.Contains("of 1,667", await report.Page.Locator($"{Members} .pager").InnerTextAsync(), StringComparison.Ordinal);
        await report.Page.GetByText("Next →").ClickAsync();
        Assert.Contains("Page 2", await report.Page.Locator($"{Members} .pager").InnerTextAsync(), StringComparison.Ordinal);
        var wanted = result.Findings.Campaigns[0].Accounts[24_321].Value;
        await report.Page.Locator($"{Members} input").FillAsync(wanted);
        Assert.Equal([wanted], await report.Page.Locator($"{Members} tbody th").AllInnerTextsAsync());
        var names = await NamesAsync(report.Page);
        Assert.Equal(result.Findings.Campaigns[0].Accounts.Select(account => account.Value), names.Order(StringComparer.Ordinal));
        await report.Page.Locator($"{Members} .copy").ClickAsync();
        await report.Page.GetByText("25,000 names copied.").WaitForAsync();
        report.AssertQuiet();
    }

    [Fact]
    public async Task Graph_Zoomed_ShowsMoreUntilReset()
    {
        await using var report = await OpenReport.OfAsync(browser, Result);
        await report.DrawAllAsync();
        var graph = report.Page.Locator(".graph").First;
        var whole = await PixelsAsync();
        await graph.GetByLabel("Zoom in").ClickAsync();
        Assert.NotEqual(whole, await PixelsAsync());
        await graph.GetByText("Reset").ClickAsync();
        Assert.Equal(whole, await PixelsAsync());
        report.AssertQuiet();

        // Two frames later, when what the click changed has been painted.
        Task<string> PixelsAsync() => graph.Locator("canvas").EvaluateAsync<string>(
            "canvas => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(() => resolve(canvas.toDataURL()))))");
    }

    [Fact]
    public async Task Report_InTheDark_IsPrintedOnWhite()
    {
        await using var report = await OpenReport.OfAsync(browser, Result, scheme: ColorScheme.Dark);
        await report.DrawAllAsync();
        var printed = await report.Page.PdfAsync(new() { Format = "A4", PrintBackground = true });
        Assert.InRange(printed.Length, 100_000, 20_000_000);
        await report.Page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Equal("rgb(255, 255, 255)", await report.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        report.AssertQuiet();
    }

    /// <summary>Shapes of an SVG, or pixels of a canvas that are not empty, in thousands.</summary>
    private const string MarksDrawn =
        """
        root => {
          const canvas = root.querySelector("canvas");
          if (!canvas) return root.querySelectorAll("svg path, svg text").length;
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          let drawn = 0;
          for (let i = 3; i < data.length; i += 4) drawn += data[i] > 0;
          return drawn / 1000 | 0;
        }
        """;

    private const string PlacesOfAccounts =
        """
        root => {
          const series = echarts.getInstanceByDom(root).getModel().getSeriesByIndex(0).getData();
          const { coordinateSystem } = echarts.getInstanceByDom(root).getModel().getSeriesByIndex(0);
          return Array.from({ length: series.count() }, (_, i) => i).filter(i => series.getId(i).startsWith("m"))
            .map(i => coordinateSystem.dataToPoint(series.getItemLayout(i)));
        }
        """;

    /// <summary>The list of all names, which is filled when it is opened.</summary>
    private static async Task<string[]> NamesAsync(IPage page)
    {
        await page.Locator($"{Members} summary").ClickAsync();
        await Assertions.Expect(page.Locator($"{Members} textarea")).Not.ToHaveValueAsync("");
        return (await page.Locator($"{Members} textarea").InputValueAsync()).Split('\n');
    }

    private static async Task<long[]> FiguresAsync(IPage page, int column)
    {
        var cells = await page.Locator($"{Members} tbody tr > :nth-child({column + 1})").AllInnerTextsAsync();
        Assert.NotEmpty(cells);
        return [.. cells.Select(cell => long.Parse(
            cell, System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture))];
    }
}
