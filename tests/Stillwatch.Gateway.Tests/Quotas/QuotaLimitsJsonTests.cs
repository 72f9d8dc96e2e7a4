using System.Text.RegularExpressions;
using Stillwatch.Gateway.Quotas;

namespace Stillwatch.Gateway.Tests.Quotas;

public sealed partial class QuotaLimitsJsonTests
{
    /// <summary>The example of docs/quotas.md.</summary>
    [Fact]
    public void Example_OfTheDocument_IsRead()
    {
        var limits = QuotaLimitsJson.Parse(Example().Match(Page()).Groups[1].Value, out var faults);
        Assert.Empty(faults);
        Assert.Equal(
            ["requests", "tokens", "trial output", "budget", "streams", "capacity"], limits!.Limits.Select(limit => limit.Name));
        Assert.Equal((QuotaMeasure.TotalTokens, TimeSpan.FromMinutes(1), QuotaScope.Key | QuotaScope.Model), (
            limits.Limits[1].Measure, limits.Limits[1].Window, limits.Limits[1].Per));
        Assert.Equal(["T0"], limits.Limits[2].Match.Tiers);
        Assert.Null(limits.Limits[4].Window);
    }

    [Fact]
    public void Parse_EveryFault_IsSaid()
    {
        Assert.Null(QuotaLimitsJson.Parse(
            """
            [
              {"name": "a", "measure": "apples", "cap": 1.5, "window": "soon", "per": ["key", "planet"], "colour": "red"},
              {"measure": "requests", "cap": 1, "match": {"tiers": "T0", "moons": []}},
              7
            ]
            """,
            out var faults));
        Assert.Equal(10, faults.Count);
        Assert.Contains(faults, fault => fault.Contains("'measure' has 'apples'; requests, inputTokens", StringComparison.Ordinal));
        Assert.Null(QuotaLimitsJson.Parse("[{", out faults));
        Assert.Single(faults);
        Assert.Null(QuotaLimitsJson.Parse("{}", out faults));
        Assert.Single(faults);
    }

    private static string Page()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Stillwatch.slnx")))
        {
            directory = directory.Parent;
        }

        return File.ReadAllText(Path.Combine(directory.FullName, "docs", "quotas.md"));
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
